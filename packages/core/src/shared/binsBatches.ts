import type { Axis, Batch, BinsRequest, Column, FieldType, ResidentColumns, Steps } from '../adapter/contract.ts'
import { sliceRows } from './columns.ts'
import { customerColumns, customersInScope, measureColumn } from './customerColumns.ts'
import { EXACT_BASE, normaliseParts } from './exactSum.ts'
import { localProvenance } from './localProvenance.ts'
import { MAX_BATCH_ROWS } from './pageOfCustomers.ts'
import { STEP_ROWS } from './radix.ts'
import { createBinner, selectCuts } from './selectCuts.ts'
import { textRanks } from './sortTexts.ts'
import { totalsOf } from './totals.ts'

/** The local twin of a `bins` summary: a row per bin that holds customers. The request is checked. */
export function* binsBatches(request: BinsRequest, columns: ResidentColumns): Steps<readonly Batch[]> {
  const totals = yield* totalsOf(columns, request.totals)
  const { count } = totals
  const source = customerColumns(columns, totals)
  const scope = yield* customersInScope(source, count, request.where)
  yield
  const axes: BinnedAxis[] = []
  for (const axis of request.axes) axes.push(yield* binAxis(axis, source.column(axis.field), source.types.get(axis.field) as FieldType, scope, count))
  const cells = yield* numberCells(axes, scope, count)
  const customers = countCells(cells)
  yield
  const parts: Float64Array[] = []
  for (const measure of request.sums) {
    parts.push(...sumCells(measureColumn(totals, measure) as NumberColumn, cells.of, cells.size))
    yield
  }
  const answer: Column[] = axes.map((axis, i) => axis.show(cells.digits[i] as Int32Array))
  answer.push({ kind: 'float64', values: customers })
  for (const values of parts) answer.push({ kind: 'float64', values })
  const end = { next: null, provenance: localProvenance(request.snapshot), cuts: axes.map((axis) => axis.cuts), counts: totals.counts }
  return split(answer, cells.size, end)
}

type NumberColumn = Extract<Column, { kind: 'float64' }>

interface BinnedAxis {
  readonly cuts: readonly number[]
  /** Bins of the customers `start` to `end`, `bins` for NULL; good until the next call. Not meaningful outside of the scope. */
  readonly binsOf: (start: number, end: number) => Int32Array
  /** Number of bins without the one for NULL. */
  readonly bins: number
  /** The column of the answer out of bin numbers. */
  readonly show: (bins: Int32Array) => Column
}

function* binAxis(axis: Axis, column: Column, type: FieldType, scope: Uint8Array | null, count: number): Steps<BinnedAxis> {
  if (axis.cut === 'values') return yield* valueAxis(column, type, scope, count)
  const { values, validity } = column as NumberColumn
  let cuts: readonly number[]
  if ('at' in axis.cut) cuts = axis.cut.at.map((cut) => cut + 0) // no -0
  else {
    const present = scope === null && validity === undefined ? values : presentValues(values, validity, scope)
    yield
    cuts = yield* selectCuts(present, axis.cut.ranks)
  }
  const bins = cuts.length + 1
  const writeBins = createBinner(cuts)
  // Of one slice at a time: bins of all customers at once would leave the cache before they are looked at.
  const bin = new Int32Array(Math.min(count, STEP_ROWS))
  const binsOf = (start: number, end: number): Int32Array => {
    writeBins(values.subarray(start, end), bin, 0, end - start)
    if (validity !== undefined) writeNulls(validity, bins, bin, start, end)
    return bin
  }
  return { cuts, binsOf, bins, show: (numbers) => numberColumn(numbers, bins, null) }
}

function presentValues(values: Float64Array, validity: Uint8Array | undefined, scope: Uint8Array | null): Float64Array {
  const present = new Float64Array(values.length)
  let n = 0
  for (let c = 0; c < values.length; c++) {
    if ((scope === null || scope[c] === 1) && (validity === undefined || validity[c] === 1)) present[n++] = values[c] as number
  }
  return present.subarray(0, n)
}

function writeNulls(validity: Uint8Array, bins: number, bin: Int32Array, start: number, end: number): void {
  for (let c = start; c < end; c++) if (validity[c] === 0) bin[c - start] = bins
}

/** One bin per distinct value of the customers in scope, ascending. */
function* valueAxis(column: Column, type: FieldType, scope: Uint8Array | null, count: number): Steps<BinnedAxis> {
  const bin = new Int32Array(count)
  if (column.kind === 'text') {
    const { codes, dictionary } = column
    const used = new Uint8Array(dictionary.length)
    for (let c = 0; c < count; c++) if ((scope === null || scope[c] === 1) && (codes[c] as number) >= 0) used[codes[c] as number] = 1
    yield
    const ranks = yield* textRanks(dictionary, type.kind === 'id' && type.numericId === true)
    const present = [...used.keys()].filter((code) => used[code] === 1).sort((a, b) => (ranks[a] as number) - (ranks[b] as number))
    const binOfCode = new Int32Array(dictionary.length)
    present.forEach((code, i) => (binOfCode[code] = i))
    for (let c = 0; c < count; c++) bin[c] = (codes[c] as number) < 0 ? present.length : (binOfCode[codes[c] as number] as number)
    yield
    const texts = present.map((code) => dictionary[code] as string)
    const show = (numbers: Int32Array): Column => ({ kind: 'text', codes: numbers.map((number) => (number === texts.length ? -1 : number)), dictionary: texts })
    return { cuts: [], binsOf: (start, end) => bin.subarray(start, end), bins: texts.length, show }
  }
  const { values, validity } = column
  const distinct = new Set<number>()
  for (let c = 0; c < count; c++) if ((scope === null || scope[c] === 1) && (validity === undefined || validity[c] === 1)) distinct.add(values[c] as number)
  yield
  const ascending = Float64Array.from(distinct).sort()
  const binOfValue = new Map([...ascending].map((value, i) => [value, i]))
  const bins = ascending.length
  for (let c = 0; c < count; c++) bin[c] = validity !== undefined && validity[c] === 0 ? bins : (binOfValue.get(values[c] as number) ?? bins)
  yield
  const show = (numbers: Int32Array): Column => {
    const numeric = numberColumn(numbers, bins, ascending)
    return column.kind === 'boolean' ? { ...numeric, kind: 'boolean', values: Uint8Array.from(numeric.values) } : numeric
  }
  return { cuts: [], binsOf: (start, end) => bin.subarray(start, end), bins, show }
}

/** Bin numbers, or the values they stand for, with NULL for the bin of NULLs. */
function numberColumn(numbers: Int32Array, bins: number, values: Float64Array | null): NumberColumn {
  const shown = new Float64Array(numbers.length)
  let validity: Uint8Array | undefined
  for (let i = 0; i < numbers.length; i++) {
    const number = numbers[i] as number
    if (number === bins) {
      validity ??= new Uint8Array(numbers.length).fill(1)
      validity[i] = 0
    } else {
      shown[i] = values === null ? number : (values[number] as number)
    }
  }
  return validity === undefined ? { kind: 'float64', values: shown } : { kind: 'float64', values: shown, validity }
}

interface Cells {
  readonly size: number
  /** Cell of each customer, ascending by the axes; -1 outside of the scope. */
  readonly of: Int32Array
  /** Bin of each cell, per axis. */
  readonly digits: readonly Int32Array[]
}

/** Up to here a table per possible cell is cheaper than a Map. */
const DENSE_CELLS = 262_144

/** Cells are mixed-radix numbers with the bin of NULLs last, so their order is that of the answer. */
function* numberCells(axes: readonly BinnedAxis[], scope: Uint8Array | null, count: number): Steps<Cells> {
  let of: Int32Array | Float64Array = new Int32Array(count)
  if (scope !== null) for (let c = 0; c < count; c++) of[c] = scope[c] === 1 ? 0 : -1
  let possible = 1
  let size = 1
  let digits: Int32Array[] = []
  let pending: BinnedAxis[] = []
  // Numbered anew before the number of possible cells outgrows a table or an Int32: cells that hold nobody fall away.
  for (const [i, axis] of axes.entries()) {
    possible *= axis.bins + 1
    if (possible > 2 ** 31) of = Float64Array.from(of) // ids by cities: more cells than an Int32 can number
    yield* multiply(of, axis)
    pending.push(axis)
    const next = axes[i + 1]
    if (next !== undefined && possible * (next.bins + 1) <= DENSE_CELLS) continue
    const keys = yield* renumber(of, possible)
    of = of instanceof Int32Array ? of : Int32Array.from(of)
    const parents = new Int32Array(keys.length)
    const own = pending.map(() => new Int32Array(keys.length))
    for (let k = 0; k < keys.length; k++) {
      let key = keys[k] as number
      for (let p = pending.length - 1; p >= 0; p--) {
        const width = (pending[p] as BinnedAxis).bins + 1
        ;(own[p] as Int32Array)[k] = key % width
        key = Math.floor(key / width)
      }
      parents[k] = key
    }
    digits = [...digits.map((digit) => parents.map((parent) => digit[parent] as number)), ...own]
    pending = []
    size = keys.length
    possible = size
  }
  return { size, of: of as Int32Array, digits }
}

function* multiply(of: Int32Array | Float64Array, { binsOf, bins }: BinnedAxis): Steps<void> {
  for (let start = 0; start < of.length; start += STEP_ROWS) {
    const end = Math.min(of.length, start + STEP_ROWS)
    append(of, bins + 1, binsOf(start, end), start, end)
    yield
  }
}

/** A loop of its own, so that the engine compiles it alone. */
function append(of: Int32Array | Float64Array, width: number, bin: Int32Array, start: number, end: number): void {
  for (let c = start; c < end; c++) {
    const cell = of[c] as number
    if (cell >= 0) of[c] = cell * width + (bin[c - start] as number)
  }
}

/** Replaces the numbers in use by 0, 1, 2 in ascending order, and returns them. */
function* renumber(of: Int32Array | Float64Array, possible: number): Steps<Float64Array> {
  const isDense = possible <= DENSE_CELLS
  const table = new Int32Array(isDense ? possible : 0)
  const found = new Set<number>()
  for (let start = 0; start < of.length; start += STEP_ROWS) {
    const end = Math.min(of.length, start + STEP_ROWS)
    for (let c = start; c < end; c++) {
      const cell = of[c] as number
      if (cell < 0) continue
      if (isDense) table[cell] = 1
      else found.add(cell)
    }
    yield
  }
  if (isDense) for (let cell = 0; cell < possible; cell++) if (table[cell] === 1) found.add(cell)
  const keys = Float64Array.from(found).sort()
  const map = isDense ? null : new Map<number, number>()
  for (let k = 0; k < keys.length; k++) {
    if (map === null) table[keys[k] as number] = k
    else map.set(keys[k] as number, k)
  }
  yield
  for (let start = 0; start < of.length; start += STEP_ROWS) {
    const end = Math.min(of.length, start + STEP_ROWS)
    for (let c = start; c < end; c++) {
      const cell = of[c] as number
      if (cell >= 0) of[c] = map === null ? (table[cell] as number) : (map.get(cell) as number)
    }
    yield
  }
  return keys
}

function countCells({ of, size }: Cells): Float64Array {
  const customers = new Float64Array(size)
  for (let c = 0; c < of.length; c++) {
    const cell = of[c] as number
    if (cell >= 0) customers[cell] = (customers[cell] as number) + 1
  }
  return customers
}

/** Exact parts `high`, `low` of the sums of one measure over the cells; NULL adds nothing. */
function sumCells({ values, validity }: NumberColumn, of: Int32Array, cells: number): [Float64Array, Float64Array] {
  const high = new Float64Array(cells)
  const low = new Float64Array(cells)
  for (let c = 0; c < of.length; c++) {
    const cell = of[c] as number
    if (cell < 0 || (validity !== undefined && validity[c] === 0)) continue
    const value = values[c] as number
    if (value >= 0 && value < EXACT_BASE) {
      low[cell] = (low[cell] as number) + value // most are: no division
      continue
    }
    const part = Math.floor(value / EXACT_BASE)
    high[cell] = (high[cell] as number) + part
    low[cell] = (low[cell] as number) + (value - part * EXACT_BASE)
  }
  for (let cell = 0; cell < cells; cell++) {
    const sum = normaliseParts(high[cell] as number, low[cell] as number)
    high[cell] = sum.high
    low[cell] = sum.low
  }
  return [high, low]
}

function split(columns: readonly Column[], rows: number, end: NonNullable<Batch['end']>): readonly Batch[] {
  if (rows <= MAX_BATCH_ROWS) return [{ rows, columns, end }]
  const batches: Batch[] = []
  for (let start = 0; start < rows; start += MAX_BATCH_ROWS) {
    const stop = Math.min(rows, start + MAX_BATCH_ROWS)
    const pieces = columns.map((column) => sliceRows(column, start, stop))
    batches.push(stop < rows ? { rows: stop - start, columns: pieces } : { rows: stop - start, columns: pieces, end })
  }
  return batches
}
