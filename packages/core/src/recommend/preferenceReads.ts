import type { DataSchema, DataSetName, TableRead } from '../adapter/contract.ts'
import { InvalidInputError, UnsupportedError } from '../errors/index.ts'
import { fieldsOfSet } from '../shared/measures.ts'
import type { PreferenceSpec } from './recommend.types.ts'

/**
 * The fields that recommendations read: all of them, so that every operation shares one copy of the tables.
 *
 * @throws InvalidInputError `SPEC_INVALID`; UnsupportedError `SET_MISSING` when there are no purchases by product, or no ratings
 */
export function preferenceReads(spec: PreferenceSpec, schema: DataSchema): TableRead[] {
  checkPreferenceSpec(spec)
  const reads: TableRead[] = []
  if (spec.from !== 'ratings') {
    reads.push({ set: 'transactions', select: fieldsIn(schema, 'transactions', ['customerId', 'productId', 'orderId', 'at', 'amount'], ['quantity']) })
  }
  if (spec.from !== 'transactions') reads.push({ set: 'ratings', select: fieldsIn(schema, 'ratings', ['customerId', 'productId', 'rating'], ['at']) })
  if (fieldsOfSet(schema, 'products') !== null) {
    reads.push({ set: 'products', select: fieldsIn(schema, 'products', ['productId'], ['name', 'category', 'price', 'available']) })
  }
  const customers = fieldsOfSet(schema, 'customers')
  if (customers !== null) {
    const attributes = [...customers].filter(([name, { kind }]) => name !== 'customerId' && (kind === 'text' || kind === 'boolean'))
    reads.push({ set: 'customers', select: ['customerId', ...attributes.map(([name]) => name)] })
  }
  return reads
}

/** @throws InvalidInputError `SPEC_INVALID` */
export function checkPreferenceSpec({ from, asOf, since, weight, likedFrom }: PreferenceSpec): void {
  if (from !== 'transactions' && from !== 'ratings' && from !== 'both') throw invalidSpec('"from" is none of transactions, ratings and both')
  if (!(Number.isInteger(asOf) && Math.abs(asOf) <= 8.64e15)) throw invalidSpec('"asOf" is no whole number of epoch milliseconds')
  if (since !== undefined && !(Number.isInteger(since) && since <= asOf && Math.abs(since) <= 8.64e15)) throw invalidSpec('"since" is no whole number of epoch milliseconds up to "asOf"')
  if (weight !== undefined && weight !== 'binary' && weight !== 'count' && weight !== 'logCount') throw invalidSpec('"weight" is none of binary, count and logCount')
  if (from === 'both' ? !Number.isFinite(likedFrom) : likedFrom !== undefined && !Number.isFinite(likedFrom)) throw invalidSpec('"likedFrom" is no finite number, and ratings beside purchases need it')
}

function invalidSpec(what: string): InvalidInputError {
  return new InvalidInputError('SPEC_INVALID', `Preferences cannot be made: ${what}. It decides what counts as liked, and when. Correct the spec.`)
}

function fieldsIn(schema: DataSchema, set: DataSetName, needed: readonly string[], welcome: readonly string[]): string[] {
  const fields = fieldsOfSet(schema, set)
  if (fields === null) throw missingSet(set, 'This adapter holds no')
  const lacking = needed.find((name) => !fields.has(name))
  if (lacking !== undefined) throw missingSet(set, `The field "${lacking}" is not in`)
  return [...needed, ...welcome.filter((name) => fields.has(name))]
}

export function missingSet(set: DataSetName, what: string): UnsupportedError {
  return new UnsupportedError('SET_MISSING', `${what} ${set}. Recommendations are made of who has which product. Connect ${set === 'ratings' ? 'ratings' : 'transactions with a productId'}, or choose another "from".`, { set })
}
