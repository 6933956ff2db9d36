import type { ScanRequest } from '@crm/core/adapter'
import { afterSql, orderBySql, sortKeys } from './keyset.ts'
import { KEYS, readValue, scopeOf, sendValue, type CursorValue, type ModelField, type ModelSet, type SqlModel, type Value } from './model.ts'
import { all, integer, join, render, sql, trusted, type Sql, type Statement } from './sql.ts'
import { whereSql } from './where.ts'

export interface ScanPlan {
  readonly statement: Statement
  readonly columns: readonly { readonly name: string; readonly nullable: boolean; readonly value: Pick<Value, 'type' | 'carrier'> }[]
  /** Sort values, after the columns; none in a bulk read. */
  readonly sorts: readonly Pick<Value, 'type' | 'carrier'>[]
  /**
   * A bulk read streams, unsorted, and its last column `total` is filled in one extra row with nothing else: the
   * number of rows that must have come. A driver that swallows an error in mid-stream ends like a complete answer.
   */
  readonly isBulk: boolean
}

export function scanPlan(model: SqlModel, request: ScanRequest, after: readonly CursorValue[] | null): ScanPlan {
  const { dialect } = model
  const set = model.sets.get(request.set) as ModelSet
  const fieldOf = (name: string): ModelField => set.fields.get(name) as ModelField
  const valueOf = (name: string): Value => readValue(fieldOf(name))
  const isBulk = request.order === undefined && request.limit === undefined && request.after === undefined
  const keys = isBulk ? [] : sortKeys(request.order ?? [], KEYS[set.name], valueOf)
  const columns = request.select.map((name) => ({ name, nullable: fieldOf(name).field.nullable, value: valueOf(name) }))
  const conditions = [
    ...(set.scope === null ? [] : [set.scope]),
    ...(request.where === undefined ? [] : [whereSql(request.where, valueOf, dialect)]),
    ...(after === null ? [] : [afterSql(keys, after, dialect)]),
  ]
  const from = sql`FROM ${set.table} AS s${conditions.length === 0 ? sql`` : sql` WHERE ${all(conditions)}`}`
  const outputs: Sql[] = [...columns.map(({ value }, i) => sql`${sendValue(value, dialect)} AS ${trusted(`v${i}`)}`), ...keys.map(({ value }, i) => sql`${sendValue(value, dialect)} AS ${trusted(`o${i}`)}`)]
  const fragment = isBulk
    ? sql`SELECT ${join([...outputs, sql`CAST(NULL AS BIGINT) AS total`], ', ')} ${from} UNION ALL SELECT ${join([...outputs.map(() => sql`NULL`), sql`count(*)`], ', ')} ${from}`
    : sql`SELECT ${join([...outputs, sql`CAST(NULL AS BIGINT) AS total`], ', ')} ${from} ORDER BY ${orderBySql(keys, dialect)}${request.limit === undefined ? sql`` : sql` LIMIT ${integer(request.limit + 1)}`}`
  return {
    statement: render(fragment, (position, kind) => dialect.placeholder(position, kind)),
    columns,
    sorts: keys.map(({ value }) => value),
    isBulk,
  }
}

/** Row counts of every set, one column each: cheap on engines that keep them. */
export function countPlan(model: SqlModel): Statement {
  const counts = [...model.sets.values()].map((set) => sql`(SELECT count(*) FROM ${set.table} AS s${scopeOf(set)})`)
  return render(sql`SELECT ${join(counts, ', ')}`, (position, kind) => model.dialect.placeholder(position, kind))
}
