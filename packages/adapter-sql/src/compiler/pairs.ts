import { PAIRS_COLUMNS, type FieldType, type PairsRequest } from '@crm/core/adapter'
import type { Dialect } from './dialect.ts'
import { scopeOf, sendValue, sortValue, type ModelField, type ModelSet, type SqlModel, type Value } from './model.ts'
import { join, render, sql, trusted, type Sql } from './sql.ts'
import { fieldsOf, type SummaryPlan } from './summaries.ts'
import { keyIn, META_COLUMNS, purchasesSql, ratingsMetaSql, summaryBase, type SummaryBase } from './totals.ts'
import { isWellFormed, listSql, whereSql } from './where.ts'

/**
 * `pairs` in one statement: weights of customers and products once, joined with themselves by the partner from the rows of
 * the targets on, and each side's own sums beside. What comes back is a row a pair.
 */
export function pairsPlan(model: SqlModel, request: PairsRequest): SummaryPlan {
  const { dialect } = model
  const { over, weight, where } = request
  const set = model.sets.get(weight === 'rating' ? 'ratings' : 'transactions') as ModelSet
  const base = weight !== 'rating' || where !== undefined ? summaryBase(model, request, new Set(fieldsOf(where))) : null
  const people = base === null || where === undefined ? [] : [sql`people AS ${dialect.materialized} (SELECT k FROM base WHERE ${whereSql(where, base.valueOf, dialect)})`]
  const keyOf = base?.keyOf ?? keyIn
  const [own, partner] = over === 'customers' ? [sql`k`, sql`g`] : [sql`g`, sql`k`]
  const id = set.fields.get(over === 'customers' ? 'customerId' : 'productId') as ModelField
  const isNative = over === 'products' || base === null || base.isNative
  const shown = (value: Sql): Value => ({ type: id.field.type, carrier: 'text', value: isNative && id.reader.key !== undefined ? dialect.castText(value) : dialect.text(value) })

  // With the weight 1 for all, each of the sums is the number of partners.
  const isOne = weight === 'one'
  const sums = (terms: readonly (readonly [string, Sql])[]): Sql => join([sql`count(*) AS n`, ...(isOne ? [] : terms.map(([name, term]) => sql`sum(${term}) AS ${trusted(name)}`))], ', ')
  const shared = sums([['sx', sql`a.w`], ['sy', sql`b.w`], ['sxy', sql`a.w * b.w`], ['sxx', sql`a.w * a.w`], ['syy', sql`b.w * b.w`]])
  const whole = sums([['s', sql`w`], ['q', sql`w * w`]])
  const ctes = [
    ...(base === null ? [sql`meta AS ${dialect.materialized} (${ratingsMetaSql(set, model)})`] : base.ctes),
    ...people,
    sql`weights AS ${dialect.materialized} (SELECT ${own} AS own, ${partner} AS partner, w FROM (${weightsSql(model, set, request, keyOf, people.length > 0)}) AS given)`,
    sql`mine AS ${dialect.materialized} (SELECT own, partner, w FROM weights WHERE ${targetsSql(sql`own`, isNative ? id.reader.key?.family : undefined, request.targets, dialect)})`,
    sql`wholes AS (SELECT own, ${whole} FROM weights GROUP BY own)`,
    sql`shared AS (SELECT a.own AS x, b.own AS y, ${shared} FROM mine AS a JOIN weights AS b ON a.partner = b.partner WHERE a.own <> b.own GROUP BY a.own, b.own)`,
  ]
  const numbers = isOne
    ? [...Array.from({ length: 6 }, () => sql`shared.n`), ...Array.from({ length: 3 }, () => sql`mx.n`), ...Array.from({ length: 3 }, () => sql`my.n`)]
    : ['shared.n', 'shared.sx', 'shared.sy', 'shared.sxy', 'shared.sxx', 'shared.syy', 'mx.n', 'mx.s', 'mx.q', 'my.n', 'my.s', 'my.q'].map(trusted)
  const pairs = sql`SELECT TRUE AS present, shared.x AS x, shared.y AS y, ${join(numbers.map((number, i) => sql`${number} AS ${trusted(`v${i}`)}`), ', ')} FROM shared JOIN wholes AS mx ON mx.own = shared.x JOIN wholes AS my ON my.own = shared.y`
  const ids = [shown(sql`pairs.x`), shown(sql`pairs.y`)]
  const outputs = [...META_COLUMNS.map((_, i) => sql`meta.${trusted(`m${i}`)}`), sql`pairs.present`, ...ids.map((value) => sendValue(value, dialect)), ...numbers.map((_, i) => sql`pairs.${trusted(`v${i}`)}`)]
  const order = ids.map((value) => sql`${sortValue(value, dialect)} ASC NULLS LAST`)
  const fragment = sql`WITH ${join([...ctes, sql`pairs AS (${pairs})`], ', ')} SELECT ${join(outputs, ', ')} FROM meta LEFT JOIN pairs ON TRUE ORDER BY ${join(order, ', ')}`
  return {
    statement: render(fragment, (position, kind) => dialect.placeholder(position, kind)),
    cuts: [],
    columns: PAIRS_COLUMNS.map((name, i) => ({ name, value: i < 2 ? { type: id.field.type, carrier: 'text' } : { type: numberType(name, weight), carrier: isOne || COUNTS.has(name) ? 'integer' : 'double' } })),
    sorts: [],
  }
}

const COUNTS: ReadonlySet<string> = new Set(['n', 'targetN', 'otherN'])

function numberType(name: string, weight: PairsRequest['weight']): FieldType {
  return { kind: weight === 'rating' && !COUNTS.has(name) ? 'number' : 'integer' }
}

/** A row for each customer and product: `k`, `g` and the weight `w`. */
function weightsSql(model: SqlModel, set: ModelSet, { weight, totals }: PairsRequest, keyOf: SummaryBase['keyOf'], isNarrowed: boolean): Sql {
  const { dialect } = model
  const customers = isNarrowed ? sql`k IN (SELECT k FROM people)` : null
  if (weight === 'rating') {
    const [customerId, productId, rating] = ['customerId', 'productId', 'rating'].map((name) => set.fields.get(name) as ModelField) as [ModelField, ModelField, ModelField]
    const rows = sql`SELECT ${keyOf(customerId)} AS k, ${keyIn(productId)} AS g, ${dialect.castDouble(rating.reader.strict)} AS w FROM ${set.table} AS s${scopeOf(set)}`
    return customers === null ? rows : sql`SELECT k, g, w FROM (${rows}) AS rated WHERE ${customers}`
  }
  if (weight === 'one') return sql`SELECT k, g, 1 AS w FROM (${purchasesSql(model, totals, keyOf, false, customers)}) AS bought GROUP BY k, g`
  const count = sql`${dialect.castDouble(sql`count(*)`)} AS w`
  if (totals.order === 'line') return sql`SELECT k, g, ${count} FROM (${purchasesSql(model, totals, keyOf, false, customers)}) AS bought GROUP BY k, g`
  // Grouped twice instead of counted distinct, as orders are for totals.
  return sql`SELECT k, g, ${count} FROM (SELECT k, g, o FROM (${purchasesSql(model, totals, keyOf, true, customers)}) AS bought GROUP BY k, g, o) AS orders GROUP BY k, g`
}

/** Whether a key is one of the targets; a text that the column cannot hold is none of its keys. */
function targetsSql(key: Sql, family: string | undefined, targets: readonly string[], dialect: Dialect): Sql {
  if (family === 'integer') {
    const numbers = targets.filter((target) => /^(?:0|-?[1-9][0-9]{0,18})$/.test(target)).map(BigInt)
    const storable = numbers.filter((number) => BigInt.asIntN(64, number) === number)
    return storable.length === 0 ? sql`FALSE` : listSql(key, 'integer', storable, dialect)
  }
  const texts = targets.filter(isWellFormed)
  if (texts.length === 0) return sql`FALSE`
  return listSql(family === undefined ? dialect.text(key) : dialect.castText(key), 'text', texts, dialect)
}
