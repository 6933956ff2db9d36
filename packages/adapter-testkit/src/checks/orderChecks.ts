import type { DataSetName, Order } from '@crm/core/adapter'
import { demand } from '../failure.ts'
import { compareTables, expectAnswer, expectRefusal } from '../subject.ts'
import type { Request, Subject } from '../subject.ts'
import { checksOf } from './define.ts'
import type { CheckDefinition } from './define.ts'
import { allOrders, by, members, onRanks, readAll, readField, SPEC, totals, WINDOW } from './requests.ts'
import { bins } from './requests.ts'

const order = checksOf('order')
export const orderChecks: readonly CheckDefinition[] = order.list

const FIELD_OF_TYPE: readonly (readonly [type: string, set: DataSetName, key: string, field: string])[] = [
  ['text', 'customers', 'customerId', 'name'],
  ['ids', 'customers', 'customerId', 'referrerId'],
  ['integers', 'customers', 'customerId', 'level'],
  ['numbers', 'customers', 'customerId', 'score'],
  ['booleans', 'customers', 'customerId', 'active'],
  ['money', 'products', 'productId', 'price'],
  ['instants', 'customers', 'customerId', 'createdAt'],
  ['dates', 'customers', 'customerId', 'born'],
]
for (const [type, set, key, field] of FIELD_OF_TYPE) {
  order.check(`${type} in both directions with NULLs first and last`, async (kit) => {
    const subject = await kit.subject('main')
    for (const one of allOrders(field)) await expectAnswer(subject, readField(set, key, field, { order: [one] }), 'order')
  })
}

order.check('numeric ids by number', async (kit) => {
  const subject = await kit.subject('days')
  for (const field of ['customerId', 'referrerId']) for (const one of allOrders(field)) await expectAnswer(subject, readField('customers', 'customerId', field, { order: [one] }), 'order')
  await expectAnswer(subject, readField('transactions', 'lineId', 'orderId', { order: [by('orderId')] }), 'order')
})

order.check('text by code point, not by UTF-16 unit or alphabet', async (kit) => {
  const subject = await kit.subject('main')
  await expectAnswer(subject, readField('customers', 'customerId', 'customerId'), 'order')
  await expectAnswer(subject, readField('transactions', 'lineId', 'note', { order: [by('note', 'descending', 'last')] }), 'order')
})

order.check('ties by the key of the set', async (kit) => {
  const subject = await kit.subject('main')
  await expectAnswer(subject, readField('customers', 'customerId', 'tier', { order: [by('tier', 'descending')] }), 'order')
  await expectAnswer(subject, readField('transactions', 'lineId', 'online', { order: [by('online')] }), 'order')
  await expectAnswer(subject, { kind: 'scan', set: 'ratings', select: ['rating', 'customerId', 'productId'], order: [by('rating', 'descending')] }, 'order')
})

order.check('several fields, one after the other', async (kit) => {
  const subject = await kit.subject('main')
  const orders: readonly (readonly Order[])[] = [
    [by('active', 'descending', 'first'), by('kind', 'ascending', 'last'), by('score', 'descending', 'last')],
    [by('stage', 'ascending', 'first'), by('customerId', 'descending')],
    [by('tier'), by('level', 'descending', 'first'), by('born', 'ascending', 'first'), by('name')],
  ]
  for (const one of orders) await expectAnswer(subject, readAll(subject, 'customers', { order: one }), 'order')
})

order.check('fields that are not selected', async (kit) => {
  const subject = await kit.subject('main')
  await expectAnswer(subject, { kind: 'scan', set: 'transactions', select: ['amount'], order: [by('at', 'descending'), by('lineId')] }, 'order')
})

const paging = checksOf('paging')
export const pagingChecks: readonly CheckDefinition[] = paging.list

/** Requests whose pages cut through ties and NULLs. `small` keeps pages of one row affordable. */
function pagedRequests(small: boolean): Readonly<Record<'scans' | 'members' | 'totals', readonly Request[]>> {
  const where = small ? ({ op: 'in', field: 'tier', values: [1] } as const) : undefined
  const narrowed = where === undefined ? {} : { where }
  return {
    scans: [
      readField('customers', 'customerId', 'score', { order: [by('score', 'descending', 'first')], ...narrowed }),
      readField('customers', 'customerId', 'stage', { order: [by('stage', 'ascending', 'last'), by('active', 'descending', 'last')], ...narrowed }),
      readField('customers', 'customerId', 'name', { order: [by('name', 'ascending', 'first')], ...narrowed }),
      { kind: 'scan', set: 'ratings', select: ['customerId', 'productId', 'at'], order: [by('at', 'descending', 'last')], ...(small ? { where: { op: 'gt', field: 'rating', value: 4 } } : {}) },
    ],
    members: [
      members({ select: ['customerId', 'recencyDays', 'name'], order: [by('recencyDays', 'ascending', 'first')], ...narrowed }),
      members({ select: ['orders', 'customerId'], order: [by('orders', 'descending'), by('meanOrderValue', 'ascending', 'last')], totals: WINDOW, ...narrowed }),
    ],
    totals: [totals(WINDOW, narrowed)],
  }
}

for (const size of [1, 2, 7, 1000]) {
  for (const kind of ['scans', 'members', 'totals'] as const) {
    paging.check(`${kind} in pages of ${size} join to the full read`, async (kit) => {
      const subject = await kit.subject('main')
      for (const request of pagedRequests(size < 7)[kind]) {
        compareTables({ ...request, limit: size } as Request, subject.expected(request), await subject.askPages(request, size), 'order')
      }
    })
  }
}

paging.check('numeric ids page by number', async (kit) => {
  const subject = await kit.subject('days')
  const requests: readonly Request[] = [readField('customers', 'customerId', 'referrerId', { order: [by('referrerId', 'descending', 'first')] }), readField('customers', 'customerId', 'name'), totals(), members({ order: [by('orders')] })]
  for (const request of requests) {
    if (request.kind === 'scan' || subject.offers(request.kind)) compareTables(request, subject.expected(request), await subject.askPages(request, 5), 'order')
  }
})

paging.check('a limit without an order pages by the key', async (kit) => {
  const subject = await kit.subject('main')
  const request: Request = { kind: 'scan', set: 'products', select: ['productId', 'price'] }
  compareTables({ ...request, limit: 7 }, subject.expected(request), await subject.askPages(request, 7), 'order')
})

paging.check('the last full page has no next', async (kit) => {
  const subject = await kit.subject('main')
  const rows = subject.expected(readField('products', 'productId', 'name')).rows.length
  for (const limit of [rows, rows + 1, 100_000]) {
    const request = readField('products', 'productId', 'name', { limit })
    const answer = await expectAnswer(subject, request, 'order')
    demand(answer.next === null, request, `All ${rows} rows came, and yet there is a cursor to a next page`, 'order')
  }
})

paging.check('a page beyond every row is empty with an end', async (kit) => {
  const subject = await kit.subject('main')
  const nobody = { op: 'eq', field: 'customerId', value: 'nobody at all' } as const
  for (const request of [readField('customers', 'customerId', 'name', { where: nobody, limit: 5 }), members({ where: nobody, limit: 5 }), totals(SPEC, { where: nobody, limit: 5 })]) {
    if (subject.offers(request.kind)) await expectAnswer(subject, request, 'members')
  }
})

const cursors = checksOf('cursors')
export const cursorChecks: readonly CheckDefinition[] = cursors.list

/** A request with what must not continue it. */
function strangers(subject: Subject): readonly (readonly [mine: Request, others: readonly Request[]])[] {
  const scan = readField('customers', 'customerId', 'name', { order: [by('name', 'ascending', 'first')], limit: 5 })
  const page = members({ order: [by('recencyDays', 'ascending', 'last')], limit: 5 })
  const sums = totals(SPEC, { limit: 5 })
  const list: readonly (readonly [Request, readonly Request[]])[] = [
    [
      scan,
      [
        { ...scan, order: [by('name', 'descending', 'first')] },
        { ...scan, order: [by('name', 'ascending', 'last')] },
        { ...scan, order: [by('email', 'ascending', 'first')] },
        { ...scan, where: { op: 'gt', field: 'tier', value: 1 } },
        { ...scan, set: 'products', select: ['productId', 'name'] },
        { ...scan, select: ['customerId', 'email'] },
      ],
    ],
    [page, [{ ...page, order: [by('orders')] }, { ...page, ranges: [{ field: 'orders', above: 0 }] }, { ...page, totals: { ...SPEC, returns: 'drop' } }, { ...page, where: { op: 'gt', field: 'orders', value: 1 } }]],
    [sums, [{ ...sums, totals: { ...SPEC, asOf: SPEC.asOf - 1 } }, { ...sums, totals: { ...SPEC, order: 'day' } }, { ...sums, where: { op: 'gt', field: 'orders', value: 0 } }, page]],
  ]
  return list.filter(([{ kind }]) => subject.offers(kind))
}

cursors.check('another request refuses the cursor', async (kit) => {
  const subject = await kit.subject('main')
  for (const [mine, others] of strangers(subject)) {
    const after = (await subject.ask(mine)).next
    demand(after !== null, mine, 'Expected a cursor after five rows, got none', 'order')
    for (const other of others) if (subject.offers(other.kind)) await expectRefusal(subject, { ...other, after } as Request, ['CURSOR_INVALID'], 'order')
  }
})

cursors.check('another limit continues it', async (kit) => {
  const subject = await kit.subject('main')
  for (const [mine] of strangers(subject)) {
    const after = (await subject.ask(mine)).next
    const rest = { ...mine, limit: 11, after } as Request
    const { rows, ...table } = subject.expected(mine)
    compareTables(rest, { ...table, rows: rows.slice(5, 16) }, await subject.ask(rest), 'order')
  }
})

cursors.check('a damaged cursor is refused', async (kit) => {
  const subject = await kit.subject('main')
  for (const [mine] of strangers(subject)) {
    const first = await subject.ask(mine)
    const after = first.next as string
    const second = await subject.ask({ ...mine, after } as Request)
    const damaged = new Set(['', ' ', '0', 'null', '[]', '{}', '__proto__', '\u0000', "' or 1=1 --", '%', after + after, after + 'A', after.slice(0, -2), after.slice(1), after.slice(0, after.length >> 1), 'x'.repeat(10_000)])
    for (let i = 0; i < after.length; i += 3) damaged.add(after.slice(0, i) + (after[i] === 'A' ? 'B' : 'A') + after.slice(i + 1))
    damaged.delete(after)
    for (const cursor of damaged) {
      const request = { ...mine, after: cursor } as Request
      let answer
      try {
        answer = await subject.ask(request)
      } catch (error) {
        demand((error as { code?: unknown }).code === 'CURSOR_INVALID', request, `Expected CURSOR_INVALID, got ${String((error as { code?: unknown }).code ?? error)}`, 'order')
        continue
      }
      // Trailing bits of an encoding may mean nothing: then it is the same cursor.
      compareTables(request, second, answer, 'order')
    }
  }
})

cursors.check('limits outside 1..100,000 are LIMIT_RANGE', async (kit) => {
  const subject = await kit.subject('main')
  for (const limit of [0, -1, 1.5, 100_001, NaN, Infinity]) {
    for (const request of [readField('customers', 'customerId', 'name'), members(), totals()]) {
      if (subject.offers(request.kind)) await expectRefusal(subject, { ...request, limit } as Request, ['LIMIT_RANGE'], 'order')
    }
  }
})

cursors.check('every page of a summary carries the counts', async (kit) => {
  const subject = await kit.subject('main')
  for (const request of [members({ totals: WINDOW, limit: 50 }), totals(WINDOW, { limit: 50 })]) {
    if (!subject.offers(request.kind)) continue
    const { counts = [] } = subject.expected(request)
    const nothing = { names: [], kinds: [], rows: [] }
    await subject.askPages(request, 50, (page) => compareTables(request, { ...nothing, counts }, { ...page, ...nothing }, 'totals'))
  }
  const narrowed = bins([onRanks('orders', 3)], { totals: WINDOW, where: { op: 'gt', field: 'orders', value: 2 } })
  if (subject.offers('bins')) await expectAnswer(subject, narrowed, 'totals')
})
