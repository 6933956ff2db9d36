import type { Column, FieldType, Steps } from '../adapter/contract.ts'
import { STEP_ROWS } from './radix.ts'
import { withValidity } from './readColumns.ts'
import { runToEnd } from './steps.ts'

/** Which column carries a field of this type. */
export function columnKindOf(type: FieldType): Column['kind'] {
  if (type.kind === 'id' || type.kind === 'text') return 'text'
  return type.kind === 'boolean' ? 'boolean' : 'float64'
}

/** The rows at `index`, in that order. The dictionary is shared; see {@link compactText}. */
export function takeRows(column: Column, index: Int32Array): Column {
  return runToEnd(takeRowsInSteps(column, index))
}

/** {@link takeRows} of very many. */
export function* takeRowsInSteps(column: Column, index: Int32Array): Steps<Column> {
  if (column.kind === 'text') return { kind: 'text', codes: yield* takeValuesInSteps(column.codes, new Int32Array(index.length), index), dictionary: column.dictionary }
  const { values, validity } = column
  const store = yield* takeValuesInSteps(values, column.kind === 'boolean' ? new Uint8Array(index.length) : new Float64Array(index.length), index)
  return withValidity(column.kind, store, validity && (yield* takeValuesInSteps(validity, new Uint8Array(index.length), index)))
}

type Values = Int32Array | Uint8Array | Float64Array

/** Fills `target` with the values at `index`. */
export function* takeValuesInSteps<Target extends Values>(values: Values, target: Target, index: Int32Array): Steps<Target> {
  for (let start = 0; start < index.length; start += STEP_ROWS) {
    if (start > 0) yield
    const end = Math.min(index.length, start + STEP_ROWS)
    for (let i = start; i < end; i++) target[i] = values[index[i] as number] as number
  }
  return target
}

/** Rows `start` to `end` without a copy: for reading, never to hand out. */
export function viewOf(column: Column, start: number, end: number): Column {
  if (column.kind === 'text') return { ...column, codes: column.codes.subarray(start, end) }
  const { validity } = column
  return { ...column, values: column.values.subarray(start, end), ...(validity === undefined ? {} : { validity: validity.subarray(start, end) }) } as Column
}

/** Rows `start` to `end` as arrays of their own: a reader may transfer them away. */
export function sliceRows(column: Column, start: number, end: number): Column {
  if (column.kind === 'text') return { ...column, codes: column.codes.slice(start, end) }
  const { validity } = column
  return { ...column, values: column.values.slice(start, end), ...(validity === undefined ? {} : { validity: validity.slice(start, end) }) } as Column
}

/** Drops dictionary entries that no row uses: a page of ten rows must not carry half a million ids over a wire. */
export function compactText(column: Column): Column {
  if (column.kind !== 'text' || column.dictionary.length <= column.codes.length) return column
  const dictionary: string[] = []
  const newCode = new Map<number, number>()
  const codes = new Int32Array(column.codes.length)
  for (let row = 0; row < codes.length; row++) {
    const old = column.codes[row] as number
    if (old < 0) {
      codes[row] = -1
      continue
    }
    let code = newCode.get(old)
    if (code === undefined) {
      code = dictionary.push(column.dictionary[old] as string) - 1
      newCode.set(old, code)
    }
    codes[row] = code
  }
  return { kind: 'text', codes, dictionary }
}

/** A column of NULLs. */
export function nullColumn(kind: Column['kind'], rows: number): Column {
  if (kind === 'text') return { kind, codes: new Int32Array(rows).fill(-1), dictionary: [] }
  return withValidity(kind, kind === 'boolean' ? new Uint8Array(rows) : new Float64Array(rows), new Uint8Array(rows))
}
