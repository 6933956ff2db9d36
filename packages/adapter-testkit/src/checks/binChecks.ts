import type { Axis, BinsRequest, Range, SummableMeasure } from '@crm/core/adapter'
import { demand, show } from '../failure.ts'
import { expectAnswer, expectRefusal } from '../subject.ts'
import { checksOf } from './define.ts'
import type { CheckDefinition } from './define.ts'
import { allOrders, bins, by, members, onRanks, SPEC, WINDOW } from './requests.ts'

const { list, check } = checksOf('bins')
export const binChecks: readonly CheckDefinition[] = list

const MAX = Number.MAX_SAFE_INTEGER
const ALL_SUMS: readonly SummableMeasure[] = ['firstDay', 'lastDay', 'recencyDays', 'orders', 'revenue', 'returnedRevenue', 'lines']
const at = (field: string, ...cuts: number[]): Axis => ({ field, cut: { at: cuts } })
const valuesOf = (field: string): Axis => ({ field, cut: 'values' })

check('quintiles on three axes', async (kit) => {
  const subject = await kit.subject('main')
  await expectAnswer(subject, bins([onRanks('recencyDays', 5), onRanks('orders', 5), onRanks('revenue', 5)], { totals: WINDOW }), 'bins')
})

check('cuts at every rank from halves to percentiles', async (kit) => {
  const subject = await kit.subject('main')
  for (const k of [2, 3, 4, 5, 7, 10, 100]) for (const field of ['recencyDays', 'revenue', 'meanOrderValue']) await expectAnswer(subject, bins([onRanks(field, k)]), 'bins')
  await expectAnswer(subject, bins([{ field: 'revenue', cut: { ranks: [{ of: 1, in: 1000 }, { of: 2, in: 4 }, { of: 1, in: 2 }, { of: 999, in: 1000 }] } }]), 'bins')
})

check('cuts where n times the rank is whole', async (kit) => {
  const subject = await kit.subject('main')
  // Scopes of every size from 1 to 24 customers: for each k some n * p is whole and some is not.
  const ids = subject.expected({ kind: 'scan', set: 'customers', select: ['customerId'], where: { op: 'not', of: { op: 'isNull', field: 'score' } } }).rows.map((row) => row[0] as string)
  for (let n = 1; n <= 24; n++) {
    const where = { op: 'in', field: 'customerId', values: ids.slice(0, n) } as const
    for (const k of [2, 3, 4, 5, 10]) await expectAnswer(subject, bins([onRanks('score', k)], { where, sums: [] }), 'bins')
  }
})

check('equal values share a bin, and equal cuts leave bins empty', async (kit) => {
  const subject = await kit.subject('main')
  for (const field of ['orders', 'tier', 'lines']) for (const k of [3, 5, 10]) await expectAnswer(subject, bins([onRanks(field, k)]), 'bins')
})

check('NULL is a bin of its own, and the last', async (kit) => {
  const subject = await kit.subject('main')
  const request = bins([onRanks('recencyDays', 3), valuesOf('stage')])
  const answer = await expectAnswer(subject, request, 'bins')
  demand(answer.rows.at(-1)?.[0] === null, request, 'The last bin is not that of NULL', 'bins')
  await expectAnswer(subject, bins([onRanks('level', 4), valuesOf('active'), at('born', 0)]), 'bins')
})

check('given cuts: a value on the cut lies below it', async (kit) => {
  const subject = await kit.subject('main')
  const mean = 5000
  for (const axis of [at('orders', 1, 2, 3), at('recencyDays', 30), at('revenue', -1, 0, 5000), at('meanOrderValue', mean - 0.5, mean, mean + 0.5), at('lines', 0), at('orders', 2, 2, 2), at('orders', -5, 1000), at('orders', 1.5), at('orders')]) await expectAnswer(subject, bins([axis]), 'bins')
})

check('given and ranked cuts on attributes of every kind', async (kit) => {
  const subject = await kit.subject('main')
  for (const axis of [onRanks('score', 5), onRanks('level', 5), onRanks('credit', 5), onRanks('createdAt', 5), onRanks('born', 5), at('score', -Number.MIN_VALUE, 0, Number.MIN_VALUE, 1e300), at('credit', -MAX, 0, MAX - 1), at('createdAt', 0, Date.parse('2020-01-01T00:00Z')), at('born', -1, 0)]) {
    await expectAnswer(subject, bins([axis]), 'bins')
  }
})

check('one bin per value of text, ids, booleans and integers', async (kit) => {
  const subject = await kit.subject('main')
  for (const field of ['kind', 'stage', 'name', 'customerId', 'referrerId', 'active', 'tier', 'level', 'orders', 'lines', '__proto__']) await expectAnswer(subject, bins([valuesOf(field)]), 'bins')
  await expectAnswer(subject, bins([valuesOf('stage'), valuesOf('active'), onRanks('revenue', 3)]), 'bins')
})

check('one bin per numeric id, in the order of numbers', async (kit) => {
  const subject = await kit.subject('days')
  for (const field of ['customerId', 'referrerId', 'name']) await expectAnswer(subject, bins([valuesOf(field)]), 'bins')
})

check('no axes give one row for all', async (kit) => {
  const subject = await kit.subject('main')
  await expectAnswer(subject, bins([], { sums: ALL_SUMS }), 'bins')
  await expectAnswer(subject, bins([], { sums: [], where: { op: 'gt', field: 'orders', value: 1 } }), 'bins')
})

check('no customers give no bins, and one row without axes', async (kit) => {
  const subject = await kit.subject('empty')
  await expectAnswer(subject, bins([onRanks('orders', 5), valuesOf('kind')]), 'bins')
  await expectAnswer(subject, bins([], { sums: ALL_SUMS }), 'bins')
  const nobody = { op: 'or', of: [] } as const
  const main = await kit.subject('main')
  await expectAnswer(main, bins([onRanks('orders', 5), at('revenue', 1)], { where: nobody }), 'bins')
  await expectAnswer(main, bins([], { where: nobody, sums: ALL_SUMS }), 'bins')
})

check('an axis of NULLs alone has no cuts', async (kit) => {
  const subject = await kit.subject('main')
  const request = bins([onRanks('recencyDays', 5), onRanks('tier', 2)], { where: { op: 'isNull', field: 'lastDay' } })
  const answer = await expectAnswer(subject, request, 'bins')
  demand(show(answer.cuts?.[0]) === '[]', request, `Expected no cuts on an axis without values, got ${show(answer.cuts?.[0])}`, 'bins')
})

check('sums of all measures skip NULL', async (kit) => {
  const subject = await kit.subject('main')
  await expectAnswer(subject, bins([onRanks('recencyDays', 4)], { sums: ALL_SUMS, totals: WINDOW }), 'bins')
  await expectAnswer(subject, bins([valuesOf('kind')], { sums: ['lines', 'firstDay'], totals: { ...SPEC, returns: 'drop', order: 'day' } }), 'bins')
})

check('sums over customers beyond 2^53 are exact, in both directions', async (kit) => {
  const subject = await kit.subject('large')
  for (const axes of [[], [valuesOf('name')], [onRanks('revenue', 3)], [at('revenue', -MAX, -1, 0, 1, MAX - 1)]]) await expectAnswer(subject, bins(axes, { sums: ALL_SUMS }), 'bins')
  const request = bins([], { where: { op: 'lt', field: 'revenue', value: 0 } })
  const [row] = (await expectAnswer(subject, request, 'bins')).rows
  demand((row?.[3] as number) < -(2 ** 28), request, `Expected a sum far below -(2^53), got high = ${show(row?.[3])}`, 'bins')
})

check('the filter comes before the cuts', async (kit) => {
  const subject = await kit.subject('main')
  for (const where of [{ op: 'gt', field: 'orders', value: 1 }, { op: 'eq', field: 'kind', value: 'person' }, { op: 'le', field: 'recencyDays', value: 1000 }] as const) await expectAnswer(subject, bins([onRanks('revenue', 5), onRanks('recencyDays', 3)], { where }), 'bins')
})

check('day-based data, scale 0 and one customer', async (kit) => {
  for (const variant of ['days', 'lines', 'one'] as const) {
    const subject = await kit.subject(variant)
    await expectAnswer(subject, bins([onRanks('recencyDays', 5), onRanks('revenue', 5)], { sums: ALL_SUMS }), 'bins')
  }
})

check('what cannot be cut is FIELD_TYPE, cuts out of order CUTS_NOT_ASCENDING, a bad rank RANK_INVALID', async (kit) => {
  const subject = await kit.subject('main')
  for (const axis of [onRanks('name', 3), at('active', 1), at('customerId', 1), valuesOf('score'), valuesOf('meanOrderValue'), valuesOf('revenue'), valuesOf('createdAt'), valuesOf('born')]) await expectRefusal(subject, bins([axis]), ['FIELD_TYPE'], 'bins')
  await expectRefusal(subject, bins([at('orders', 2, 1)]), ['CUTS_NOT_ASCENDING'], 'bins')
  for (const rank of [{ of: 0, in: 5 }, { of: 5, in: 5 }, { of: 1.5, in: 5 }, { of: 1, in: 10_001 }, { of: -1, in: 5 }]) await expectRefusal(subject, bins([{ field: 'orders', cut: { ranks: [rank] } }]), ['RANK_INVALID'], 'bins')
})

const membersGroup = checksOf('members')
export const memberChecks: readonly CheckDefinition[] = membersGroup.list

membersGroup.check('select any attributes and measures in any order', async (kit) => {
  const subject = await kit.subject('main')
  const everything = ['meanOrderValue', 'lines', 'returnedRevenue', 'revenue', 'orders', 'recencyDays', 'lastDay', 'firstDay', ...(subject.data.sets[0]?.fields.map(({ name }) => name) ?? [])]
  await expectAnswer(subject, members({ select: everything, totals: WINDOW }), 'members')
  await expectAnswer(subject, members({ select: ['revenue'] }), 'members')
})

for (const field of ['recencyDays', 'firstDay', 'revenue', 'meanOrderValue', 'orders', 'name', 'credit', 'active']) {
  membersGroup.check(`ordered by ${field} in both directions with NULLs first and last`, async (kit) => {
    const subject = await kit.subject('main')
    for (const order of allOrders(field)) await expectAnswer(subject, members({ select: ['customerId', field], order: [order] }), 'members')
  })
}

membersGroup.check('ranges hold above and up to, and NULL lies in none', async (kit) => {
  const subject = await kit.subject('main')
  const ranges: readonly (readonly Range[])[] = [
    [{ field: 'recencyDays' }],
    [{ field: 'recencyDays', above: 30 }],
    [{ field: 'recencyDays', upTo: 30 }],
    [{ field: 'recencyDays', above: 29, upTo: 30 }],
    [{ field: 'orders', above: 0, upTo: 2 }, { field: 'revenue', above: -1, upTo: 9000 }],
    [{ field: 'meanOrderValue', above: 4999.5, upTo: 5000 }],
    [{ field: 'score', above: 0 }],
    [{ field: 'score', upTo: -Number.MIN_VALUE }],
    [{ field: 'createdAt', upTo: 0 }, { field: 'born', above: -100_000 }],
    [{ field: 'orders', above: 2, upTo: 1 }],
    [{ field: 'orders', above: 0 }, { field: 'orders', upTo: 3 }],
  ]
  for (const one of ranges) await expectAnswer(subject, members({ ranges: one }), 'members')
})

membersGroup.check('ranges and filter both hold', async (kit) => {
  const subject = await kit.subject('main')
  await expectAnswer(subject, members({ ranges: [{ field: 'revenue', above: 0 }], where: { op: 'or', of: [{ op: 'isNull', field: 'kind' }, { op: 'gt', field: 'orders', value: 2 }] }, order: [by('revenue', 'descending')] }), 'members')
})

membersGroup.check('the members of a bin are as many as the bin says', async (kit) => {
  const subject = await kit.subject('main')
  const request: BinsRequest = bins([onRanks('recencyDays', 3), onRanks('revenue', 4)], { totals: WINDOW })
  if (!subject.offers('bins')) return void (await expectAnswer(subject, members(), 'members'))
  const answer = await subject.ask(request)
  for (const [r, m, customers] of answer.rows) {
    if (r === null || m === null) continue
    const side = (axis: number, bin: number): Range => {
      const cuts = answer.cuts?.[axis] ?? []
      return { field: request.axes[axis]?.field ?? '', ...(bin > 0 ? { above: cuts[bin - 1] as number } : {}), ...(bin < cuts.length ? { upTo: cuts[bin] as number } : {}) }
    }
    const cell = members({ totals: WINDOW, ranges: [side(0, r as number), side(1, m as number)] })
    const found = await expectAnswer(subject, cell, 'members')
    demand(found.rows.length === customers, cell, `The bin counts ${show(customers)} customers, its ranges find ${found.rows.length}`, 'members')
  }
})

membersGroup.check('customers picked by hand', async (kit) => {
  const subject = await kit.subject('main')
  const ids = subject.expected(members()).rows.map((row) => row[0] as string)
  for (const values of [ids.slice(0, 1), ids.slice(3, 60), ids]) await expectAnswer(subject, members({ where: { op: 'in', field: 'customerId', values } }), 'members')
})

membersGroup.check('day-based data, scale 0 and no customers set', async (kit) => {
  for (const variant of ['days', 'lines', 'large'] as const) {
    const subject = await kit.subject(variant)
    await expectAnswer(subject, members({ select: ['customerId', 'firstDay', 'recencyDays', 'revenue', 'meanOrderValue'], order: [by('revenue', 'descending')] }), 'members')
  }
})

membersGroup.check('a range over text or a limit that is no number is FIELD_TYPE', async (kit) => {
  const subject = await kit.subject('main')
  for (const range of [{ field: 'name', above: 1 }, { field: 'active', upTo: 1 }, { field: 'orders', above: NaN }, { field: 'orders', upTo: Infinity }]) await expectRefusal(subject, members({ ranges: [range] }), ['FIELD_TYPE'], 'members')
})
