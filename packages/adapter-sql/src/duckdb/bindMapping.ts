import type { DataSchema, DataSetName, DataSetSchema } from '@crm/core/adapter'
import type { Dialect } from '../compiler/dialect.ts'
import { checkShape, dataField, fieldTypeOf, mappingInvalid, type SetMapping, type SqlMapping, type SqlScope } from '../compiler/mapping.ts'
import type { ModelField, ModelSet, SqlModel } from '../compiler/model.ts'
import { all, join, param, sql, text, type Sql } from '../compiler/sql.ts'
import { isWellFormed } from '../compiler/where.ts'
import { duckdbDialect, duckdbReader, duckdbScope } from './duckdbDialect.ts'

const SETS: readonly DataSetName[] = ['customers', 'transactions', 'interactions', 'products', 'ratings']

/** A column as the catalog shows it. */
export interface CatalogColumn {
  readonly name: string
  readonly type: string
  readonly nullable: boolean
}

/**
 * Holds a mapping against the live catalog.
 *
 * @param describe columns of a table, or null when there is none
 * @throws InvalidInputError `MAPPING_INVALID`, `FIELD_RESERVED`
 */
export async function bindMapping(mapping: SqlMapping, scope: SqlScope, timeZone: string, dialect: Dialect, describe: (table: Sql) => Promise<readonly CatalogColumn[] | null>): Promise<SqlModel> {
  const sets = new Map<DataSetName, ModelSet>()
  for (const name of Object.keys(mapping)) {
    if (!SETS.includes(name as DataSetName)) throw mappingInvalid(name, null, 'the contract knows no such set')
  }
  for (const name of SETS) {
    const own = mapping[name]
    if (own !== undefined) sets.set(name, await bindSet(name, own, scope, describe))
  }
  if (sets.size === 0) throw mappingInvalid('the adapter', null, 'no set is mapped')
  const schema: DataSchema = {
    timeZone,
    sets: [...sets.values()].map(({ name, fields }): DataSetSchema => ({ name, estimatedRows: null, fields: Object.freeze([...fields.values()].map(({ field }) => field)) })),
  }
  return { dialect, schema, sets }
}

async function bindSet(name: DataSetName, mapping: SetMapping, scope: SqlScope, describe: (table: Sql) => Promise<readonly CatalogColumn[] | null>): Promise<ModelSet> {
  const table = tableName(name, mapping.table)
  checkShape(name, mapping)
  const columns = await describe(table)
  if (columns === null) throw mappingInvalid(name, null, 'there is no such table or view')
  const byName = new Map(columns.map((column) => [column.name, column]))
  const fields = new Map<string, ModelField>()
  for (const [field, own] of Object.entries(mapping.fields)) {
    const column = byName.get(own.column)
    if (column === undefined) throw mappingInvalid(name, field, 'the table has no such column (names are compared exactly)')
    const type = fieldTypeOf(name, field, own, column.type === 'DATE')
    checkContractType(name, field, type.kind)
    const reader = duckdbReader(duckdbDialect.identifier(column.name), column.type, type, own)
    if (typeof reader === 'string') throw mappingInvalid(name, field, reader)
    const sameCurrency = own.currencyColumn === undefined ? null : currencyCondition(name, field, own.currencyColumn, type.kind === 'money' ? type.currency : null, byName)
    fields.set(field, { field: dataField(name, field, own, type, column.nullable), reader, ...(sameCurrency === null ? {} : { sameCurrency }) })
  }
  return { name, table, scope: scopeSql(name, scope, byName), fields }
}

function tableName(set: string, table: string | readonly string[]): Sql {
  const parts = typeof table === 'string' ? [table] : table
  const isName = (part: unknown): boolean => typeof part === 'string' && part !== '' && !part.includes('\0') && isWellFormed(part)
  if (!Array.isArray(parts) || parts.length < 1 || parts.length > 3 || !parts.every(isName)) throw mappingInvalid(set, null, 'the table has no usable name')
  return join(
    parts.map((part: string) => duckdbDialect.identifier(part)),
    '.',
  )
}

/** Fields that totals are computed from must be what the contract says they are. */
function checkContractType(set: DataSetName, field: string, kind: string): void {
  const must: Readonly<Record<string, readonly string[]>> = {
    customerId: ['id'],
    orderId: ['id'],
    lineId: ['id'],
    productId: ['id'],
    interactionId: ['id'],
    at: ['instant', 'date'],
    ...(set === 'transactions' ? { amount: ['money'] } : {}),
  }
  const allowed = Object.hasOwn(must, field) ? must[field] : undefined
  if (allowed !== undefined && !allowed.includes(kind)) throw mappingInvalid(set, field, `its kind is ${allowed.join(' or ')}, not ${kind}`)
}

function currencyCondition(set: string, field: string, column: string, currency: string | null, byName: ReadonlyMap<string, CatalogColumn>): Sql {
  if (currency === null) throw mappingInvalid(set, field, 'only money has a currency column')
  const found = byName.get(column)
  if (found === undefined) throw mappingInvalid(set, field, 'the table has no such currency column')
  return sql`coalesce(${duckdbDialect.castText(sql`s.${duckdbDialect.identifier(found.name)}`)} = ${text(currency)}, FALSE)`
}

function scopeSql(set: DataSetName, { where }: SqlScope, byName: ReadonlyMap<string, CatalogColumn>): Sql | null {
  if (where === undefined) return null
  const own = where[set]
  if (own === undefined) throw mappingInvalid(set, null, 'the scope does not say which of its rows belong to it')
  if (own === 'all') return null
  const conditions = Object.entries(own).map(([name, value]) => {
    const column = byName.get(name)
    if (column === undefined) throw mappingInvalid(set, null, 'the table has no such scope column')
    if (typeof value === 'string' && !isWellFormed(value)) throw mappingInvalid(set, null, 'a text of the scope cannot be stored in the engine')
    const condition = duckdbScope(duckdbDialect.identifier(column.name), column.type, value, (kind) => param(kind, value))
    if (typeof condition === 'string') throw mappingInvalid(set, null, condition)
    return condition
  })
  if (conditions.length === 0) throw mappingInvalid(set, null, 'the scope names no column for it')
  return all(conditions)
}
