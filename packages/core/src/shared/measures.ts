import type { DataSchema, DataSetName, FieldType, Measure, SummableMeasure } from '../adapter/contract.ts'

export const SUMMABLE_MEASURES: readonly SummableMeasure[] = ['firstDay', 'lastDay', 'recencyDays', 'orders', 'revenue', 'returnedRevenue', 'lines']

/** Names that no customer attribute may bear. */
export const MEASURES: readonly Measure[] = [...SUMMABLE_MEASURES, 'meanOrderValue']

/** Measures that are NULL for a customer without an order. */
export const NULL_WITHOUT_ORDERS: ReadonlySet<string> = new Set<Measure>(['firstDay', 'lastDay', 'recencyDays', 'meanOrderValue'])

/** Types of the fields of one set, or null when the schema lacks the set. */
export function fieldsOfSet(schema: DataSchema, set: DataSetName): Map<string, FieldType> | null {
  const found = schema.sets.find((one) => one.name === set)
  return found === undefined ? null : new Map(found.fields.map((field) => [field.name, field.type]))
}

/** Types of the measures; money as `transactions.amount` is. */
export function measureTypes(schema: DataSchema): Map<string, FieldType> {
  const money = fieldsOfSet(schema, 'transactions')?.get('amount') ?? { kind: 'integer' }
  return new Map<string, FieldType>([
    ['firstDay', { kind: 'date' }],
    ['lastDay', { kind: 'date' }],
    ['recencyDays', { kind: 'integer' }],
    ['orders', { kind: 'integer' }],
    ['revenue', money],
    ['returnedRevenue', money],
    ['lines', { kind: 'integer' }],
    ['meanOrderValue', { kind: 'number' }],
  ])
}

/** What `where`, axes, ranges, `select` and `order` of a summary may name: `customerId`, attributes, measures. */
export function fieldsOfCustomers(schema: DataSchema): Map<string, FieldType> {
  const fields = fieldsOfSet(schema, 'customers') ?? new Map<string, FieldType>()
  if (!fields.has('customerId')) fields.set('customerId', fieldsOfSet(schema, 'transactions')?.get('customerId') ?? { kind: 'id' })
  for (const [name, type] of measureTypes(schema)) fields.set(name, type)
  return fields
}
