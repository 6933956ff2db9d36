import type { Operation } from '../adapter/contract.ts'
import { collectBatches } from '../shared/batches.ts'
import type { CollectedBatches } from '../shared/batches.ts'
import { valueOfParts } from '../shared/exactSum.ts'
import { fieldsOfCustomers } from '../shared/measures.ts'
import { moneyOf } from '../shared/moneyOf.ts'
import { readBins, strangeBins } from '../shared/readBins.ts'
import type { BinsAnswer } from '../shared/readBins.ts'
import { selectionToExprs, whereAll } from '../shared/selection.ts'
import { totalsSpecOf } from '../shared/totalsSpec.ts'
import type { CustomerCount, CustomerCountRequest, CustomersPage, CustomersRequest } from './customers.types.ts'

/**
 * A page of customers with the attributes and measures asked for, in the order asked for, then by `customerId`.
 *
 * @example
 * const { data: page } = await client.run(customersOperation, {
 *   spec, select: ['name', 'revenue'], order: [{ field: 'revenue', direction: 'descending', nulls: 'last' }], limit: 100,
 * })
 */
export const customersOperation: Operation<CustomersRequest, CollectedBatches, CustomersPage> = {
  name: 'customers/page',
  request: ({ spec, selection, filter, select, order, limit, after }) => ({
    kind: 'members',
    totals: totalsSpecOf(spec),
    ...whereAll([selection?.where, filter]),
    ranges: selection?.ranges ?? [],
    select,
    order,
    limit,
    ...(after === undefined ? {} : { after }),
  }),
  read: collectBatches,
  finish({ rows, columns, end }, { select }, schema) {
    const types = fieldsOfCustomers(schema)
    const named = select.map((name, i) => Object.freeze({ name, type: types.get(name)!, column: columns[i]! }))
    return Object.freeze({ kind: 'customers-page', version: 1, rows, columns: Object.freeze(named), next: end.next, warnings: Object.freeze([...(end.counts ?? [])]) })
  },
}

/**
 * How many customers there are, and what they brought: the line above a table.
 *
 * @example (await client.run(customerCountOperation, { spec, selection })).data.customers // 57
 */
export const customerCountOperation: Operation<CustomerCountRequest, BinsAnswer, CustomerCount> = {
  name: 'customers/count',
  request: ({ spec, selection, filter }) => ({
    kind: 'bins',
    totals: totalsSpecOf(spec),
    ...whereAll([...selectionToExprs(selection), filter]),
    axes: [],
    sums: ['orders', 'revenue'],
  }),
  read: (batches) => readBins(batches, 0, 2),
  finish({ rows, counts }, _request, schema) {
    // Without axes there is always one row, of zeros where there is nobody.
    const [row] = rows
    if (row === undefined) throw strangeBins()
    const [customers, ordersHigh, ordersLow, revenueHigh, revenueLow] = row as readonly [number, number, number, number, number]
    const revenue = valueOfParts(revenueHigh, revenueLow)
    const isRounded = Math.abs(revenue) > Number.MAX_SAFE_INTEGER
    return Object.freeze({
      kind: 'customers-count',
      version: 1,
      customers,
      orders: valueOfParts(ordersHigh, ordersLow),
      revenue,
      ...moneyOf(schema),
      warnings: Object.freeze([...counts, ...(isRounded ? [{ code: 'SUM_ROUNDED', count: 1 } as const] : [])]),
    })
  },
}

/** What a worker offers under `customers/`. */
export const customersOperations: readonly [typeof customersOperation, typeof customerCountOperation] = [customersOperation, customerCountOperation]
