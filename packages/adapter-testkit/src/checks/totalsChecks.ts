import type { TotalsSpec } from '@crm/core/adapter'
import { AS_OF, FROM } from '../data/mainSets.ts'
import { OVERFLOW_AT, RETURNS_OVERFLOW_AT } from '../data/smallSets.ts'
import { KIT_ZONES } from '../data/zones.ts'
import { demand, show } from '../failure.ts'
import { expectAnswer, expectRefusal } from '../subject.ts'
import type { Subject } from '../subject.ts'
import type { KitVariant } from '../testkit.types.ts'
import { checksOf } from './define.ts'
import type { CheckDefinition, Kit } from './define.ts'
import { bins, members, pairs, SPEC, totals, WINDOW } from './requests.ts'

const { list, check } = checksOf('totals')
export const totalsChecks: readonly CheckDefinition[] = list

const DAY = 86_400_000

/** Totals where they are offered, else the same figures by members or bins, else nothing to ask. */
async function expectTotals(kit: Kit, variant: KitVariant, ...specs: readonly TotalsSpec[]): Promise<Subject> {
  const subject = await kit.subject(variant)
  for (const spec of specs) await expectAnswer(subject, totals(spec), 'totals')
  return subject
}

check('net uses every line in the window', async (kit) => void (await expectTotals(kit, 'main', SPEC, WINDOW)))
check('drop leaves returns out and counts them', async (kit) => void (await expectTotals(kit, 'main', { ...SPEC, returns: 'drop' }, { ...WINDOW, returns: 'drop', order: 'line' })))
check('orders are distinct order ids of one customer', async (kit) => void (await expectTotals(kit, 'main', { ...WINDOW, order: 'orderId' }, { ...WINDOW, order: 'orderId', returns: 'drop' })))
check('orders are distinct days where the spec says so', async (kit) => void (await expectTotals(kit, 'main', { ...WINDOW, order: 'day' }, { ...SPEC, order: 'day', returns: 'drop' })))
check('orders are purchase lines where the spec says so', async (kit) => void (await expectTotals(kit, 'main', { ...WINDOW, order: 'line' }, { ...SPEC, order: 'line' })))

for (const zone of KIT_ZONES) {
  check(`days in ${zone.timeZone}: ${zone.why}`, async (kit) => {
    const around = [zone.changeAt - DAY, zone.changeAt - 1, zone.changeAt, zone.changeAt + 30_000, zone.changeAt + 3_600_000, zone.changeAt + DAY]
    const specs = around.map((asOf): TotalsSpec => ({ ...SPEC, asOf, zone: zone.offsets, order: 'day' }))
    await expectTotals(kit, 'main', { ...SPEC, zone: zone.offsets }, { ...SPEC, zone: zone.offsets, order: 'day' }, ...specs)
  })
}

check('the first offset also holds before its time', async (kit) => {
  const since = Date.parse('2020-01-01T00:00Z')
  await expectTotals(kit, 'main', { ...SPEC, zone: [{ since, offsetMinutes: 840 }] }, { ...SPEC, zone: [{ since, offsetMinutes: -720 }, { since: since + DAY, offsetMinutes: 0 }], order: 'day' })
})

check('a line at asOf counts, one a millisecond later does not', async (kit) => {
  await expectTotals(kit, 'main', ...[-1, 0, 1, 2].map((step): TotalsSpec => ({ ...SPEC, asOf: AS_OF + step })))
})

check('a line at from counts, one a millisecond earlier does not', async (kit) => {
  await expectTotals(kit, 'main', ...[-1, 0, 1, 2].map((step): TotalsSpec => ({ ...SPEC, from: FROM + step })), { ...SPEC, from: AS_OF }, { ...SPEC, from: AS_OF - DAY })
})

check('before the first line nobody has an order', async (kit) => {
  const subject = await expectTotals(kit, 'main', { ...SPEC, asOf: Date.parse('1950-06-01T00:00Z') }, { ...SPEC, asOf: Date.parse('1969-12-31T23:59:59.999Z') })
  const request = totals({ ...SPEC, asOf: Date.parse('1950-06-01T00:00Z') })
  demand(subject.expected(request).rows.every((row) => row[4] === 0 && row[1] === null), request, 'The data of the kit have a line before 1950', 'totals')
})

check('far away in time: lines of 1969 and of 9999', async (kit) => void (await expectTotals(kit, 'main', { ...SPEC, asOf: Date.parse('9999-12-31T23:59:59.999Z') }, { ...SPEC, from: Date.parse('1900-01-01T00:00Z'), asOf: 0 })))

check('returns alone give negative revenue and no day', async (kit) => {
  const subject = await kit.subject('main')
  const request = totals(SPEC, { where: { op: 'and', of: [{ op: 'lt', field: 'revenue', value: 0 }, { op: 'isNull', field: 'lastDay' }] } })
  const answer = await expectAnswer(subject, request, 'totals')
  demand(answer.rows.length > 0, request, 'Nobody has returns alone', 'totals')
})

check('prospects and customers known from lines alone are rows', async (kit) => {
  const subject = await kit.subject('main')
  const prospects = totals(SPEC, { where: { op: 'and', of: [{ op: 'isNull', field: 'lastDay' }, { op: 'eq', field: 'lines', value: 0 }, { op: 'not', of: { op: 'isNull', field: 'tier' } }] } })
  const strangers = totals(SPEC, { where: { op: 'isNull', field: 'tier' } })
  for (const request of [prospects, strangers]) demand((await expectAnswer(subject, request, 'totals')).rows.length > 0, request, 'Nobody is found', 'totals')
})

check('a zero amount is a line but no order', async (kit) => {
  const subject = await kit.subject('main')
  const request = totals(SPEC, { where: { op: 'and', of: [{ op: 'eq', field: 'orders', value: 0 }, { op: 'gt', field: 'lines', value: 0 }, { op: 'eq', field: 'returnedRevenue', value: 0 }] } })
  demand((await expectAnswer(subject, request, 'totals')).rows.length > 0, request, 'Nobody is found', 'totals')
})

check('what was left out is counted, over the whole scope, in every kind of summary', async (kit) => {
  const subject = await kit.subject('main')
  const codes = new Set<string>()
  for (const spec of [SPEC, WINDOW, { ...WINDOW, returns: 'drop' }, { ...WINDOW, order: 'day' }, { ...WINDOW, order: 'line' }] as const) {
    const where = { op: 'eq', field: 'active', value: true } as const
    for (const request of [totals(spec), totals(spec, { where }), bins([], { totals: spec, where }), members({ totals: spec, where, limit: 1 })]) {
      if (!subject.offers(request.kind)) continue
      const expected = subject.expected(request).counts ?? []
      const { counts = [] } = await subject.ask(request)
      demand(show(counts.map(({ code, count }) => [code, count])) === show(expected.map(({ code, count }) => [code, count])), request, `Expected the counts ${JSON.stringify(expected)}, got ${JSON.stringify(counts)}`, 'totals')
      for (const { code } of expected) codes.add(code)
    }
  }
  if (subject.offers('totals')) demand(codes.size === 6, 'the counts of five specs', `The data of the kit provoke ${codes.size} of six codes`, 'totals')
})

check('mean order value is one division', async (kit) => {
  const subject = await kit.subject('main')
  await expectAnswer(subject, members({ select: ['customerId', 'meanOrderValue', 'revenue', 'orders'], order: [{ field: 'meanOrderValue', direction: 'descending', nulls: 'last' }] }), 'totals')
  await expectAnswer(await kit.subject('large'), members({ select: ['customerId', 'meanOrderValue'], order: [{ field: 'meanOrderValue', direction: 'ascending', nulls: 'first' }] }), 'totals')
})

check('day-based lines are never shifted by a zone', async (kit) => {
  const zones = [[{ since: 0, offsetMinutes: 840 }], [{ since: 0, offsetMinutes: -720 }], KIT_ZONES[2]?.offsets ?? []]
  await expectTotals(kit, 'days', SPEC, ...zones.flatMap((zone): TotalsSpec[] => [{ ...SPEC, zone }, { ...SPEC, zone, order: 'day', returns: 'drop' }, { ...SPEC, zone, from: AS_OF - 1000 * DAY }]))
})

check('day-based windows are whole days', async (kit) => {
  const midnight = Math.floor(AS_OF / DAY) * DAY
  await expectTotals(kit, 'days', ...[midnight - 1, midnight, midnight + DAY - 1, midnight + DAY].flatMap((asOf): TotalsSpec[] => [{ ...SPEC, asOf }, { ...SPEC, asOf: AS_OF + 9 * DAY, from: asOf - 500 * DAY }]))
})

check('without a customers set the customers are the ids of the lines', async (kit) => void (await expectTotals(kit, 'lines', SPEC, { ...SPEC, returns: 'drop', order: 'day' }, { ...SPEC, from: AS_OF - 90 * DAY })))

check('one customer with one line', async (kit) => void (await expectTotals(kit, 'one', SPEC, { ...SPEC, asOf: AS_OF - 2 * DAY })))

check('no data give no rows', async (kit) => {
  const subject = await kit.subject('empty')
  for (const request of [totals(), members(), totals(WINDOW, { limit: 3 })]) if (subject.offers(request.kind)) await expectAnswer(subject, request, 'totals')
})

check('sums up to 2^53 - 1 are exact', async (kit) => void (await expectTotals(kit, 'large', SPEC, { ...SPEC, returns: 'drop' }, { ...SPEC, order: 'line' })))

check('purchases or returns of one customer beyond 2^53 - 1 are MONEY_RANGE', async (kit) => {
  const subject = await kit.subject('overflow')
  const before: TotalsSpec = { ...SPEC, asOf: RETURNS_OVERFLOW_AT - 1 }
  await expectAnswer(subject, totals(before), 'totals')
  // Only lines in the window count.
  await expectAnswer(subject, totals({ ...SPEC, from: RETURNS_OVERFLOW_AT }), 'totals')
  for (const spec of [{ ...SPEC, asOf: RETURNS_OVERFLOW_AT }, { ...SPEC, asOf: OVERFLOW_AT, from: AS_OF - 9 * DAY }, { ...SPEC, returns: 'drop' }] as const) {
    for (const request of [totals(spec), bins([], { totals: spec }), members({ totals: spec }), pairs(subject, { totals: spec })]) {
      if (subject.offers(request.kind)) await expectRefusal(subject, request, ['MONEY_RANGE'], 'totals')
    }
  }
})

check('a spec that makes no sense is SPEC_INVALID', async (kit) => {
  const subject = await kit.subject('main')
  const wrong = [{ ...SPEC, asOf: NaN }, { ...SPEC, asOf: 1.5 }, { ...SPEC, from: AS_OF + 1 }, { ...SPEC, zone: [] }, { ...SPEC, zone: [{ since: 2, offsetMinutes: 0 }, { since: 1, offsetMinutes: 60 }] }, { ...SPEC, order: 'week' }, { ...SPEC, returns: 'ignore' }] as readonly TotalsSpec[]
  for (const spec of wrong) {
    for (const request of [totals(spec), bins([], { totals: spec }), members({ totals: spec }), pairs(subject, { totals: spec })]) if (subject.offers(request.kind)) await expectRefusal(subject, request, ['SPEC_INVALID'], 'totals')
  }
})
