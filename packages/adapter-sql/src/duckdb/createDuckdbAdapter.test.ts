import { createCallContext, type Batch, type CallContext, type DataAdapter, type Expr, type ScanRequest, type SummaryRequest } from '@crm/core/adapter'
import { DuckDBInstance, type DuckDBConnection } from '@duckdb/node-api'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { SqlMapping } from '../compiler/mapping.ts'
import { createDuckdbAdapter, type DuckdbConnection } from './index.ts'

const EUR = { kind: 'money', currency: 'EUR', scale: 2 } as const
const UTC = [{ since: 0, offsetMinutes: 0 }]
const ASOF = Date.UTC(2024, 0, 1)
const TOTALS = { asOf: ASOF, zone: UTC, order: 'orderId', returns: 'net' } as const
const BINS: SummaryRequest = { kind: 'bins', totals: TOTALS, axes: [], sums: ['revenue'] }

let instance: DuckDBInstance
let host: DuckDBConnection
beforeAll(async () => {
  instance = await DuckDBInstance.create(':memory:', { threads: '2' })
  host = await instance.connect()
  await host.run(`CREATE TABLE sales AS SELECT i AS line, i % 500 AS customer, i // 2 AS ord, TIMESTAMP '2023-01-01' + INTERVAL (i) MINUTE AS at, 100 + i % 7 AS amount, CASE WHEN i % 2 = 0 THEN 't1' ELSE 't2' END AS tenant FROM range(200000) t(i)`)
  await host.run(`CREATE TABLE people AS SELECT i AS id, 'canary-' || i || '@example.org' AS mail, CASE WHEN i % 2 = 0 THEN 't1' ELSE 't2' END AS tenant FROM range(500) t(i)`)
})
afterAll(() => host.disconnectSync())

const LINES: SqlMapping['transactions'] = {
  table: ['memory', 'main', 'sales'],
  fields: { lineId: { column: 'line' }, orderId: { column: 'ord' }, customerId: { column: 'customer' }, at: { column: 'at' }, amount: { column: 'amount', type: EUR, stored: 'minor' } },
}
const PEOPLE: SqlMapping['customers'] = { table: 'people', fields: { customerId: { column: 'id' }, mail: { column: 'mail', type: 'text', sensitivity: 'personal' } } }

async function adapterOver(mapping: SqlMapping, connection?: DuckdbConnection | DuckdbConnection[], where?: object): Promise<DataAdapter> {
  return createDuckdbAdapter({ connection: connection ?? (await instance.connect()), mapping, timeZone: 'UTC', scope: { key: 'k', ...(where === undefined ? {} : { where }) } })
}

async function read(stream: AsyncIterable<Batch> | null): Promise<{ rows: number; end: Batch['end']; batches: Batch[] }> {
  const batches: Batch[] = []
  for await (const batch of stream!) batches.push(batch)
  return { rows: batches.reduce((sum, { rows }) => sum + rows, 0), end: batches.at(-1)!.end, batches }
}

const revenueOf = async (adapter: DataAdapter, request: SummaryRequest = BINS): Promise<number> => {
  const { batches } = await read(adapter.summarise!(request, createCallContext()))
  const [high, low] = batches[0]!.columns.slice(-2).map((column) => (column as { values: Float64Array }).values[0]!)
  return high! * 2 ** 26 + low!
}

/** A table with one row of stored values, mapped as `amount` and `at`. */
async function oneLine(amountType: string, amount: string, stored: 'minor' | 'decimal', at = "TIMESTAMP '2023-05-01'", name = 'one'): Promise<SqlMapping> {
  await host.run(`CREATE OR REPLACE TABLE ${name} AS SELECT 'l' AS line, 'o' AS ord, 'c' AS customer, ${at} AS at, CAST(${amount} AS ${amountType}) AS amount`)
  return { transactions: { ...LINES!, table: name, fields: { ...LINES!.fields, amount: { column: 'amount', type: EUR, stored } } } }
}

describe('money is read exactly or not at all', () => {
  test.each([
    ['DECIMAL(10,2)', '12.34', 1234],
    ['DECIMAL(10,1)', '12.3', 1230],
    ['DECIMAL(18,4)', '12.3400', 1234],
    ['DECIMAL(38,2)', '12.34', 1234],
    ['DOUBLE', '12.34', 1234],
    ['DOUBLE', '0.29', 29],
    ['DOUBLE', '-1.15', -115],
    ['INTEGER', '12', 1200],
    ['HUGEINT', '12', 1200],
  ])('%s %s is %i cents', async (type, amount, cents) => {
    expect(await revenueOf(await adapterOver(await oneLine(type, amount, 'decimal')))).toBe(cents)
  })

  test.each([
    ['DECIMAL(18,4)', '12.3401', 'decimal'],
    ['DECIMAL(38,10)', '0.0000000001', 'decimal'],
    ['DECIMAL(38,2)', '999999999999999999999999.00', 'decimal'],
    ['DOUBLE', '12.345', 'decimal'],
    ['DOUBLE', '1e300', 'decimal'],
    ['DOUBLE', "'NaN'", 'decimal'],
    ['DECIMAL(10,2)', '12.34', 'minor'],
    ['HUGEINT', '99999999999999999999', 'minor'],
    ['BIGINT', 'NULL', 'minor'],
  ] as const)('%s %s stored as %3$s is DATA_INVALID in totals and in scans', async (type, amount, stored) => {
    const adapter = await adapterOver(await oneLine(type, amount, stored))
    await expect(read(adapter.summarise!(BINS, createCallContext()))).rejects.toMatchObject({ code: 'DATA_INVALID' })
    await expect(read(adapter.scan({ set: 'transactions', select: ['amount'] }, createCallContext()))).rejects.toMatchObject({ code: 'DATA_INVALID', details: { field: 'amount' } })
  })

  test('an instant or a date at infinity is DATA_INVALID, not the end of time', async () => {
    for (const at of ["TIMESTAMP 'infinity'", "DATE '-infinity'"]) {
      const adapter = await adapterOver(await oneLine('BIGINT', '1', 'minor', at))
      await expect(read(adapter.summarise!(BINS, createCallContext()))).rejects.toMatchObject({ code: 'DATA_INVALID' })
      await expect(read(adapter.scan({ set: 'transactions', select: ['at'] }, createCallContext()))).rejects.toMatchObject({ code: 'DATA_INVALID' })
    }
  })

  test('a line in a second currency is CURRENCY_MIXED with the count', async () => {
    await host.run(`CREATE OR REPLACE TABLE mixed AS SELECT *, CASE WHEN line = 5 THEN 'USD' WHEN line = 6 THEN NULL ELSE 'EUR' END AS currency FROM sales LIMIT 100`)
    const mapping = { transactions: { ...LINES!, table: 'mixed', fields: { ...LINES!.fields, amount: { column: 'amount', type: EUR, stored: 'minor', currencyColumn: 'currency' } } } } as const
    const adapter = await adapterOver(mapping)
    await expect(read(adapter.summarise!(BINS, createCallContext()))).rejects.toMatchObject({ code: 'CURRENCY_MIXED', details: { count: 2 } })
    await expect(read(adapter.scan({ set: 'transactions', select: ['amount'] }, createCallContext()))).rejects.toMatchObject({ code: 'CURRENCY_MIXED' })
  })
})

describe('the mapping is held against the catalog', () => {
  const change = (fields: object, more: object = {}): SqlMapping => ({ transactions: { ...LINES!, ...more, fields: { ...LINES!.fields, ...fields } } })
  test.each<[string, SqlMapping, object?]>([
    ['a table that is not there', change({}, { table: 'nowhere' })],
    ['a column that is not there', change({ amount: { column: 'amounts', type: EUR, stored: 'minor' } })],
    ['a column in another case', change({ amount: { column: 'AMOUNT', type: EUR, stored: 'minor' } })],
    ['money that does not say how it is stored', change({ amount: { column: 'amount', type: EUR } })],
    ['money from text', change({ amount: { column: 'tenant', type: EUR, stored: 'decimal' } })],
    ['a boolean from numbers', change({ gift: { column: 'amount', type: 'boolean' } })],
    ['an unnamed type of an unknown field', change({ gift: { column: 'amount' } })],
    ['a needed field that is missing', { transactions: { table: 'sales', fields: { lineId: { column: 'line' } } } }],
    ['a table name with NUL', change({}, { table: 'sa\0les' })],
    ['an empty qualification', change({}, { table: [] })],
    ['a scope that forgets a set', { ...change({}), customers: PEOPLE! }, { transactions: { tenant: 't1' } }],
    ['a scope by an unknown column', change({}), { transactions: { owner: 't1' } }],
    ['a scope without a column', change({}), { transactions: {} }],
    ['a scope that cannot be stored', change({}), { transactions: { tenant: '\ud800' } }],
    ['an unknown set', { ...change({}), orders: PEOPLE! } as SqlMapping],
  ])('%s is MAPPING_INVALID', async (_, mapping, where) => {
    await expect(adapterOver(mapping, undefined, where)).rejects.toMatchObject({ code: 'MAPPING_INVALID' })
  })

  test('an ENUM is named without its values, which are data', async () => {
    await host.run(`CREATE TYPE mood AS ENUM ('canary-sad', 'canary-ok')`)
    await host.run(`CREATE TABLE moods AS SELECT *, CAST('canary-ok' AS mood) AS mood FROM people`)
    const error = await adapterOver({ customers: { table: 'moods', fields: { customerId: { column: 'id' }, mood: { column: 'mood', type: 'boolean' } } } }).catch((one: Error) => one)
    expect(String(error)).toMatch(/ENUM/)
    expect(JSON.stringify(error) + (error as Error).stack).not.toMatch(/canary/)
  })

  test.each(['"', '""', 'a"; DROP TABLE sales; --', "'", 'select', 'Ünï', '漢字', '$1', '?', '\\', '%s', 'a\nb', '😀', 'x'.repeat(128), ' ', '__proto__', 'k', 'a0', 'one', 'meta'])('the identifier %j is only a name', async (name) => {
    const quoted = `"${name.replaceAll('"', '""')}"`
    await host.run(`CREATE SCHEMA ${quoted}`)
    await host.run(`CREATE TABLE ${quoted}.${quoted} AS SELECT 7 AS id, 'seven' AS ${name === 'k' ? '"k "' : quoted}`)
    const column = name === 'k' ? 'k ' : name
    const adapter = await adapterOver({
      transactions: LINES!,
      customers: { table: [name, name], fields: Object.fromEntries([['customerId', { column: 'id' }], [name, { column, type: 'text' }]]) },
    })
    const scan = await read(adapter.scan({ set: 'customers', select: [name], where: { op: 'eq', field: name, value: 'seven' }, order: [{ field: name, direction: 'ascending', nulls: 'last' }] }, createCallContext()))
    expect(scan.batches[0]!.columns[0]).toMatchObject({ dictionary: ['seven'] })
    const bins = await read(adapter.summarise!({ ...BINS, axes: [{ field: name, cut: 'values' }] } as SummaryRequest, createCallContext()))
    expect(bins.batches[0]!.columns[0]).toMatchObject({ dictionary: ['seven'] })
    expect((await host.runAndReadAll('SELECT count(*) FROM sales')).getRows()).toEqual([[200000n]])
  })

  test('the schema says what is mapped, with row counts and no data', async () => {
    const adapter = await adapterOver({ customers: PEOPLE!, transactions: LINES! })
    const schema = await adapter.schema(createCallContext())
    expect(schema.sets.map(({ name, estimatedRows }) => [name, estimatedRows])).toEqual([
      ['customers', 500],
      ['transactions', 200_000],
    ])
    expect(schema.sets[0]!.fields[1]).toEqual({ name: 'mail', type: { kind: 'text' }, nullable: true, sensitivity: 'personal' })
    expect(JSON.parse(JSON.stringify(schema))).toEqual(schema)
  })
})

describe('tenancy', () => {
  const scoped = async (tenant: string): Promise<DataAdapter> => adapterOver({ customers: PEOPLE!, transactions: LINES! }, undefined, { customers: { tenant }, transactions: { tenant } })

  test('two tenants add up to the whole and share nothing', async () => {
    const both = await revenueOf(await adapterOver({ transactions: LINES! }))
    expect((await revenueOf(await scoped('t1'))) + (await revenueOf(await scoped('t2')))).toBe(both)
    const ids = async (tenant: string): Promise<string[]> => {
      const { batches } = await read((await scoped(tenant)).scan({ set: 'customers', select: ['customerId'] }, createCallContext()))
      return batches.flatMap(({ columns }) => [...(columns[0] as { dictionary: readonly string[] }).dictionary])
    }
    const [one, two] = [await ids('t1'), await ids('t2')]
    expect(one.length + two.length).toBe(500)
    expect(one.filter((id) => two.includes(id))).toEqual([])
  })

  test('no filter leaves the scope', async () => {
    const adapter = await scoped('t1')
    const everything: Expr[] = [
      { op: 'or', of: [{ op: 'isNull', field: 'mail' }, { op: 'not', of: { op: 'isNull', field: 'mail' } }] },
      { op: 'contains', field: 'mail', value: "' OR 1=1 --", fold: 'none' },
      { op: 'eq', field: 'customerId', value: '1' }, // of t2
    ]
    for (const where of everything) {
      const { rows } = await read(adapter.scan({ set: 'customers', select: ['mail'], where }, createCallContext()))
      expect(rows).toBe(where === everything[0] ? 250 : 0)
    }
    expect((await adapter.schema(createCallContext())).sets.map(({ estimatedRows }) => estimatedRows)).toEqual([250, 100_000])
  })
})

describe('collations of columns and session do not matter', () => {
  test('under NOCASE', async () => {
    const connection = await instance.connect()
    await connection.run(`CREATE OR REPLACE TABLE cased (id VARCHAR COLLATE NOCASE)`)
    await connection.run(`INSERT INTO cased VALUES ('a'), ('A'), ('b'), ('B')`)
    await connection.run(`SET default_collation = 'NOCASE'`)
    const adapter = await adapterOver({ customers: { table: 'cased', fields: { customerId: { column: 'id' } } }, transactions: LINES! }, connection)
    const ids = async (request: ScanRequest): Promise<readonly string[]> => ((await read(adapter.scan(request, createCallContext()))).batches[0]!.columns[0] as { dictionary: readonly string[] }).dictionary
    expect(await ids({ set: 'customers', select: ['customerId'], order: [] })).toEqual(['A', 'B', 'a', 'b'])
    expect(await ids({ set: 'customers', select: ['customerId'], where: { op: 'in', field: 'customerId', values: ['a'] } })).toEqual(['a'])
    expect(await ids({ set: 'customers', select: ['customerId'], where: { op: 'in', field: 'customerId', values: ['a', ...Array.from({ length: 50 }, (_, i) => `no ${i}`)] } })).toEqual(['a'])
    const { batches } = await read(adapter.summarise!({ ...BINS, axes: [{ field: 'customerId', cut: 'values' }], where: { op: 'in', field: 'customerId', values: ['a', 'A', 'b', 'B'] } } as SummaryRequest, createCallContext()))
    expect(batches[0]!.rows).toBe(4)
  })
})

describe('a call can be stopped', () => {
  /** Hours of work behind a name. */
  const RUNAWAY: SqlMapping = {
    transactions: { ...LINES!, table: 'runaway' },
  }
  beforeAll(async () => {
    await host.run(`CREATE VIEW runaway AS SELECT a.line, a.customer, a.ord, a.at, a.amount + CAST(sin(b.amount * c.amount) AS INTEGER) AS amount FROM sales a, sales b, sales c`)
  })
  const stopped = (adapter: DataAdapter, context: CallContext): Promise<unknown> => read(adapter.summarise!(BINS, context)).catch((error: unknown) => error)

  test('an abort rejects with its reason, the engine stops, and the connection serves the next call', async () => {
    const connection = await instance.connect()
    const runaway = await adapterOver(RUNAWAY, connection)
    const abort = new AbortController()
    const reason = new Error('enough')
    setTimeout(() => abort.abort(reason), 50)
    const error = await stopped(runaway, createCallContext({ signal: abort.signal }))
    expect(error).toBe(reason)
    // Had the engine gone on, this would wait for hours.
    await expect(read(runaway.scan({ set: 'transactions', select: ['lineId'], where: { op: 'in', field: 'lineId', values: [] } }, createCallContext()))).resolves.toMatchObject({ rows: 0 })
  })

  test('an abort in the moment of the start is not lost', async () => {
    const connection = await instance.connect()
    const runaway = await adapterOver(RUNAWAY, connection)
    const fast = await adapterOver({ transactions: LINES! }, connection)
    for (const wait of [0, 1, 2, 3]) {
      const abort = new AbortController()
      const call = stopped(runaway, createCallContext({ signal: abort.signal }))
      for (let i = 0; i < wait; i++) await new Promise((resolve) => setImmediate(resolve))
      abort.abort(new Error('at once'))
      expect(await call).toBe(abort.signal.reason)
      await read(runaway.scan({ set: 'transactions', select: ['lineId'], where: { op: 'in', field: 'lineId', values: [] } }, createCallContext()))
    }
    expect(await revenueOf(fast)).toBeGreaterThan(0)
  })

  test('a deadline is DEADLINE_EXCEEDED, and one that has passed starts nothing', async () => {
    const runaway = await adapterOver(RUNAWAY)
    expect(await stopped(runaway, createCallContext({ deadlineMs: 50 }))).toMatchObject({ code: 'DEADLINE_EXCEEDED' })
    expect(await stopped(runaway, createCallContext({ deadlineMs: -1 }))).toMatchObject({ code: 'DEADLINE_EXCEEDED' })
  })

  test('one that waits in line is stopped without touching the one that runs', async () => {
    const connection = await instance.connect()
    const adapter = await adapterOver({ transactions: LINES! }, connection)
    const running = revenueOf(adapter)
    const abort = new AbortController()
    const waiting = stopped(adapter, createCallContext({ signal: abort.signal }))
    abort.abort(new Error('not needed'))
    expect(await waiting).toBe(abort.signal.reason)
    expect(await running).toBeGreaterThan(0)
  })

  test('close ends what runs and what waits with ADAPTER_CLOSED, twice without complaint', async () => {
    const runaway = await adapterOver(RUNAWAY)
    const calls = [stopped(runaway, createCallContext()), stopped(runaway, createCallContext())]
    await new Promise((resolve) => setTimeout(resolve, 30))
    await Promise.all([runaway.close(), runaway.close()])
    for (const error of await Promise.all(calls)) expect(error).toMatchObject({ code: 'ADAPTER_CLOSED' })
    expect(await stopped(runaway, createCallContext())).toMatchObject({ code: 'ADAPTER_CLOSED' })
  })

  test('an early return frees the connection for the next call', async () => {
    const adapter = await adapterOver({ transactions: LINES! })
    for await (const batch of adapter.scan({ set: 'transactions', select: ['lineId', 'amount'] }, createCallContext())) {
      expect(batch.rows).toBeGreaterThan(0)
      break
    }
    expect(await revenueOf(adapter)).toBeGreaterThan(0)
  })

  test('an abort between two batches frees the connection although nobody reads on', async () => {
    const adapter = await adapterOver({ transactions: LINES! })
    const abort = new AbortController()
    const iterator = adapter.scan({ set: 'transactions', select: ['lineId', 'amount'] }, createCallContext({ signal: abort.signal }))[Symbol.asyncIterator]()
    await iterator.next()
    abort.abort(new Error('gone'))
    expect(await revenueOf(adapter)).toBeGreaterThan(0)
    await expect(iterator.next()).rejects.toBe(abort.signal.reason)
  })
})

describe('streams', () => {
  test('a bulk read comes in batches, and the reader sets the pace', async () => {
    let fetched = 0
    const connection = await instance.connect()
    const counting: DuckdbConnection = {
      interrupt: () => connection.interrupt(),
      prepare: async (text) => {
        const prepared = await connection.prepare(text)
        return Object.assign(Object.create(prepared) as typeof prepared, {
          stream: async () => {
            const result = await prepared.stream()
            return { fetchChunk: () => (fetched++, result.fetchChunk()) }
          },
        })
      },
    }
    const adapter = await adapterOver({ transactions: LINES! }, counting)
    const iterator = adapter.scan({ set: 'transactions', select: ['lineId'] }, createCallContext())[Symbol.asyncIterator]()
    const first = await iterator.next()
    const before = fetched
    await new Promise((resolve) => setTimeout(resolve, 50))
    expect(fetched).toBe(before)
    let rows = (first.value as Batch).rows
    for (let step = await iterator.next(); !step.done; step = await iterator.next()) rows += step.value.rows
    expect(rows).toBe(200_000)
  })

  test('an engine that fails in mid-stream is an error, never a shorter answer', async () => {
    await host.run(`CREATE VIEW broken AS SELECT CASE WHEN line = 190000 THEN error('canary-secret@example.org') ELSE line END AS line, customer, ord, "at", amount FROM sales`)
    const adapter = await adapterOver({ transactions: { ...LINES!, table: 'broken' } })
    const error = await read(adapter.scan({ set: 'transactions', select: ['lineId'] }, createCallContext())).catch((one: unknown) => one)
    expect(error).toMatchObject({ code: 'INTERNAL' })
    expect(await revenueOf(adapter)).toBeGreaterThan(0)
  })

  test('a driver that ends a stream too soon is an error, never a shorter answer', async () => {
    const connection = await instance.connect()
    const truncating: DuckdbConnection = {
      interrupt: () => connection.interrupt(),
      prepare: async (text) => {
        const prepared = await connection.prepare(text)
        return Object.assign(Object.create(prepared) as typeof prepared, {
          stream: async () => {
            const result = await prepared.stream()
            let left = 3
            return { fetchChunk: async () => (left-- > 0 ? result.fetchChunk() : null) }
          },
        })
      },
    }
    const adapter = await adapterOver({ transactions: LINES! }, truncating)
    await expect(read(adapter.scan({ set: 'transactions', select: ['lineId'] }, createCallContext()))).rejects.toMatchObject({ code: 'INTERNAL', details: { rowsReceived: 6144 } })
  })

  test('two connections serve two calls at a time', async () => {
    const adapter = await adapterOver({ transactions: LINES! }, [await instance.connect(), await instance.connect()])
    expect(adapter.manifest.maxConcurrency).toBe(2)
    const open = adapter.scan({ set: 'transactions', select: ['lineId'] }, createCallContext())[Symbol.asyncIterator]()
    await open.next()
    // The first stream holds one connection; this needs the other.
    expect(await revenueOf(adapter)).toBeGreaterThan(0)
    await open.return!()
  })
})

test('what the engine says stays behind debug()', async () => {
  await host.run(`CREATE VIEW leaking AS SELECT CAST('canary-' || mail AS INTEGER) AS id, mail FROM people`)
  const adapter = await adapterOver({ transactions: LINES!, customers: { table: 'leaking', fields: { customerId: { column: 'id' } } } })
  for (const stream of [adapter.scan({ set: 'customers', select: ['customerId'], order: [] }, createCallContext()), adapter.summarise!(BINS, createCallContext())]) {
    const error = (await read(stream).catch((one: unknown) => one)) as Error & { code: string; debug(): unknown }
    expect(error.code).toBe('INTERNAL')
    expect([error.message, error.stack, JSON.stringify(error), Object.entries(error).join()].join('\n')).not.toMatch(/canary|SELECT|people/)
    expect(String(error.debug())).toMatch(/canary/)
  }
})

test('an id that promises to be numeric and is not is DATA_INVALID', async () => {
  await host.run(`CREATE TABLE numbered AS SELECT * FROM (VALUES ('7'), ('10'), ('x9')) t(id)`)
  const mapping = { customers: { table: 'numbered', fields: { customerId: { column: 'id', type: { kind: 'id', numericId: true } } } } } as const
  const adapter = await adapterOver(mapping)
  await expect(read(adapter.scan({ set: 'customers', select: ['customerId'], order: [] }, createCallContext()))).rejects.toMatchObject({ code: 'DATA_INVALID' })
  expect(adapter.manifest.summaries).toEqual([])
  expect(adapter.summarise!(BINS, createCallContext())).toBeNull()
})

test('a snapshot that was never given out is SNAPSHOT_GONE', async () => {
  const adapter = await adapterOver({ transactions: LINES! })
  await expect(read(adapter.summarise!({ ...BINS, snapshot: 'x' }, createCallContext()))).rejects.toMatchObject({ code: 'SNAPSHOT_GONE' })
})
