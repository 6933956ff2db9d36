import type { Column, FieldType, Order, Scalar, Steps } from '../adapter/contract.ts'
import { InvalidInputError } from '../errors/index.ts'
import { columnKindOf } from './columns.ts'
import { isNull, valueAt } from './readColumns.ts'
import { mergeSort, radixSort, STEP_ROWS } from './radix.ts'
import { textRanks } from './sortTexts.ts'
import { compareText } from './text.ts'

/** One column of a total order. */
export interface SortKey {
  readonly column: Column
  readonly type: FieldType
  readonly direction: Order['direction']
  readonly nulls: Order['nulls']
}

/** Below it comparing beats ranking whole dictionaries. */
const FEW_ROWS = 1_024

/**
 * Sorts `rows` in place by several keys. The last key must be unique, so that the order is total.
 *
 * From the last key to the first, each by a stable radix sort: linear, and cut into slices.
 */
export function* sortRows(rows: Int32Array, keys: readonly SortKey[]): Steps<void> {
  if (rows.length <= FEW_ROWS) {
    const compare = (a: number, b: number): number => {
      for (const key of keys) {
        const order = compareValues(key, valueAt(key.column, a), valueAt(key.column, b))
        if (order !== 0) return order
      }
      return 0
    }
    return yield* mergeSort(rows, compare)
  }
  for (let k = keys.length - 1; k >= 0; k--) yield* sortByKey(rows, keys[k] as SortKey)
}

function* sortByKey(rows: Int32Array, key: SortKey): Steps<void> {
  const { column, type } = key
  const sign = key.direction === 'ascending' ? 1 : -1
  const none = key.nulls === 'first' ? -Infinity : Infinity
  const byNumber = type.kind === 'id' && type.numericId === true
  const source = column.kind === 'text' ? yield* textRanks(column.dictionary, byNumber) : column.values
  const codes = column.kind === 'text' ? column.codes : null
  const validity = column.kind === 'text' ? undefined : column.validity
  const keys = new Float64Array(rows.length)
  for (let start = 0; start < rows.length; start += STEP_ROWS) {
    const end = Math.min(rows.length, start + STEP_ROWS)
    for (let i = start; i < end; i++) {
      const row = rows[i] as number
      const place = codes === null ? row : (codes[row] as number)
      const isNone = place < 0 || (validity !== undefined && validity[row] === 0)
      keys[i] = isNone ? none : sign * (source[place] as number) + 0 // + 0: no -0, its bits sort below 0
    }
    yield
  }
  yield* radixSort(rows, keys)
}

/** Values of one row in the order of the keys: what a cursor remembers. */
export function sortValues(row: number, keys: readonly SortKey[]): (Scalar | null)[] {
  return keys.map(({ column }) => valueAt(column, row))
}

/**
 * Position behind the row with these values in sorted `rows`, also when that row is gone: the cursor compares values,
 * it does not count.
 */
export function positionAfter(rows: Int32Array, keys: readonly SortKey[], values: readonly (Scalar | null)[]): number {
  let low = 0
  let high = rows.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if (compareRow(rows[middle] as number, keys, values) <= 0) low = middle + 1
    else high = middle
  }
  return low
}

/** @throws InvalidInputError `CURSOR_INVALID` when the values do not fit the keys */
export function checkCursorValues(values: readonly (Scalar | null)[], keys: readonly SortKey[]): void {
  const fits =
    values.length === keys.length &&
    values.every((value, i) => {
      if (value === null) return true
      const kind = columnKindOf((keys[i] as SortKey).type)
      return typeof value === (kind === 'text' ? 'string' : kind === 'boolean' ? 'boolean' : 'number')
    })
  if (!fits) {
    throw new InvalidInputError('CURSOR_INVALID', 'The cursor does not fit the order of this request. Its place cannot be found. Start again from the first page.')
  }
}

function compareRow(row: number, keys: readonly SortKey[], values: readonly (Scalar | null)[]): number {
  for (let k = 0; k < keys.length; k++) {
    const key = keys[k] as SortKey
    const order = compareValues(key, isNull(key.column, row) ? null : valueAt(key.column, row), values[k] as Scalar | null)
    if (order !== 0) return order
  }
  return 0
}

function compareValues(key: SortKey, a: Scalar | null, b: Scalar | null): number {
  if (a === null || b === null) {
    if (a === b) return 0
    return (a === null) === (key.nulls === 'first') ? -1 : 1
  }
  let order: number
  if (typeof a === 'string') {
    order = key.type.kind === 'id' && key.type.numericId === true ? Number(a) - Number(b) : compareText(a, b as string)
  } else {
    order = Number(a) - Number(b)
  }
  return key.direction === 'ascending' ? order : -order
}
