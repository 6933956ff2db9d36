import { DataContractError, InvalidInputError, UnsupportedError } from '../errors/index.ts'
import { takeRowsInSteps, takeValuesInSteps } from '../shared/columns.ts'
import { concatColumns } from '../shared/readColumns.ts'
import { unknownField } from '../shared/expr.ts'
import { runToEnd } from '../shared/steps.ts'
import type { Column, DataField, DataSchema, DataSetName, FieldType, Steps } from './contract.ts'
import type { MemoryAdapterOptions, MemoryRow, MemorySet, RowKey } from './memory.types.ts'
import { adoptColumn, codeFor, columnFromRows, emptyPool, type TextPool } from './memoryColumns.ts'
import { keptRows } from './memoryKeys.ts'
import { KNOWN_SETS, namesOfRows, resolveFields } from './memoryFields.ts'

/** One data set of one state. Never changes. */
export interface StoredSet {
  readonly name: DataSetName
  readonly rows: number
  readonly types: ReadonlyMap<string, FieldType>
  readonly column: (field: string) => Column
  /** Makes in slices what {@link StoredSet.column} would else make at once: the texts of generated line ids. */
  readonly ready: (fields: readonly string[]) => Steps<void>
}

/** All data at one moment: a scan that began on it is not disturbed by a later change. */
export interface MemoryState {
  readonly version: string
  readonly schema: DataSchema
  readonly sets: ReadonlyMap<DataSetName, StoredSet>
}

export interface Draft {
  readonly fields: readonly DataField[]
  readonly rows: number
  readonly columns: ReadonlyMap<string, Column>
  /** Numbers of the lines whose ids were not given; the texts are made when somebody asks for them. */
  readonly numbers: Int32Array | null
}

/** Builds states: each change makes a new one out of the last. */
export interface MemoryStore {
  readonly state: () => MemoryState
  readonly append: (set: DataSetName, added: MemorySet) => Steps<void>
  /** Only of this set. All keys must be there. */
  readonly remove: (set: DataSetName, keys: readonly RowKey[]) => Steps<void>
  /** Rows removed, by set. */
  readonly forget: (customerId: string) => Steps<readonly DataSetName[]>
}

export function createMemoryStore(options: MemoryAdapterOptions): MemoryStore {
  let pools = new Map<string, TextPool>()
  let drafts = new Map<DataSetName, Draft>()
  let nextLine = 0
  let version = 0
  for (const [name, given] of Object.entries(options.data) as [DataSetName, MemorySet | undefined][]) {
    if (!Object.hasOwn(KNOWN_SETS, name)) {
      throw new InvalidInputError('SET_UNKNOWN', `There is no data set "${name}". The contract knows ${Object.keys(KNOWN_SETS).join(', ')}. Use one of them.`, { set: name })
    }
    if (given !== undefined) drafts.set(name, runToEnd(firstDraft(name, given)))
  }
  let state = publish()

  function poolOf(set: DataSetName, field: string): TextPool {
    // One pool for ids of the same things in all sets.
    const key = field === 'customerId' || field === 'productId' ? field : `${set}/${field}`
    let pool = pools.get(key)
    if (pool === undefined) pools.set(key, (pool = emptyPool()))
    return pool
  }

  function* firstDraft(set: DataSetName, given: MemorySet): Steps<Draft> {
    const { rows, columns, fields: declared } = partsOf(given)
    const seen = yield* namesOf({ rows, columns })
    // Without rows nobody can tell whether purchases name products: those to come may, and until then no field is missed.
    if (set === 'transactions' && columns === null && rows.length === 0 && declared === undefined) seen.push('productId')
    const isNumbered = set === 'transactions' && !seen.includes('lineId') && !isDeclared(declared, 'lineId')
    const samples = (name: string): Iterable<unknown> => (columns === null ? valuesOf(rows, name) : valuesOfColumn(columns.get(name)))
    const currency = options.currency ?? firstCurrency(set, rows)
    const overrides = isNumbered && !Array.isArray(declared) ? { ...declared, lineId: { kind: 'id', numericId: true } as const } : declared
    const fields = resolveFields(set, seen, overrides, samples, { currency, scale: options.scale ?? 2 })
    const empty: Draft = { fields, rows: 0, columns: new Map(), numbers: isNumbered ? new Int32Array(0) : null }
    return yield* extended(set, empty, { rows, columns }, seen)
  }

  /** The draft with more rows: what is there is copied, never written. */
  function* extended(set: DataSetName, draft: Draft, added: Pick<Parts, 'rows' | 'columns'>, names: readonly string[]): Steps<Draft> {
    const n = added.columns === null ? added.rows.length : lengthOfFirst(added.columns)
    const known = new Set(draft.fields.map((field) => field.name))
    for (const name of names) {
      if (!known.has(name) || (draft.numbers !== null && name === 'lineId')) {
        throw new InvalidInputError('FIELD_UNKNOWN', `The added rows of ${set} have a field "${name}" that the adapter was not created with. It would be lost. Declare it when the adapter is created.`, {
          set,
          field: name,
        })
      }
    }
    if (added.columns === null) checkCurrency(set, draft.fields, added.rows)
    const columns = new Map<string, Column>()
    for (const field of draft.fields) {
      if (field.name === 'lineId' && draft.numbers !== null) continue
      const pool = poolOf(set, field.name)
      const given = added.columns?.get(field.name)
      const more =
        added.columns === null || given === undefined
          ? yield* columnFromRows(set, field, added.columns === null ? added.rows : blankRows(n), pool, draft.rows)
          : yield* adoptColumn(set, field, given, n, pool, draft.rows)
      const before = draft.columns.get(field.name)
      columns.set(field.name, before === undefined ? more : appended(before, more))
      yield
    }
    let numbers: Int32Array | null = null
    if (draft.numbers !== null) {
      numbers = new Int32Array(draft.rows + n)
      numbers.set(draft.numbers)
      for (let i = 0; i < n; i++) numbers[draft.rows + i] = nextLine++
    }
    const next = { fields: draft.fields, rows: draft.rows + n, columns, numbers }
    if (numbers === null) yield* checkKey(set, next)
    return next
  }

  function publish(): MemoryState {
    const sets = new Map<DataSetName, StoredSet>()
    for (const [name, draft] of drafts) sets.set(name, storedSet(name, { ...draft, columns: withPools(name, draft.columns) }))
    for (const pool of pools.values()) pool.isShared = true
    const schema: DataSchema = Object.freeze({
      timeZone: options.timeZone,
      sets: Object.freeze([...drafts].map(([name, { rows, fields }]) => Object.freeze({ name, estimatedRows: rows, fields: Object.freeze([...fields]) }))),
    })
    return Object.freeze({ version: String(version++), schema, sets })
  }

  /** A pool that grew has a new list: codes stay right in it, and sets that share a pool share one dictionary again. */
  function withPools(set: DataSetName, columns: Draft['columns']): Draft['columns'] {
    return new Map([...columns].map(([name, column]) => [name, column.kind === 'text' ? { ...column, dictionary: poolOf(set, name).texts } : column]))
  }

  return {
    state: () => state,
    *append(set, added) {
      const draft = drafts.get(set)
      const { rows, columns } = partsOf(added)
      const next = draft === undefined ? yield* firstDraft(set, added) : yield* extended(set, draft, { rows, columns }, yield* namesOf({ rows, columns }))
      drafts = new Map(drafts).set(set, next)
      state = publish()
    },
    *remove(set, keys) {
      const draft = drafts.get(set)
      if (draft === undefined) throw new UnsupportedError('SET_MISSING', `This adapter holds no ${set}. There is nothing to remove. Check the name of the set.`, { set })
      const index = yield* keptRows(set, draft, keys)
      const columns = new Map<string, Column>()
      for (const [name, column] of draft.columns) columns.set(name, yield* takeRowsInSteps(column, index))
      drafts = new Map(drafts).set(set, { fields: draft.fields, rows: index.length, columns, numbers: yield* keptNumbers(draft, index) })
      state = publish()
    },
    *forget(customerId) {
      const touched: DataSetName[] = []
      const kept = new Map<DataSetName, Int32Array>()
      for (const [name, draft] of drafts) {
        const rows = draft.columns.has('customerId') ? yield* rowsWithout(draft, customerId) : null
        if (rows === null || rows.length === draft.rows) continue
        touched.push(name)
        kept.set(name, rows)
      }
      if (touched.length === 0) return []
      // All pools anew: the texts of the forgotten rows (name, e-mail, subject) must not stay in a dictionary.
      const freshPools = new Map<string, TextPool>()
      const next = new Map<DataSetName, Draft>()
      const old = pools
      pools = freshPools
      try {
        for (const [name, draft] of drafts) next.set(name, yield* copied(name, draft, kept.get(name)))
      } catch (error) {
        pools = old
        throw error
      }
      drafts = next
      state = publish()
      return touched
    },
  }

  function* copied(set: DataSetName, draft: Draft, index: Int32Array | undefined): Steps<Draft> {
    const columns = new Map<string, Column>()
    for (const [name, column] of draft.columns) {
      const taken = index === undefined ? column : yield* takeRowsInSteps(column, index)
      columns.set(name, taken.kind === 'text' ? yield* repooled(taken, poolOf(set, name)) : taken)
      yield
    }
    const numbers = index === undefined ? draft.numbers : yield* keptNumbers(draft, index)
    return { fields: draft.fields, rows: index?.length ?? draft.rows, columns, numbers }
  }
}

/** Lines keep the ids that were made for them. */
function* keptNumbers({ numbers }: Draft, index: Int32Array): Steps<Int32Array | null> {
  return numbers === null ? null : yield* takeValuesInSteps(numbers, new Int32Array(index.length), index)
}

interface Parts {
  readonly rows: readonly MemoryRow[]
  readonly columns: ReadonlyMap<string, Column> | null
  readonly fields: Extract<MemorySet, { readonly rows: unknown }>['fields']
}

function partsOf(given: MemorySet): Parts {
  if (Array.isArray(given)) return { rows: given as readonly MemoryRow[], columns: null, fields: undefined }
  const { rows, columns, fields } = (given ?? {}) as { rows?: readonly MemoryRow[]; columns?: readonly Column[] | Record<string, Column>; fields?: Parts['fields'] }
  if (Array.isArray(columns) && Array.isArray(fields)) {
    if (columns.length !== fields.length) throw new InvalidInputError('LENGTH_MISMATCH', 'There are not as many columns as fields. A column would get the name of another. Pass one column per field.')
    return { rows: [], columns: new Map(fields.map((field: DataField, i: number) => [field.name, columns[i] as Column])), fields }
  }
  if (columns !== undefined && !Array.isArray(columns)) return { rows: [], columns: new Map(Object.entries(columns)), fields }
  if (!Array.isArray(rows)) throw new InvalidInputError('OPTION_INVALID', 'A data set has neither rows nor columns. There is nothing to read. Pass an array of rows, { rows } or { columns }.')
  return { rows, columns: null, fields }
}

function* namesOf({ rows, columns }: Pick<Parts, 'rows' | 'columns'>): Steps<string[]> {
  return columns === null ? yield* namesOfRows(rows) : [...columns.keys()]
}

function isDeclared(fields: Parts['fields'], name: string): boolean {
  return Array.isArray(fields) ? fields.some((field: DataField) => field.name === name) : fields !== undefined && Object.hasOwn(fields, name)
}

function lengthOfFirst(columns: ReadonlyMap<string, Column>): number {
  for (const column of columns.values()) return column.kind === 'text' ? column.codes.length : column.values.length
  return 0
}

function blankRows(n: number): readonly MemoryRow[] {
  return Array.from({ length: n }, () => ({}))
}

function* valuesOf(rows: readonly MemoryRow[], name: string): Iterable<unknown> {
  for (const row of rows) if (Object.hasOwn(row, name)) yield row[name]
}

function valuesOfColumn(column: Column | undefined): Iterable<unknown> {
  if (column === undefined) return []
  if (column.kind === 'text') return ['']
  return column.kind === 'boolean' ? [true] : column.values
}

function appended(before: Column, more: Column): Column {
  if (before.kind !== 'text' || more.kind !== 'text') return concatColumns(before.kind, [before, more])
  const codes = new Int32Array(before.codes.length + more.codes.length)
  codes.set(before.codes)
  codes.set(more.codes, before.codes.length)
  return { kind: 'text', codes, dictionary: more.dictionary }
}

function* repooled(column: Extract<Column, { kind: 'text' }>, pool: TextPool): Steps<Column> {
  const table = new Int32Array(column.dictionary.length).fill(-1)
  const codes = new Int32Array(column.codes.length)
  for (let row = 0; row < codes.length; row++) {
    if (row % 16_384 === 16_383) yield
    const old = column.codes[row] as number
    if (old >= 0 && table[old] === -1) {
      table[old] = codeFor(column.dictionary[old] as string, pool)
    }
    codes[row] = old < 0 ? -1 : (table[old] as number)
  }
  return { kind: 'text', codes, dictionary: pool.texts }
}

function* rowsWithout(draft: Draft, customerId: string): Steps<Int32Array> {
  const { codes, dictionary } = draft.columns.get('customerId') as Extract<Column, { kind: 'text' }>
  const code = dictionary.indexOf(customerId)
  const kept = new Int32Array(codes.length)
  let n = 0
  for (let row = 0; row < codes.length; row++) {
    if (row % 65_536 === 65_535) yield
    if (code < 0 || codes[row] !== code) kept[n++] = row
  }
  return kept.subarray(0, n)
}

function storedSet(name: DataSetName, { fields, rows, columns, numbers }: Draft): StoredSet {
  let lineIds: Column | null = null
  return {
    name,
    rows,
    types: new Map(fields.map((field) => [field.name, field.type])),
    column(field) {
      const column = columns.get(field)
      if (column !== undefined) return column
      if (field !== 'lineId') throw unknownField(field)
      lineIds ??= runToEnd(lineIdColumn(numbers as Int32Array))
      return lineIds
    },
    *ready(fields) {
      if (numbers !== null && lineIds === null && fields.includes('lineId')) lineIds = yield* lineIdColumn(numbers)
    },
  }
}

function* lineIdColumn(numbers: Int32Array): Steps<Column> {
  const codes = new Int32Array(numbers.length)
  const dictionary: string[] = []
  for (let row = 0; row < codes.length; row++) {
    codes[row] = row
    dictionary.push(String(numbers[row]))
    if (row % 16_384 === 16_383) yield
  }
  return { kind: 'text', codes, dictionary }
}

/** Rows of `transactions` may say their currency; the adapter holds one. */
function firstCurrency(set: DataSetName, rows: readonly MemoryRow[]): string | undefined {
  if (set !== 'transactions') return undefined
  for (const value of valuesOf(rows, 'currency')) if (typeof value === 'string') return value
  return undefined
}

function checkCurrency(set: DataSetName, fields: readonly DataField[], rows: readonly MemoryRow[]): void {
  const money = fields.find((field) => field.name === 'amount')?.type
  if (set !== 'transactions' || money?.kind !== 'money') return
  let count = 0
  for (const value of valuesOf(rows, 'currency')) if (typeof value === 'string' && value !== money.currency) count++
  if (count > 0) {
    throw new DataContractError(
      'CURRENCY_MIXED',
      `${count} transactions are in another currency than ${money.currency}. Amounts of several currencies cannot be added. Convert them, or make an adapter per currency.`,
      { count },
    )
  }
}

function* checkKey(set: DataSetName, { columns, rows }: Draft): Steps<void> {
  const key = KNOWN_SETS[set].key.map((name) => columns.get(name) as Extract<Column, { kind: 'text' }>)
  const [first, second] = key as [(typeof key)[0], (typeof key)[0] | undefined]
  const seen = second === undefined ? new Uint8Array(first.dictionary.length) : null
  const pairs = new Set<number>()
  for (let row = 0; row < rows; row++) {
    if (row % 65_536 === 65_535) yield
    const code = first.codes[row] as number
    const pair = second === undefined ? 0 : code * 2 ** 26 + (second.codes[row] as number)
    if (seen === null ? pairs.has(pair) : seen[code] === 1) {
      throw new InvalidInputError(
        'KEY_DUPLICATE',
        `Row ${row} of ${set} has the same ${KNOWN_SETS[set].key.join(' and ')} as a row before it. Pages and counts rely on a unique key. Remove or merge the repeated row.`,
        { set, index: row },
      )
    }
    if (seen === null) pairs.add(pair)
    else seen[code] = 1
  }
}
