import { createCallContext, createMemoryAdapter, type Batch, type Column, type DataAdapter, type DataField, type ImportPlan, type Scalar } from '@crm/core/adapter'
import { toCsv } from '@crm/core/export'
import { describeDataAdapter, type KitData } from '@crm/adapter-testkit'
import { afterAll, describe, expect, test } from 'vitest'
import { createCsvImporter } from './createCsvImporter.ts'

/** Sets whose lines a CSV file can hold. The others have empty texts beside missing ones, which CSV does not tell apart. */
const WRITABLE = ['days', 'lines', 'large', 'overflow', 'one']
let imported = 0

const suite = describeDataAdapter({ name: 'lines imported from CSV', create: adapterOver })

describe(`${suite.name}, seed ${suite.seed}`, () => {
  // oxlint-disable-next-line vitest/expect-expect -- the check is the assertion
  for (const check of suite.checks) test(`${check.name}`, check.run)
  test('the lines came through a file', () => expect(imported).toBeGreaterThanOrEqual(WRITABLE.length))
  afterAll(suite.close)
})

/** The lines of the kit written as CSV and imported; the other sets as they are. */
async function adapterOver(data: KitData): Promise<DataAdapter> {
  const sets: Record<string, { fields: readonly DataField[]; columns: readonly Column[] }> = {}
  for (const { name, fields, columns, rows } of data.sets) {
    sets[name] = { fields, columns: name === 'transactions' && WRITABLE.includes(data.variant) ? await throughFile(fields, rows, data.schema.timeZone) : columns }
  }
  return createMemoryAdapter({ timeZone: data.schema.timeZone, data: sets })
}

async function throughFile(fields: readonly DataField[], rows: readonly (readonly (Scalar | null)[])[], timeZone: string): Promise<readonly Column[]> {
  const text = toCsv({ columns: fields, rows }, { formulas: 'keep' })
  const importer = createCsvImporter()
  const money = fields.find(({ name }) => name === 'amount')?.type
  const plan: ImportPlan = {
    ...(await importer.open(text)).plan,
    roles: Object.fromEntries(fields.map(({ name }, column) => [name, column])),
    attributes: [],
    timeZone,
    currency: money?.kind === 'money' ? money.currency : '',
  }
  const { adapter, report } = await importer.run(text, plan)
  expect(report).toMatchObject({ accepted: rows.length, rejected: 0, scale: money?.kind === 'money' ? money.scale : -1 })
  imported++
  const batches: Batch[] = []
  for await (const batch of adapter.scan({ set: 'transactions', select: fields.map(({ name }) => name) }, createCallContext())) batches.push(batch)
  return fields.map((_, column) => joined(batches.map((batch) => batch.columns[column] as Column)))
}

/** Batches of a bulk read share their dictionary. */
function joined(columns: readonly Column[]): Column {
  const [first] = columns
  if (first?.kind === 'text') return { ...first, codes: Int32Array.from(columns.flatMap((column) => (column.kind === 'text' ? [...column.codes] : []))) }
  return { kind: 'float64', values: Float64Array.from(columns.flatMap((column) => (column.kind === 'float64' ? [...column.values] : []))) }
}
