import type { Expr, PairsRequest, TotalsSpec } from '@crm/core/adapter'
import { HOSTILE_TEXTS, INJECTIONS } from '../data/hostileTexts.ts'
import { AS_OF, FROM } from '../data/mainSets.ts'
import { KIT_ZONES } from '../data/zones.ts'
import { demand } from '../failure.ts'
import { expectAnswer, expectRefusal } from '../subject.ts'
import type { Subject } from '../subject.ts'
import { checksOf } from './define.ts'
import type { CheckDefinition } from './define.ts'
import { idsOf, pairs, SPEC, WINDOW } from './requests.ts'

const { list, check } = checksOf('pairs')
export const pairChecks: readonly CheckDefinition[] = list

const DAY = 86_400_000
const SIDES = ['customers', 'products'] as const
const WEIGHTS = ['one', 'count', 'rating'] as const
const IN_ALL: readonly Pick<PairsRequest, 'over' | 'weight'>[] = SIDES.flatMap((over) => WEIGHTS.map((weight) => ({ over, weight })))

/** Everybody at once. */
const all = (subject: Subject, { over, weight }: Pick<PairsRequest, 'over' | 'weight'>): Pick<PairsRequest, 'over' | 'weight' | 'targets'> => ({ over, weight, targets: idsOf(subject, over, weight).slice(0, 1000) })

for (const { over, weight } of IN_ALL) {
  check(`${over} over ${over === 'customers' ? 'products' : 'customers'}, weighed by ${weight}`, async (kit) => {
    const subject = await kit.subject('main')
    const request = pairs(subject, { ...all(subject, { over, weight }), totals: WINDOW })
    const { rows } = await expectAnswer(subject, request, 'pairs')
    demand(rows.length > 50 && rows.some((row) => (row[2] as number) > 1), request, `The data of the kit have ${rows.length} pairs`, 'pairs')
  })
}

check('a count is of orders, by id, by day or by line', async (kit) => {
  const subject = await kit.subject('main')
  const answers = new Set<string>()
  for (const order of ['orderId', 'day', 'line'] as const) {
    for (const over of SIDES) answers.add(JSON.stringify((await expectAnswer(subject, pairs(subject, { ...all(subject, { over, weight: 'count' }), totals: { ...SPEC, order } }), 'pairs')).rows))
  }
  demand(!subject.offers('pairs') || answers.size === 6, 'counts by id, by day and by line', 'The data of the kit do not tell them apart', 'pairs')
  for (const { offsets } of KIT_ZONES) await expectAnswer(subject, pairs(subject, { ...all(subject, { over: 'products', weight: 'count' }), totals: { ...SPEC, zone: offsets, order: 'day' } }), 'pairs')
})

check('only purchase lines in the window count, and ratings have none', async (kit) => {
  const subject = await kit.subject('main')
  const specs: readonly TotalsSpec[] = [{ ...SPEC, asOf: FROM }, { ...WINDOW, asOf: AS_OF - 1 }, { ...WINDOW, from: FROM + 1 }, { ...SPEC, from: AS_OF - 2000 * DAY, returns: 'drop' }, { ...SPEC, asOf: Date.parse('9999-12-31T23:59:59.999Z') }]
  for (const totals of specs) for (const sides of IN_ALL) await expectAnswer(subject, pairs(subject, { ...all(subject, sides), totals }), 'pairs')
  const days = await kit.subject('days')
  const midnight = Math.floor(AS_OF / DAY) * DAY
  for (const asOf of [midnight - 1, midnight, AS_OF + 9 * DAY]) await expectAnswer(days, pairs(days, { totals: { ...SPEC, asOf, from: asOf - 2500 * DAY } }), 'pairs')
})

check('a filter leaves customers out, compared or as partners', async (kit) => {
  const subject = await kit.subject('main')
  const filters: readonly Expr[] = [
    { op: 'eq', field: 'active', value: true },
    { op: 'gt', field: 'orders', value: 1 },
    { op: 'or', of: [{ op: 'isNull', field: 'tier' }, { op: 'lt', field: 'revenue', value: 5000 }] },
    { op: 'not', of: { op: 'in', field: 'customerId', values: idsOf(subject, 'customers', 'one').slice(0, 50) } },
    { op: 'in', field: 'name', values: [] },
    { op: 'and', of: [] },
  ]
  for (const where of filters) for (const sides of IN_ALL) await expectAnswer(subject, pairs(subject, { ...all(subject, sides), where, totals: WINDOW }), 'pairs')
})

check('customers that only ratings know have no attributes and no orders', async (kit) => {
  const subject = await kit.subject('main')
  const strangers: Expr = { op: 'and', of: [{ op: 'isNull', field: 'tier' }, { op: 'eq', field: 'lines', value: 0 }, { op: 'eq', field: 'revenue', value: 0 }, { op: 'isNull', field: 'lastDay' }] }
  for (const where of [strangers, { op: 'not', of: strangers }, { op: 'startsWith', field: 'customerId', value: 'rater', fold: 'none' }, { op: 'ne', field: 'customerId', value: 'rater1' }] as const) {
    const request = pairs(subject, { ...all(subject, { over: 'customers', weight: 'rating' }), where })
    const { rows } = await expectAnswer(subject, request, 'pairs')
    demand(rows.length > 0, request, 'Nobody is found', 'pairs')
    await expectAnswer(subject, pairs(subject, { ...all(subject, { over: 'products', weight: 'rating' }), where }), 'pairs')
  }
})

check('numeric ids ascend by number, whatever the order of targets', async (kit) => {
  const subject = await kit.subject('days')
  for (const sides of IN_ALL) {
    const { targets, ...rest } = all(subject, sides)
    for (const some of [targets, targets.toReversed(), targets.slice(0, 3)]) await expectAnswer(subject, pairs(subject, { ...rest, targets: some }), 'pairs')
    await expectAnswer(subject, pairs(subject, { ...rest, targets: ['7', '-7', '999999999999998', ...targets.slice(0, 1)] }), 'pairs')
    await expectAnswer(subject, pairs(subject, { ...rest, targets, where: { op: 'gt', field: 'customerId', value: '9' } }), 'pairs')
  }
})

check('what is no id of the data has no rows', async (kit) => {
  const subject = await kit.subject('main')
  for (const sides of IN_ALL) {
    const { targets, ...rest } = all(subject, sides)
    const strangers = [...new Set([...INJECTIONS, ...HOSTILE_TEXTS])].filter((text) => !targets.includes(text))
    for (const some of [['nobody at all'], strangers, [...strangers, targets[0] as string], Array.from({ length: 1000 }, (_, i) => `nobody ${i}`)]) await expectAnswer(subject, pairs(subject, { ...rest, targets: some }), 'pairs')
  }
})

check('lines without a product are counted over the whole scope, ratings send no counts', async (kit) => {
  const subject = await kit.subject('main')
  for (const totals of [SPEC, WINDOW, { ...WINDOW, returns: 'drop' }, { ...WINDOW, order: 'line' }] as const) {
    const request = pairs(subject, { totals, where: { op: 'eq', field: 'active', value: true } })
    const { counts } = await expectAnswer(subject, request, 'pairs')
    demand(counts?.some(({ code }) => code === 'LINES_WITHOUT_PRODUCT') === true, request, 'The data of the kit have no lines without a product', 'pairs')
    await expectAnswer(subject, pairs(subject, { totals, weight: 'rating' }), 'pairs')
    await expectAnswer(subject, pairs(subject, { totals, weight: 'rating', where: { op: 'gt', field: 'orders', value: 0 } }), 'pairs')
  }
})

check('no data give no rows', async (kit) => {
  const subject = await kit.subject('empty')
  for (const sides of IN_ALL) await expectAnswer(subject, pairs(subject, { ...sides, targets: ['p1', 'c1'] }), 'pairs')
})

check('targets that make no sense are refused', async (kit) => {
  const subject = await kit.subject('main')
  const many = Array.from({ length: 1001 }, (_, i) => `p${i}`)
  const wrong = [
    [{ targets: [] }, 'REQUEST_INVALID'],
    [{ targets: [1] }, 'REQUEST_INVALID'],
    [{ targets: 'p1' }, 'REQUEST_INVALID'],
    [{ over: 'orders' }, 'REQUEST_INVALID'],
    [{ weight: 'twice' }, 'REQUEST_INVALID'],
    [{ targets: many }, 'LIST_TOO_LONG'],
    [{ targets: ['p1', 'p2', 'p1'] }, 'KEY_DUPLICATE'],
    [{ where: { op: 'isNull', field: 'productId' } }, 'FIELD_UNKNOWN'],
  ] as const
  for (const [more, code] of wrong) await expectRefusal(subject, { ...pairs(subject), ...more } as unknown as PairsRequest, [code], 'pairs')
  const days = await kit.subject('days')
  for (const over of SIDES) for (const target of ['07', '', 'x', '1.5', '+1', ' 1', '1e3']) await expectRefusal(days, pairs(days, { over, targets: ['1', target] }), ['ID_NOT_NUMERIC'], 'pairs')
})

check('lines without products are FIELD_UNKNOWN, a shop without ratings SET_MISSING', async (kit) => {
  const subject = await kit.subject('lines')
  for (const over of SIDES) {
    for (const weight of ['one', 'count'] as const) await expectRefusal(subject, pairs(subject, { over, weight, targets: ['c1'] }), ['FIELD_UNKNOWN'], 'pairs')
    await expectRefusal(subject, pairs(subject, { over, weight: 'rating', targets: ['c1'] }), ['SET_MISSING'], 'pairs')
  }
})
