import type { Operation } from '../adapter/contract.ts'
import { collectBatches, readBins } from '../shared/batches.ts'
import type { BinsAnswer, CollectedBatches } from '../shared/batches.ts'
import { DataContractError } from '../errors/index.ts'
import { valueOfParts } from '../shared/exactSum.ts'
import { fieldsOfCustomers } from '../shared/measures.ts'
import { moneyOf } from '../shared/moneyOf.ts'
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
    return Object.freeze({ kind: 'customers-page', version: 1, rows, columns: Object.freeze(named), next: end.next, warnings: end.counts ?? [] })
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
  read: readBins,
  finish({ customers, sums: [orders, revenue], counts }, _request, schema) {
    const [count, orderSum, revenueSum] = [customers[0], orders?.[0], revenue?.[0]]
    if (count === undefined || !orderSum || !revenueSum) {
      throw new DataContractError('PROTOCOL', 'The data source counted nothing. Without axes there is always one row. Check the adapter with the test kit.')
    }
    const total = valueOfParts(revenueSum.high, revenueSum.low)
    const isRounded = Math.abs(total) > Number.MAX_SAFE_INTEGER
    return Object.freeze({
      kind: 'customers-count',
      version: 1,
      customers: count,
      orders: valueOfParts(orderSum.high, orderSum.low),
      revenue: total,
      ...moneyOf(schema),
      warnings: Object.freeze([...counts, ...(isRounded ? [{ code: 'SUM_ROUNDED', count: 1 } as const] : [])]),
    })
  },
}

/** What a worker offers under `customers/`. */
export const customersOperations: readonly [typeof customersOperation, typeof customerCountOperation] = [customersOperation, customerCountOperation]
