import fc from 'fast-check'
import type { DataSchema, ResidentColumns } from '../../adapter/contract.ts'
import { createResidentBuilder } from '../resident.ts'
import { runToEnd } from '../steps.ts'
import { columnFromValues } from './columnFromValues.ts'

/** One line of a small shop: amounts in cents. */
export interface ShopLine {
  readonly customerId: string | null
  readonly orderId: string
  readonly at: number
  readonly amount: number
}

/** A customer with an attribute to filter by. */
export interface ShopCustomer {
  readonly customerId: string
  readonly city: string | null
}

export const SHOP_AS_OF: number = Date.UTC(2024, 5, 30, 12)

export const shopSchema: DataSchema = {
  timeZone: 'UTC',
  sets: [
    {
      name: 'customers',
      estimatedRows: null,
      fields: [
        { name: 'customerId', type: { kind: 'id' }, nullable: false },
        { name: 'city', type: { kind: 'text' }, nullable: true },
      ],
    },
    {
      name: 'transactions',
      estimatedRows: null,
      fields: [
        { name: 'lineId', type: { kind: 'id' }, nullable: false },
        { name: 'customerId', type: { kind: 'id' }, nullable: true },
        { name: 'orderId', type: { kind: 'id' }, nullable: false },
        { name: 'at', type: { kind: 'instant' }, nullable: false },
        { name: 'amount', type: { kind: 'money', currency: 'EUR', scale: 2 }, nullable: false },
      ],
    },
  ],
}

/** Rows as the kernels see them. */
export function residentShop(customers: readonly ShopCustomer[], lines: readonly ShopLine[]): ResidentColumns {
  const builder = createResidentBuilder(shopSchema)
  const text = (values: readonly (string | null)[]) => columnFromValues({ kind: 'text' }, values)
  const number = (values: readonly number[]) => columnFromValues({ kind: 'number' }, values)
  builder.addCustomers({ rows: customers.length, columns: [text(customers.map((one) => one.customerId)), text(customers.map((one) => one.city))] })
  builder.addLines({
    rows: lines.length,
    columns: [text(lines.map((one) => one.customerId)), text(lines.map((one) => one.orderId)), number(lines.map((one) => one.at)), number(lines.map((one) => one.amount))],
  })
  return runToEnd(builder.finish())
}

/** Few customers, days and amounts, so that ties, returns, strangers and prospects all occur. */
export const shopCustomersArbitrary: fc.Arbitrary<readonly ShopCustomer[]> = fc
  .uniqueArray(fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i', 'j', '__proto__', 'ключ'), { maxLength: 12 })
  .chain((ids) => fc.tuple(...ids.map((customerId) => fc.record({ customerId: fc.constant(customerId), city: fc.constantFrom('Oslo', 'Lima', null) }))))

export const shopLinesArbitrary: fc.Arbitrary<readonly ShopLine[]> = fc.array(
  fc.record({
    customerId: fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', '__proto__', 'ключ', null),
    orderId: fc.integer({ min: 1, max: 25 }).map(String),
    at: fc.integer({ min: -3, max: 60 }).map((hours) => SHOP_AS_OF - hours * 17 * 3_600_000),
    amount: fc.oneof(fc.integer({ min: -3000, max: 9000 }), fc.constantFrom(0, 500, 1000, -1000)),
  }),
  { maxLength: 60 },
)
