import type { Expr, Scalar } from '@crm/core/adapter'
import { HOSTILE_TEXTS, isAwkward } from '../data/hostileTexts.ts'
import { demand } from '../failure.ts'
import { expectAnswer, expectRefusal } from '../subject.ts'
import { checksOf } from './define.ts'
import type { CheckDefinition, Kit } from './define.ts'
import { bins, customersWhere, members, onRanks, readField, SPEC, totals, WINDOW } from './requests.ts'

const { list, check } = checksOf('filters')
export const filterChecks: readonly CheckDefinition[] = list

const COMPARISONS = ['eq', 'ne', 'lt', 'le', 'gt', 'ge'] as const
const MAX = Number.MAX_SAFE_INTEGER

async function expectCustomers(kit: Kit, ...filters: readonly Expr[]): Promise<void> {
  const subject = await kit.subject('main')
  for (const where of filters) await expectAnswer(subject, customersWhere(where), 'order')
}

const VALUES: readonly (readonly [type: string, field: string, values: readonly Scalar[]])[] = [
  ['text', 'name', ['a', 'z', '', '\uffff', '\u{1f600}', '\u00e9', 'a\u0301', '~']],
  ['ids', 'customerId', ['c1', 'A', '__proto__', '\u{10000}', '\ue000', 'c100']],
  ['integers', 'level', [0, 1, -1, MAX, -MAX, MAX - 1, 2 ** 31]],
  ['numbers', 'score', [0, 0.3, 0.1 + 0.2, Number.MIN_VALUE, -Number.MAX_VALUE, 1 + Number.EPSILON, 2 ** 53]],
  ['money', 'credit', [0, 99, 100, MAX, -MAX]],
  ['instants', 'createdAt', [0, -1, 1, Date.parse('2016-02-29T00:00Z'), Date.parse('9999-12-31T23:59:59.999Z')]],
  ['dates', 'born', [0, -1, -719_162, 2_932_896]],
]
for (const [type, field, values] of VALUES) {
  check(`all six comparisons on ${type}`, (kit) => expectCustomers(kit, ...values.flatMap((value) => COMPARISONS.map((op): Expr => ({ op, field, value })))))
}

check('booleans take eq, ne and in', (kit) =>
  expectCustomers(
    kit,
    ...[true, false].flatMap((value): Expr[] => [{ op: 'eq', field: 'active', value }, { op: 'ne', field: 'active', value }, { op: 'in', field: 'active', values: [value] }]),
    { op: 'in', field: 'active', values: [true, false] },
  ))

check('numeric ids compare by number', async (kit) => {
  const subject = await kit.subject('days')
  for (const value of ['9', '10', '-3', '0', '999999999999999', '-999999999999999', '8']) {
    for (const op of COMPARISONS) await expectAnswer(subject, customersWhere({ op, field: 'customerId', value }), 'values')
    await expectAnswer(subject, customersWhere({ op: 'startsWith', field: 'customerId', value, fold: 'none' }), 'values')
  }
  await expectAnswer(subject, customersWhere({ op: 'in', field: 'referrerId', values: ['1', '8', '29', '-20'] }), 'values')
})

check('a fraction or a huge number compares exactly with whole fields', (kit) =>
  expectCustomers(
    kit,
    ...['level', 'tier', 'credit', 'createdAt', 'born'].flatMap((field) => [0.5, -0.5, 2.5, 1e300, -1e300, 2 ** 63, -(2 ** 64), 1e-320].flatMap((value) => COMPARISONS.map((op): Expr => ({ op, field, value })))),
    { op: 'in', field: 'tier', values: [1.5, 2, 1e300] },
  ))

check('-0 is 0', (kit) => expectCustomers(kit, ...['score', 'level'].flatMap((field) => [...COMPARISONS.map((op): Expr => ({ op, field, value: -0 })), { op: 'in', field, values: [-0] } as const])))

check('a comparison with NULL is unknown, and so is its negation', (kit) =>
  expectCustomers(
    kit,
    ...['name', 'level', 'active', 'createdAt'].flatMap((field): Expr[] => {
      const value = field === 'name' ? 'a' : field === 'active' ? true : 1
      const leaf: Expr = { op: 'eq', field, value }
      return [leaf, { op: 'not', of: leaf }, { op: 'not', of: { op: 'not', of: leaf } }, { op: 'or', of: [leaf, { op: 'not', of: leaf }] }, { op: 'and', of: [leaf, { op: 'not', of: leaf }] }, { op: 'ne', field, value }]
    }),
    { op: 'not', of: { op: 'contains', field: 'name', value: 'a', fold: 'none' } },
    { op: 'not', of: { op: 'startsWith', field: 'name', value: '', fold: 'ascii' } },
  ))

check('and, or and not follow Kleene on all nine pairs', (kit) => {
  // `active` gives true, false and unknown; so does the flag with the hostile name.
  const a: Expr = { op: 'eq', field: 'active', value: true }
  const b: Expr = { op: 'eq', field: 'constructor', value: 1 }
  const filters: Expr[] = []
  for (const op of ['and', 'or'] as const) {
    const both: Expr = { op, of: [a, b] }
    filters.push(both, { op: 'not', of: both }, { op, of: [{ op: 'not', of: a }, b] }, { op: 'not', of: { op, of: [a, { op: 'not', of: b }] } }, { op, of: [both, { op: 'not', of: both }] })
  }
  return expectCustomers(kit, ...filters)
})

check('isNull is never unknown', (kit) =>
  expectCustomers(kit, ...['name', 'level', 'active', 'credit', 'born', 'referrerId'].flatMap((field): Expr[] => [{ op: 'isNull', field }, { op: 'not', of: { op: 'isNull', field } }, { op: 'or', of: [{ op: 'isNull', field }, { op: 'not', of: { op: 'isNull', field } }] }])))

check('in is unknown for NULL, and so is not in', (kit) =>
  expectCustomers(
    kit,
    ...(
      [
        ['name', ['a', 'A', '', '\u{1f600}', 'no such name']],
        ['level', [0, 1, 2, MAX]],
        ['stage', ['new', '']],
        ['score', [0.1 + 0.2, -1.5]],
      ] as const
    ).flatMap(([field, values]): Expr[] => [{ op: 'in', field, values }, { op: 'not', of: { op: 'in', field, values } }, { op: 'in', field, values: [...values, ...values] }]),
  ))

check('an empty list is false for every row, NULL ones too', (kit) =>
  expectCustomers(
    kit,
    ...['name', 'level', 'active'].flatMap((field): Expr[] => [{ op: 'in', field, values: [] }, { op: 'not', of: { op: 'in', field, values: [] } }, { op: 'or', of: [{ op: 'in', field, values: [] }, { op: 'isNull', field }] }]),
  ))

check('an empty and is true, an empty or false', (kit) => expectCustomers(kit, { op: 'and', of: [] }, { op: 'or', of: [] }, { op: 'not', of: { op: 'and', of: [] } }, { op: 'not', of: { op: 'or', of: [] } }, { op: 'and', of: [{ op: 'or', of: [] }, { op: 'isNull', field: 'name' }] }))

check('a list of 10,000 values is answered, one more is LIST_TOO_LONG', async (kit) => {
  const subject = await kit.subject('main')
  const known = subject.expected(readField('customers', 'customerId', 'customerId')).rows.slice(0, 50).map((row) => row[0] as string)
  const values = [...Array.from({ length: 9950 }, (_, i) => `nobody ${i}`), ...known]
  await expectAnswer(subject, customersWhere({ op: 'in', field: 'customerId', values }), 'order')
  await expectAnswer(subject, customersWhere({ op: 'not', of: { op: 'in', field: 'customerId', values } }), 'order')
  await expectRefusal(subject, customersWhere({ op: 'in', field: 'customerId', values: [...values, 'one too many'] }), ['LIST_TOO_LONG'], 'order')
})

check('% _ and \\ are letters like others', (kit) =>
  expectCustomers(
    kit,
    ...['%', '_', '\\', '\\%', 'a%', 'a_', '%%', '*', '?', '.', '.*', '[a]', '^', '$', "'", '"'].flatMap((value) => (['contains', 'startsWith'] as const).flatMap((op) => (['none', 'ascii'] as const).map((fold): Expr => ({ op, field: 'name', value, fold })))),
  ))

check('fold ascii folds A-Z and nothing else', (kit) =>
  expectCustomers(
    kit,
    ...['k', 'K', '\u212a', 's', '\u017f', 'ss', '\u00df', 'i', 'I', '\u0130', '\u0131', '\u00e9', '\u00c9', 'A\u030a', '\u00c5', '\u00e5', 'zurich', 'ZURICH', 'Z\u00dcRICH', '[', '{', '@', '`'].flatMap((value) =>
      (['contains', 'startsWith'] as const).flatMap((op) => (['none', 'ascii'] as const).map((fold): Expr => ({ op, field: 'name', value, fold }))),
    ),
  ))

check('contains and startsWith on ids and on pieces of emoji', (kit) =>
  expectCustomers(
    kit,
    ...['c1', 'C1', '', 'proto', '\u{1f600}', '\u200d', '\ufe0f', '\u0301', 'x'.repeat(4999)].flatMap((value) =>
      ['customerId', 'referrerId', 'name'].flatMap((field) => (['contains', 'startsWith'] as const).map((op): Expr => ({ op, field, value, fold: 'ascii' }))),
    ),
  ))

check('half of an emoji is in no text that holds the whole', (kit) =>
  expectCustomers(
    kit,
    ...['\ud83d', '\ude00', '\ud83d\ude00\ud83d', '\udc68\u200d', '\u200d\ud83d'].flatMap((value) => (['contains', 'startsWith'] as const).flatMap((op): Expr[] => [{ op, field: 'name', value, fold: 'none' }, { op: 'not', of: { op, field: 'name', value, fold: 'ascii' } }])),
  ))

check('text compares by code point', (kit) => expectCustomers(kit, ...HOSTILE_TEXTS.filter((value) => value.length < 4 && !isAwkward(value)).map((value, i): Expr => ({ op: i % 2 === 0 ? 'lt' : 'ge', field: 'name', value }))))

check('fifty levels deep', (kit) => {
  let where: Expr = { op: 'eq', field: 'active', value: true }
  for (let depth = 0; depth < 50; depth++) where = depth % 3 === 0 ? { op: 'not', of: where } : { op: depth % 3 === 1 ? 'and' : 'or', of: [where, { op: 'isNull', field: 'name' }] }
  return expectCustomers(kit, where)
})

check('a scalar that does not fit its field is FIELD_TYPE', async (kit) => {
  const subject = await kit.subject('main')
  const wrong: readonly Expr[] = [
    { op: 'eq', field: 'name', value: 1 },
    { op: 'eq', field: 'customerId', value: true },
    { op: 'lt', field: 'level', value: '1' },
    { op: 'ge', field: 'credit', value: true },
    { op: 'eq', field: 'createdAt', value: '2024-01-01' },
    { op: 'lt', field: 'active', value: true },
    { op: 'eq', field: 'active', value: 1 },
    { op: 'eq', field: 'score', value: NaN },
    { op: 'gt', field: 'score', value: Infinity },
    { op: 'in', field: 'name', values: ['a', 1] },
    { op: 'in', field: 'level', values: [1, 'a'] },
    { op: 'eq', field: 'name', value: null as never },
    { op: 'in', field: 'name', values: ['a', null as never] },
    { op: 'contains', field: 'level', value: '1', fold: 'none' },
    { op: 'startsWith', field: 'active', value: 't', fold: 'ascii' },
  ]
  for (const where of wrong) {
    await expectRefusal(subject, customersWhere(where), ['FIELD_TYPE'], 'order')
    if (subject.offers('members')) await expectRefusal(subject, members({ where }), ['FIELD_TYPE'], 'order')
  }
})

check('a text that is no canonical number is ID_NOT_NUMERIC on numeric ids', async (kit) => {
  const subject = await kit.subject('days')
  for (const value of ['', 'a', '007', '1.0', '+1', '-0', ' 1', '1e3', '1000000000000000', '\u0661']) {
    for (const where of [{ op: 'eq', field: 'customerId', value }, { op: 'lt', field: 'referrerId', value }, { op: 'in', field: 'customerId', values: ['1', value] }] as const) await expectRefusal(subject, customersWhere(where), ['ID_NOT_NUMERIC'], 'order')
    // A piece of an id may be any text.
    await expectAnswer(subject, customersWhere({ op: 'contains', field: 'customerId', value, fold: 'none' }), 'order')
  }
})

check('a shape that is no filter is refused with a code', async (kit) => {
  const subject = await kit.subject('main')
  const wrong = [{ op: 'sql', field: 'name', value: '1=1' }, { op: 'and' }, { op: 'not' }, 'name = 1', { op: 'in', field: 'name' }, { op: 'contains', field: 'name', value: 'a', fold: 'unicode' }, null] as unknown as readonly Expr[]
  for (const where of wrong) await expectRefusal(subject, customersWhere(where), ['REQUEST_INVALID', 'FIELD_TYPE', 'FIELD_UNKNOWN'], 'order')
})

check('summaries take attributes and measures in one filter', async (kit) => {
  const subject = await kit.subject('main')
  const filters: readonly Expr[] = [
    { op: 'and', of: [{ op: 'gt', field: 'orders', value: 1 }, { op: 'eq', field: 'active', value: true }] },
    { op: 'or', of: [{ op: 'isNull', field: 'lastDay' }, { op: 'contains', field: 'email', value: '1', fold: 'none' }] },
    { op: 'not', of: { op: 'le', field: 'recencyDays', value: 900 } },
    { op: 'not', of: { op: 'in', field: 'lines', values: [1, 2] } },
    { op: 'or', of: [{ op: 'lt', field: 'revenue', value: 0 }, { op: 'gt', field: 'returnedRevenue', value: 0 }] },
    { op: 'ge', field: 'meanOrderValue', value: 1 / 3 },
    { op: 'eq', field: 'meanOrderValue', value: 5000 },
    { op: 'and', of: [{ op: 'isNull', field: 'name' }, { op: 'ge', field: 'firstDay', value: 16_000 }] },
    { op: 'not', of: { op: 'eq', field: 'kind', value: 'person' } },
  ]
  for (const where of filters) {
    for (const request of [totals(WINDOW, { where }), bins([onRanks('revenue', 4)], { where }), members({ where, totals: WINDOW })]) if (subject.offers(request.kind)) await expectAnswer(subject, request, 'totals')
  }
})

check('a filter of lines reads transactions by any field', async (kit) => {
  const subject = await kit.subject('main')
  const filters: readonly Expr[] = [
    { op: 'lt', field: 'amount', value: 0 },
    { op: 'and', of: [{ op: 'le', field: 'at', value: SPEC.asOf }, { op: 'gt', field: 'at', value: SPEC.asOf - 86_400_000 * 365 }] },
    { op: 'isNull', field: 'customerId' },
    { op: 'not', of: { op: 'in', field: 'quantity', values: [1, 2, 3] } },
    { op: 'or', of: [{ op: 'gt', field: 'discount', value: 0.5 }, { op: 'eq', field: 'online', value: false }] },
  ]
  for (const where of filters) {
    const answer = await expectAnswer(subject, { kind: 'scan', set: 'transactions', select: ['lineId', 'amount', 'quantity'], where }, 'order')
    demand(answer.rows.length > 0, where, 'The filter of the kit finds nothing', 'order')
  }
})
