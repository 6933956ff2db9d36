import type { Order } from '@crm/core/adapter'
import { InvalidInputError } from '@crm/core/errors'
import type { Dialect } from './dialect.ts'
import { isNumericId, sortValue, type CursorValue, type Value } from './model.ts'
import { join, sql, type Sql } from './sql.ts'
import { compareSql } from './where.ts'

/** One step of a total order. */
export interface SortKey {
  readonly value: Value
  readonly direction: Order['direction']
  readonly nulls: Order['nulls']
}

/** The asked order, then the key of the set where it is not already named. */
export function sortKeys(order: readonly Order[], keys: readonly string[], valueOf: (field: string) => Value): SortKey[] {
  const named = new Set(order.map(({ field }) => field))
  const rest = keys.filter((key) => !named.has(key)).map((field): Order => ({ field, direction: 'ascending', nulls: 'last' }))
  return [...order, ...rest].map(({ field, direction, nulls }) => ({ value: valueOf(field), direction, nulls }))
}

/** NULL order is always explicit: engines differ in their default. */
export function orderBySql(keys: readonly SortKey[], dialect: Dialect): Sql {
  return join(
    keys.map(({ value, direction, nulls }) => {
      const by = sortValue(value, dialect)
      const way = direction === 'ascending' ? sql`ASC` : sql`DESC`
      return nulls === 'first' ? sql`${by} ${way} NULLS FIRST` : sql`${by} ${way} NULLS LAST`
    }),
    ', ',
  )
}

/** The rows strictly after `values`: for each step, equal before it and greater in it. NULL is told apart. */
export function afterSql(keys: readonly SortKey[], values: readonly CursorValue[], dialect: Dialect): Sql {
  checkCursorValues(keys, values)
  const steps = keys.map((key, i) => {
    const equal = keys.slice(0, i).map((before, j) => equalSql(before, values[j] as CursorValue, dialect))
    return sql`(${join([...equal, greaterSql(key, values[i] as CursorValue, dialect)], ' AND ')})`
  })
  return sql`(${join(steps, ' OR ')})`
}

function equalSql({ value }: SortKey, at: CursorValue, dialect: Dialect): Sql {
  return at === null ? sql`(${value.value} IS NULL)` : compareSql(value, 'eq', at, dialect)
}

function greaterSql({ value, direction, nulls }: SortKey, at: CursorValue, dialect: Dialect): Sql {
  if (at === null) return nulls === 'first' ? sql`(${value.value} IS NOT NULL)` : sql`FALSE`
  const greater =
    typeof at === 'boolean'
      ? // Booleans know no order in the contract's filters, but sort false before true.
        (direction === 'ascending') === at
        ? sql`FALSE`
        : compareSql(value, 'ne', at, dialect)
      : compareSql(value, direction === 'ascending' ? 'gt' : 'lt', at, dialect)
  return nulls === 'first' ? greater : sql`(${greater} OR ${value.value} IS NULL)`
}

/** A cursor passed the fingerprint; its values may still be forged. */
function checkCursorValues(keys: readonly SortKey[], values: readonly CursorValue[]): void {
  const fits = (value: CursorValue, { value: { carrier, type } }: SortKey): boolean => {
    if (value === null) return true
    if (carrier === 'boolean') return typeof value === 'boolean'
    if (carrier !== 'text') return typeof value === 'number'
    return typeof value === 'string' && (!isNumericId(type) || /^(?:0|-?[1-9][0-9]{0,14})$/.test(value))
  }
  if (values.length === keys.length && keys.every((key, i) => fits(values[i] as CursorValue, key))) return
  throw new InvalidInputError(
    'CURSOR_INVALID',
    'The cursor does not belong to this request. Continuing from it would skip or repeat rows. Start again from the first page, or repeat the request that returned the cursor.',
  )
}
