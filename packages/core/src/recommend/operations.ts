import type { Operation } from '../adapter/contract.ts'
import { UnsupportedError } from '../errors/index.ts'
import { preferenceReads } from './preferenceReads.ts'
import { productNamesOperation } from './productNamesOperation.ts'
import type { BackTestRequest, BackTestResult, CustomerList, CustomersForProductRequest, RecommendationList, RecommendRequest } from './recommend.types.ts'
import { similarOperation } from './similarOperation.ts'

/**
 * What to offer a customer, with a basket, or beside a product: ranked, filtered, explained.
 *
 * Reads the whole sets once; what is fitted to them is kept, so that the next question costs microseconds.
 *
 * @throws InvalidInputError `LIMIT_RANGE`, `OPTION_INVALID`, `WEIGHTS_INVALID`, `SPEC_INVALID`, `FIELD_UNKNOWN` for `segmentField`, `REQUEST_INVALID`;
 *   UnsupportedError `SET_MISSING`
 * @example
 * const { data: list } = await client.run(recommendOperation, { for: { customerId: 'ann' }, preferences: { from: 'transactions', asOf }, limit: 5 })
 */
export const recommendOperation: Operation<RecommendRequest, RecommendationList, RecommendationList> = {
  name: 'recommend/list',
  request: () => null,
  tables: {
    reads: ({ preferences }, schema) => preferenceReads(preferences, schema),
    load: async () => (await import('./computeOperations.ts')).computeList,
  },
  read: neverPushedDown,
  finish: (list) => list,
}

/**
 * Whom to call about a product: the same scores as {@link recommendOperation}, looked at from the other side.
 *
 * @throws as {@link recommendOperation}
 * @example const { data: list } = await client.run(customersForProductOperation, { productId: 'tea', preferences: { from: 'transactions', asOf } })
 */
export const customersForProductOperation: Operation<CustomersForProductRequest, CustomerList, CustomerList> = {
  name: 'recommend/customersForProduct',
  request: () => null,
  tables: {
    reads: ({ preferences }, schema) => preferenceReads(preferences, schema),
    load: async () => (await import('./computeOperations.ts')).computeCustomersForProduct,
  },
  read: neverPushedDown,
  finish: (list) => list,
}

/**
 * Would it have worked? Strategies fitted to what was known before the last weeks, judged by what was bought in them, beside
 * popularity: a picture of what recommendations are worth for these data, and whether they are worth anything.
 *
 * @throws InvalidInputError `OPTION_INVALID`, `WEIGHTS_INVALID`, `SPEC_INVALID`, `KEY_DUPLICATE`; UnsupportedError `SET_MISSING`
 * @example
 * const { data } = await client.run(backTestOperation, { preferences: { from: 'transactions', asOf }, testDays: 90 })
 * data.verdict // 'noSignal': recommend what is popular, and say so
 */
export const backTestOperation: Operation<BackTestRequest, BackTestResult, BackTestResult> = {
  name: 'recommend/backTest',
  request: () => null,
  tables: {
    reads: ({ preferences }, schema) => preferenceReads(preferences, schema),
    load: async () => (await import('./computeOperations.ts')).computeBackTest,
  },
  read: neverPushedDown,
  finish: (result) => result,
}

export { productNamesOperation, similarOperation }

/** What a worker offers under `recommend/`. */
export const recommendOperations: readonly [
  typeof recommendOperation,
  typeof customersForProductOperation,
  typeof similarOperation,
  typeof backTestOperation,
  typeof productNamesOperation,
] = [recommendOperation, customersForProductOperation, similarOperation, backTestOperation, productNamesOperation]

function neverPushedDown(): never {
  throw new UnsupportedError('SUMMARY_UNSUPPORTED', 'Recommendations are computed where the whole sets are. No summary of a backend says them. Run the operation by a client, which reads the sets.')
}

