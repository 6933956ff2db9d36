import type { DataAdapter, DataField, DataSetName, Scalar } from '@crm/core/adapter'
import { DuckDBInstance, type DuckDBConnection } from '@duckdb/node-api'
import type { FieldMapping, SetMapping, SqlMapping } from '../../compiler/mapping.ts'
import type { DuckdbConnection, DuckdbResult, DuckdbStatement } from '../driver.ts'
import { createDuckdbAdapter } from '../index.ts'

export interface TestSet {
  readonly name: DataSetName
  readonly fields: readonly DataField[]
  readonly rows: readonly (readonly (Scalar | null)[])[]
}

/** How the contract's values are stored: tables of real shops differ. */
export interface Storage {
  readonly money: 'BIGINT' | 'DECIMAL' | 'DOUBLE'
  readonly instant: 'TIMESTAMP' | 'TIMESTAMP WITH TIME ZONE' | 'BIGINT' | 'TIMESTAMP_NS'
  readonly numericId: 'BIGINT' | 'VARCHAR'
}

export const PLAIN_STORAGE: Storage = { money: 'BIGINT', instant: 'TIMESTAMP', numericId: 'BIGINT' }

/** A database in memory that holds the sets, and the mapping to it. */
export async function duckdbTables(sets: readonly TestSet[], storage: Storage = PLAIN_STORAGE): Promise<{ instance: DuckDBInstance; connection: DuckDBConnection; mapping: SqlMapping }> {
  const instance = await DuckDBInstance.create(':memory:', { threads: '1' })
  const connection = await instance.connect()
  const mapping: Partial<Record<DataSetName, SetMapping>> = {}
  for (const set of sets) mapping[set.name] = await createTable(connection, set, storage)
  return { instance, connection, mapping }
}

const working = new WeakMap<DataAdapter, () => number>()

export async function duckdbOf(sets: readonly TestSet[], options: { timeZone: string; scopeKey?: string; storage?: Storage }): Promise<DataAdapter> {
  const { connection, mapping } = await duckdbTables(sets, options.storage)
  const watched = watch(connection)
  const adapter = await createDuckdbAdapter({ connection: watched.connection, mapping, scope: { key: options.scopeKey ?? 'test' }, timeZone: options.timeZone })
  working.set(adapter, watched.active)
  return adapter
}

/** How many calls DuckDB is working on for this adapter: node-api settles a call when the engine has let go of it. */
export function activeCalls(adapter: DataAdapter): number {
  return working.get(adapter)?.() ?? 0
}

function watch(connection: DuckdbConnection): { connection: DuckdbConnection; active: () => number } {
  let active = 0
  const during = async <Result>(call: Promise<Result>): Promise<Result> => {
    active++
    try {
      return await call
    } finally {
      active--
    }
  }
  const watchResult = (result: DuckdbResult): DuckdbResult => ({ fetchChunk: () => during(result.fetchChunk()) })
  const watchStatement = (statement: DuckdbStatement): DuckdbStatement => ({
    bindVarchar: (position, value) => statement.bindVarchar(position, value),
    bindBigInt: (position, value) => statement.bindBigInt(position, value),
    bindDouble: (position, value) => statement.bindDouble(position, value),
    bindBoolean: (position, value) => statement.bindBoolean(position, value),
    run: async () => watchResult(await during(statement.run())),
    stream: async () => watchResult(await during(statement.stream())),
    destroySync: () => statement.destroySync(),
  })
  return {
    connection: { prepare: async (text) => watchStatement(await during(connection.prepare(text))), interrupt: () => connection.interrupt() },
    active: () => active,
  }
}

const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`

async function createTable(connection: DuckDBConnection, { name, fields, rows }: TestSet, storage: Storage): Promise<SetMapping> {
  const raw = `raw_${name}`
  const columns = fields.map((_, i) => `c${i}`)
  await connection.run(`CREATE TABLE ${raw} (${fields.map(({ type }, i) => `${columns[i]} ${rawType(type.kind)}`).join(', ')})`)
  const appender = await connection.createAppender(raw)
  for (const row of rows) {
    row.forEach((value, i) => {
      if (value === null) appender.appendNull()
      else if (typeof value === 'string') appender.appendVarchar(value)
      else if (typeof value === 'boolean') appender.appendBoolean(value)
      else if (fields[i]!.type.kind === 'number') appender.appendDouble(value)
      else appender.appendBigInt(BigInt(value))
    })
    appender.endRow()
  }
  appender.closeSync()
  const select = fields.map((field, i) => `${stored(field, columns[i]!, storage)} AS ${quoted(field.name)}`)
  await connection.run(`CREATE TABLE ${quoted(name)} AS SELECT ${select.join(', ')} FROM ${raw}`)
  await connection.run(`DROP TABLE ${raw}`)
  return {
    table: name,
    fields: Object.fromEntries(
      fields.map((field): [string, FieldMapping] => [
        field.name,
        {
          column: field.name,
          type: field.type,
          nullable: field.nullable,
          ...(field.type.kind === 'money' ? { stored: storage.money === 'BIGINT' ? 'minor' : 'decimal' } : {}),
          ...(field.sensitivity === undefined ? {} : { sensitivity: field.sensitivity }),
          ...(field.varies === undefined ? {} : { varies: field.varies }),
        },
      ]),
    ),
  }
}

function rawType(kind: DataField['type']['kind']): string {
  if (kind === 'id' || kind === 'text') return 'VARCHAR'
  if (kind === 'boolean') return 'BOOLEAN'
  return kind === 'number' ? 'DOUBLE' : 'BIGINT'
}

function stored({ type }: DataField, column: string, { money, instant, numericId }: Storage): string {
  if (type.kind === 'date') return `(DATE '1970-01-01' + CAST(${column} AS INTEGER))`
  if (type.kind === 'id' && type.numericId && numericId === 'BIGINT') return `CAST(${column} AS BIGINT)`
  if (type.kind === 'money' && money === 'DECIMAL') return `CAST(CAST(${column} AS DECIMAL(38,0)) / CAST(1e${type.scale} AS DECIMAL(18,0)) AS DECIMAL(18,${type.scale}))`
  if (type.kind === 'money' && money === 'DOUBLE') return `(CAST(${column} AS DOUBLE) / 1e${type.scale})`
  if (type.kind === 'instant' && instant !== 'BIGINT') {
    // Finer than a millisecond on purpose: the adapter floors.
    const micros = `make_timestamp(${column} * 1000 + 999)`
    if (instant === 'TIMESTAMP') return micros
    return instant === 'TIMESTAMP_NS' ? `CAST(${micros} AS TIMESTAMP_NS)` : `(${micros} AT TIME ZONE 'UTC')`
  }
  return column
}
