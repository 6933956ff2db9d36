import type { Measure, SummaryRequest, TotalsSpec } from '@crm/core/adapter'
import type { ColumnReader } from './dialect.ts'
import { readValue, scopeOf, type ModelField, type ModelSet, type SqlModel, type Value } from './model.ts'
import { all, integer, join, sql, trusted, type Sql } from './sql.ts'
import { dayOf, daysAscend, daySql, entriesBetween } from './zone.ts'

/** Greatest safe integer as text: the bound of the money of one customer. */
const MAX_MONEY = sql`9007199254740991`

/** One-row counts that every summary carries, in the order of the columns of `meta`. */
export const META_COLUMNS = [
  'badAt',
  'badAmount',
  'badOrder',
  'badCustomer',
  'mixedCurrency',
  'outOfRange',
  'CUSTOMERS_WITHOUT_PURCHASE',
  'LINES_AFTER_AS_OF',
  'LINES_BEFORE_FROM',
  'LINES_WITHOUT_CUSTOMER',
  'ORDERS_NOT_POSITIVE',
  'RETURNS_DROPPED',
  'LINES_WITHOUT_PRODUCT',
  'badRating',
] as const

export interface SummaryBase {
  /** `base`: a row per customer, with all that the request names. `meta`: one row, {@link META_COLUMNS}. */
  readonly ctes: readonly Sql[]
  /** Values over `base`, by the name of the field or measure. */
  readonly valueOf: (field: string) => Value
  /** What the `k` of `base` is compared with, over the alias `s` of a set that has customers. */
  readonly keyOf: (customerId: ModelField) => Sql
  /** Whether `k` is the key of the column; else it is text, because the sets store their ids as different types. */
  readonly isNative: boolean
}

/**
 * The customers of a summary with their totals, as common table expressions.
 *
 * Orders are grouped first by (customer, order) and then by customer: `count(DISTINCT ...)` per customer costs DuckDB
 * a third more (641 against 478 ms CPU over 5 million lines) and does not yield the orders that net to nothing.
 *
 * Purchases and returns are added up apart and as doubles: both only grow, so a sum that stays within 2^53 - 1 was
 * exact at every step, whatever the order of the lines, and a larger one shows. A 128-bit sum costs half as much again.
 */
export function summaryBase(model: SqlModel, request: SummaryRequest, named: ReadonlySet<string>): SummaryBase {
  const { dialect } = model
  const lines = model.sets.get('transactions')
  const customers = model.sets.get('customers')
  // Customers that only ratings know take part as if they had a line without an amount.
  const raters = request.kind === 'pairs' && request.weight === 'rating' ? model.sets.get('ratings') : undefined
  const spec = request.totals
  const ids = [customers, lines, raters].flatMap((set) => set?.fields.get('customerId') ?? [])
  const isNative = new Set(ids.map(({ reader }) => familyOf(reader))).size === 1
  const keyOf = ({ reader }: ModelField): Sql => (isNative ? (reader.key?.value ?? reader.strict) : reader.strict)
  const ownId = customers?.fields.get('customerId')

  const time = lines === undefined ? NO_TIME : timeOf(lineFields(lines).at, spec, model)
  const needsDay = (measure: Measure): boolean => named.has(measure) || (measure === 'lastDay' && named.has('recencyDays'))
  const inWindow = time.low === null ? sql`t <= ${time.high}` : sql`t <= ${time.high} AND t >= ${time.low}`
  const isNet = spec.returns === 'net'
  const byOrder = spec.order !== 'line'
  const orderKey = spec.order === 'day' ? time.day(sql`t`) : sql`o`
  const source = lines === undefined ? null : linesSql(lines, keyOf, time, dialect.castDouble(lineFields(lines).amount.reader.strict))
  const edge = (measure: Measure, pick: Sql, name: Sql): Sql[] => {
    if (!needsDay(measure)) return []
    const purchaseTime = time.ascends ? sql`t` : time.day(sql`t`)
    return [sql`${pick}(CASE WHEN a > 0 THEN ${purchaseTime} END) AS ${name}`]
  }
  const counted = named.has('lines') ? [isNet ? sql`count(a) AS n` : sql`count(CASE WHEN a >= 0 THEN 1 END) AS n`] : []
  const lineSums = [
    sql`sum(CASE WHEN a > 0 THEN a ELSE 0 END) AS p`,
    sql`sum(CASE WHEN a < 0 THEN -a ELSE 0 END) AS r`,
    ...(byOrder ? [] : [sql`count(CASE WHEN a > 0 THEN 1 END) AS c`]),
    ...edge('firstDay', sql`min`, sql`lo`),
    ...edge('lastDay', sql`max`, sql`hi`),
    ...counted,
  ]
  // A line outside the window stays as a line without an amount: its customer belongs to the summary all the same.
  const windowed = (withOrder: boolean): Sql => {
    const own = source === null ? [] : [sql`SELECT k${withOrder ? sql`, ${orderKey} AS o` : sql``}, t, CASE WHEN ${inWindow} THEN a END AS a FROM ${source} WHERE k IS NOT NULL`]
    const rated = raters === undefined ? [] : [sql`SELECT DISTINCT ${keyOf(raters.fields.get('customerId') as ModelField)} AS k${withOrder ? sql`, NULL AS o` : sql``}, ${NO_TIME.value} AS t, ${dialect.castDouble(sql`NULL`)} AS a FROM ${raters.table} AS s${scopeOf(raters)}`]
    return join([...own, ...rated], ' UNION ALL ')
  }
  const orders = sql`SELECT k, ${join(lineSums, ', ')} FROM (${windowed(true)}) AS w GROUP BY k, o`
  const day = (name: Sql): Sql => (time.ascends ? time.day(name) : name)
  const days = (outer: (name: Sql, pick: Sql) => Sql): Sql[] => [
    ...(needsDay('firstDay') ? [sql`${outer(sql`lo`, sql`min`)} AS lo`] : []),
    ...(needsDay('lastDay') ? [sql`${outer(sql`hi`, sql`max`)} AS hi`] : []),
  ]
  const perCustomer = byOrder
    ? sql`SELECT k, sum(p) AS p, sum(r) AS r, count(CASE WHEN p > 0 THEN 1 END) AS c, ${isNet ? sql`count(CASE WHEN p > 0 AND p <= r THEN 1 END)` : sql`0`} AS e, ${join([...days((name, pick) => sql`${pick}(${name})`), ...(named.has('lines') ? [sql`sum(n) AS n`] : []), sql`TRUE AS known`], ', ')} FROM orders GROUP BY k`
    : sql`SELECT k, ${join(lineSums, ', ')}, 0 AS e, TRUE AS known FROM (${windowed(false)}) AS w GROUP BY k`

  const attributes = customers === undefined ? [] : [...customers.fields.keys()].filter((name) => name !== 'customerId' && named.has(name))
  const attributeColumns = new Map(attributes.map((name, i) => [name, trusted(`x${i}`)]))
  const totalsColumns = [
    sql`coalesce(t.p, 0) AS p`,
    sql`coalesce(t.r, 0) AS r`,
    sql`coalesce(t.c, 0) AS c`,
    sql`coalesce(t.e, 0) AS e`,
    ...days((name) => day(sql`t.${name}`)),
    ...(named.has('lines') ? [sql`${dialect.castInteger(sql`coalesce(t.n, 0)`)} AS n`] : []),
  ]
  const base =
    customers === undefined
      ? sql`SELECT t.k AS k, ${join(totalsColumns, ', ')} FROM totals AS t`
      : sql`SELECT coalesce(c.k, t.k) AS k, ${join([...totalsColumns, ...[...attributeColumns.values()].map((name) => sql`c.${name} AS ${name}`)], ', ')} FROM (SELECT ${join(
          [
            sql`${keyOf(ownId as ModelField)} AS k`,
            ...attributes.map((name) => sql`${readValue(customers.fields.get(name) as ModelField).value} AS ${attributeColumns.get(name) as Sql}`),
          ],
          ', ',
        )} FROM ${customers.table} AS s${scopeOf(customers)}) AS c FULL JOIN totals AS t ON c.k = t.k`

  const ctes = [
    ...(byOrder ? [sql`orders AS ${dialect.notMaterialized} (${orders})`] : []),
    sql`totals AS ${dialect.notMaterialized} (${perCustomer})`,
    sql`base AS ${dialect.materialized} (${base})`,
    sql`meta AS ${dialect.materialized} (${metaSql(model, request, keyOf, inWindow, time)})`,
  ]
  return { ctes, valueOf: valuesOfBase(model, spec, isNative, ids[0] as ModelField, attributeColumns), keyOf, isNative }
}

/** Lines as `k`, `o`, `t` and `a`, with `money` as the amount; aliased `l`. */
function linesSql(lines: ModelSet, keyOf: SummaryBase['keyOf'], time: Time, money: Sql, more: readonly Sql[] = []): Sql {
  const { customerId, orderId } = lineFields(lines)
  return sql`(SELECT ${join([sql`${keyOf(customerId)} AS k`, sql`${keyIn(orderId)} AS o`, sql`${time.value} AS t`, sql`${money} AS a`, ...more], ', ')} FROM ${lines.table} AS s${scopeOf(lines)}) AS l`
}

/**
 * Purchase lines in the window that have a customer and a product, as `k`, `g` and, where orders are told apart, `o`.
 *
 * @param customers narrows `k`
 */
export function purchasesSql(model: SqlModel, spec: TotalsSpec, keyOf: SummaryBase['keyOf'], withOrder: boolean, customers: Sql | null): Sql {
  const lines = model.sets.get('transactions') as ModelSet
  const { at, productId } = lineFields(lines)
  const time = timeOf(at, spec, model)
  const order = !withOrder ? [] : [sql`${spec.order === 'day' ? time.day(sql`t`) : sql`o`} AS o`]
  const conditions = [sql`k IS NOT NULL`, sql`g IS NOT NULL`, sql`a > 0`, sql`t <= ${time.high}`, ...(time.low === null ? [] : [sql`t >= ${time.low}`]), ...(customers === null ? [] : [customers])]
  return sql`SELECT ${join([sql`k`, sql`g`, ...order], ', ')} FROM ${linesSql(lines, keyOf, time, signOf(lines, model), [sql`${keyIn(productId as ModelField)} AS g`])} WHERE ${all(conditions)}`
}

/** What to group a column of ids by. */
export function keyIn({ reader }: ModelField): Sql {
  return reader.key?.value ?? reader.strict
}

/** An amount of which only the sign is asked: a column that cannot break is taken as it is stored. */
function signOf(lines: ModelSet, { dialect }: SqlModel): Sql {
  const { reader } = lineFields(lines).amount
  return reader.canBreak ? dialect.castDouble(reader.strict) : reader.column
}

function lineFields({ fields }: ModelSet): Record<'customerId' | 'orderId' | 'at' | 'amount', ModelField> & { productId: ModelField | undefined } {
  const needed = (name: string): ModelField => fields.get(name) as ModelField
  return { customerId: needed('customerId'), orderId: needed('orderId'), at: needed('at'), amount: needed('amount'), productId: fields.get('productId') }
}

interface Time {
  /** Over the alias `s` of the source table. */
  readonly value: Sql
  readonly low: Sql | null
  readonly high: Sql
  readonly day: (value: Sql) => Sql
  readonly ascends: boolean
}

/** Without lines nothing has a time. */
const NO_TIME: Time = { value: sql`CAST(NULL AS BIGINT)`, low: null, high: sql`0`, day: (value) => value, ascends: true }

function timeOf(at: ModelField, spec: TotalsSpec, { dialect }: SqlModel): Time {
  if (at.field.type.kind === 'date') {
    return {
      value: at.reader.strict,
      low: spec.from === undefined ? null : integer(dayOf(spec.from, spec.zone)),
      high: integer(dayOf(spec.asOf, spec.zone)),
      day: (value) => value,
      ascends: true,
    }
  }
  const { value, perMs } = at.reader.ticks as NonNullable<ColumnReader['ticks']>
  const zone = entriesBetween(spec.zone, spec.from, spec.asOf)
  return {
    value,
    low: spec.from === undefined ? null : integer(BigInt(spec.from) * perMs),
    // The last tick of the millisecond: instants are floored.
    high: integer(BigInt(spec.asOf) * perMs + perMs - 1n),
    day: (ticks) => daySql(ticks, perMs, zone, dialect),
    ascends: daysAscend(zone),
  }
}

/** What was left out, and what the data should not hold; one scan of four columns beside the aggregation (5 % of it). */
function metaSql(model: SqlModel, request: SummaryRequest, keyOf: SummaryBase['keyOf'], inWindow: Sql, time: Time): Sql {
  const { low, high } = time
  const { returns, order } = request.totals
  const lines = model.sets.get('transactions')
  const count = (condition: Sql): Sql => sql`count(CASE WHEN ${condition} THEN 1 END)`
  const columns = new Map<string, Sql>()
  const parts: Sql[] = []
  if (lines !== undefined) {
    const { amount, productId } = lineFields(lines)
    const asksProducts = request.kind === 'pairs' && request.weight !== 'rating'
    const more = [...(amount.sameCurrency === undefined ? [] : [sql`${amount.sameCurrency} AS y`]), ...(asksProducts ? [sql`${(productId as ModelField).reader.column} AS g`] : [])]
    const counts: readonly (readonly [(typeof META_COLUMNS)[number], Sql | null])[] = [
      ['badAt', sql`count(*) - count(t)`],
      ['badAmount', sql`count(*) - count(a)`],
      ['badOrder', order === 'orderId' ? sql`count(*) - count(o)` : null],
      ['LINES_AFTER_AS_OF', count(sql`k IS NOT NULL AND t > ${high}`)],
      ['LINES_BEFORE_FROM', low === null ? null : count(sql`k IS NOT NULL AND t < ${low}`)],
      ['LINES_WITHOUT_CUSTOMER', sql`count(*) - count(k)`],
      ['RETURNS_DROPPED', returns === 'net' ? null : count(sql`k IS NOT NULL AND a < 0 AND ${inWindow}`)],
      ['mixedCurrency', amount.sameCurrency === undefined ? null : count(sql`NOT y`)],
      ['LINES_WITHOUT_PRODUCT', asksProducts ? count(sql`k IS NOT NULL AND g IS NULL AND a > 0 AND ${inWindow}`) : null],
    ]
    parts.push(sql`(SELECT ${named(counts, columns)} FROM ${linesSql(lines, keyOf, time, signOf(lines, model), more)}) AS one`)
  }
  const customers: readonly (readonly [(typeof META_COLUMNS)[number], Sql])[] = [
    ['badCustomer', sql`count(*) - count(k)`],
    ['outOfRange', count(sql`p > ${MAX_MONEY} OR r > ${MAX_MONEY}`)],
    ['CUSTOMERS_WITHOUT_PURCHASE', count(sql`c = 0`)],
    ['ORDERS_NOT_POSITIVE', sql`coalesce(sum(e), 0)`],
  ]
  parts.push(sql`(SELECT ${named(customers, columns)} FROM base) AS two`)
  const ratings = request.kind === 'pairs' && request.weight === 'rating' ? model.sets.get('ratings') : undefined
  if (ratings !== undefined) parts.push(sql`(SELECT ${named([['badRating', badRatings(ratings, model)]], columns)} FROM ${ratings.table} AS s${scopeOf(ratings)}) AS three`)
  return sql`SELECT ${metaColumns(columns)} FROM ${join(parts, ' CROSS JOIN ')}`
}

/** `meta` of ratings alone: what they should not hold. */
export function ratingsMetaSql(ratings: ModelSet, model: SqlModel): Sql {
  return sql`SELECT ${metaColumns(new Map([['badRating', trusted('bad')]]))} FROM (SELECT ${badRatings(ratings, model)} AS bad FROM ${ratings.table} AS s${scopeOf(ratings)}) AS three`
}

/** Ratings without an id or a number; what is neither 0 nor 0 times something is NaN, also of an infinity. */
function badRatings({ fields }: ModelSet, { dialect }: SqlModel): Sql {
  const [customerId, productId, rating] = ['customerId', 'productId', 'rating'].map((name) => (fields.get(name) as ModelField).reader.strict) as [Sql, Sql, Sql]
  return sql`count(CASE WHEN ${customerId} IS NULL OR ${productId} IS NULL OR ${rating} IS NULL OR ${dialect.castDouble(rating)} * 0 <> 0 THEN 1 END)`
}

function named(counts: readonly (readonly [string, Sql | null])[], columns: Map<string, Sql>): Sql {
  const asked = counts.filter((one): one is readonly [string, Sql] => one[1] !== null)
  return join(
    asked.map(([name, value]) => {
      const own = trusted(`n${columns.size}`)
      columns.set(name, own)
      return sql`${value} AS ${own}`
    }),
    ', ',
  )
}

function metaColumns(columns: ReadonlyMap<string, Sql>): Sql {
  return join(
    META_COLUMNS.map((name, i) => sql`CAST(${columns.get(name) ?? sql`0`} AS BIGINT) AS ${trusted(`m${i}`)}`),
    ', ',
  )
}

function valuesOfBase(model: SqlModel, spec: TotalsSpec, isNative: boolean, id: ModelField, attributes: ReadonlyMap<string, Sql>): (field: string) => Value {
  const { dialect } = model
  const money = model.sets.get('transactions')?.fields.get('amount')?.field.type ?? { kind: 'integer' }
  const customers = model.sets.get('customers')
  const revenue = spec.returns === 'net' ? sql`(p - r)` : sql`p`
  const asOfDay = integer(dayOf(spec.asOf, spec.zone))
  const measures: Readonly<Record<Measure, Value>> = {
    firstDay: { type: { kind: 'date' }, carrier: 'integer', value: sql`lo` },
    lastDay: { type: { kind: 'date' }, carrier: 'integer', value: sql`hi` },
    recencyDays: { type: { kind: 'integer' }, carrier: 'integer', value: sql`(${asOfDay} - hi)` },
    orders: { type: { kind: 'integer' }, carrier: 'integer', value: sql`c` },
    revenue: { type: money, carrier: 'double', value: revenue },
    returnedRevenue: { type: money, carrier: 'double', value: sql`r` },
    lines: { type: { kind: 'integer' }, carrier: 'integer', value: sql`n` },
    meanOrderValue: { type: { kind: 'number' }, carrier: 'double', value: sql`(CASE WHEN c > 0 THEN ${revenue} / ${dialect.castDouble(sql`c`)} END)` },
  }
  return (field) => {
    if (field === 'customerId') return { type: id.field.type, carrier: 'text', value: isNative && id.reader.key?.family !== 'text' ? dialect.castText(sql`k`) : dialect.text(sql`k`) }
    const column = attributes.get(field)
    const attribute = customers?.fields.get(field)
    if (column === undefined || attribute === undefined) return measures[field as Measure]
    const { field: own, reader } = attribute
    return { type: own.type, carrier: reader.carrier, value: reader.carrier === 'text' ? dialect.text(column) : column }
  }
}

function familyOf(reader: ColumnReader): string {
  return reader.key?.family ?? 'text'
}
