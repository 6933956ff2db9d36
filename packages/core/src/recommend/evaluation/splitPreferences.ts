import { STEP_ROWS } from '../../shared/radix.ts'
import { runToEnd } from '../../shared/steps.ts'
import type { Steps } from '../../adapter/contract.ts'
import type { Preferences, SparseRows } from '../recommend.types.ts'
import { transpose } from '../sparseRows.ts'
import { splitEntries } from './splitEntries.ts'
import type { SplitRule } from './splitEntries.ts'

/** Training and test with the same lists of customers and products, so that codes mean the same in both. */
export interface PreferencesSplit {
  readonly train: Preferences
  readonly test: Preferences
}

/**
 * Splits preferences by entries.
 *
 * An entry bears the last time of its pair. Under `time` a product that was bought before the cut and again after it is
 * therefore tested and missing in training: nothing of the future gets in, but something of the past gets lost. `splitEntries` over
 * single purchases, or a back-test, keeps it.
 *
 * @returns one split, or `folds` of them; frozen
 * @throws InvalidInputError as `splitEntries`
 * @example
 * for (const { train, test } of splitPreferences(ratings, { kind: 'kFold', folds: 5, seed: 7 })) ...
 */
export function splitPreferences(preferences: Preferences, rule: SplitRule): readonly PreferencesSplit[] {
  const { offsets, codes, at } = preferences.byCustomer
  const customer = new Int32Array(codes.length)
  for (let c = 0; c < preferences.customers.length; c++) customer.fill(c, offsets[c] as number, offsets[c + 1] as number)
  return splitEntries({ customer, at }, rule).map(({ train, test }) =>
    Object.freeze({ train: runToEnd(subsetPreferences(preferences, train)), test: runToEnd(subsetPreferences(preferences, test)) }),
  )
}

/**
 * Some of the entries, over the same customers and products: rows may become empty.
 *
 * @param places of `byCustomer`, ascending
 */
export function* subsetPreferences(preferences: Preferences, places: Int32Array): Steps<Preferences> {
  const { byCustomer, customers, products } = preferences
  const offsets = new Int32Array(customers.length + 1)
  let next = 0
  for (let c = 0; c < customers.length; c++) {
    const end = byCustomer.offsets[c + 1] as number
    while (next < places.length && (places[next] as number) < end) next++
    offsets[c + 1] = next
    if (c % STEP_ROWS === STEP_ROWS - 1) yield
  }
  const { at, sequence } = byCustomer
  const rows: SparseRows = Object.freeze({
    offsets,
    codes: pick(byCustomer.codes, new Int32Array(places.length), places),
    weights: pick(byCustomer.weights, new Float64Array(places.length), places),
    at: at === null ? null : pick(at, new Float64Array(places.length), places),
    sequence: sequence === null ? null : pick(sequence, new Int32Array(places.length), places),
  })
  yield
  return Object.freeze({ ...preferences, byCustomer: rows, byProduct: Object.freeze(yield* transpose(rows, products.length)) })
}

function pick<Values extends Int32Array | Float64Array>(from: Values, to: Values, places: Int32Array): Values {
  for (let i = 0; i < places.length; i++) to[i] = from[places[i] as number] as number
  return to
}
