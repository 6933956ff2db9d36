import type { DataSchema, DataSetName, FieldType, Measure, SummableMeasure } from '../adapter/contract.ts'

export const SUMMABLE_MEASURES: readonly SummableMeasure[] = ['firstDay', 'lastDay', 'recencyDays', 'orders', 'revenue', 'returnedRevenue', 'lines']

/** Is it a name that no customer attribute may bear? */
export function isMeasure(name: string): name is Measure {
  return name === 'meanOrderValue' || (SUMMABLE_MEASURES as readonly string[]).includes(name)
}

/** Measures that are NULL for a customer without an order. */
export const NULL_WITHOUT_ORDERS: ReadonlySet<string> = new Set<Measure>(['firstDay', 'lastDay', 'recencyDays', 'meanOrderValue'])

/** Types of the fields of one set, or null when the schema lacks the set. */
export function fieldsOfSet(schema: DataSchema, set: DataSetName): Map<string, FieldType> | null {
  const found = schema.sets.find((one) => one.name === set)
  return found === undefined ? null : new Map(found.fields.map((field) => [field.name, field.type]))
}

/**
 * Types of the fields of a customer: `customerId`, attributes, and measures where there are transactions. What `where`,
 * axes, ranges, `select` and `order` of a summary may name.
 *
 * @example fieldsOfCustomers(schema).get('revenue') // { kind: 'money', currency: 'EUR', scale: 2 }
 */
export function fieldsOfCustomers(schema: DataSchema): Map<string, FieldType> {
  const fields = fieldsOfSet(schema, 'customers') ?? new Map<string, FieldType>()
  const lines = fieldsOfSet(schema, 'transactions')
  if (!fields.has('customerId')) fields.set('customerId', (lines ?? fieldsOfSet(schema, 'ratings'))?.get('customerId') ?? { kind: 'id' })
  if (lines === null) return fields
  // Money as `amount` is.
  const money = lines.get('amount') ?? { kind: 'integer' }
  for (const measure of SUMMABLE_MEASURES) fields.set(measure, { kind: 'integer' })
  return fields.set('firstDay', { kind: 'date' }).set('lastDay', { kind: 'date' }).set('revenue', money).set('returnedRevenue', money).set('meanOrderValue', { kind: 'number' })
}
