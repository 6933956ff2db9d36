import type { DataField, FieldType } from '@crm/core/adapter'
import { createRandom } from '../random.ts'
import type { Cell } from '../testkit.types.ts'
import type { PlainSet } from './kitData.ts'
import { AS_OF, CANARY } from './mainSets.ts'

const MAX = Number.MAX_SAFE_INTEGER
const DAY = 86_400_000
const id: FieldType = { kind: 'id' }
const numericId: FieldType = { kind: 'id', numericId: true }
const money = (currency: string, scale: number): FieldType => ({ kind: 'money', currency, scale })

function lineFields(ids: FieldType, at: FieldType, amount: FieldType, nullable: boolean): readonly DataField[] {
  return [
    { name: 'lineId', type: ids, nullable: false },
    { name: 'orderId', type: ids, nullable: false },
    { name: 'customerId', type: ids, nullable },
    { name: 'at', type: at, nullable: false },
    { name: 'amount', type: amount, nullable: false },
  ]
}

/** Day-based, numeric ids (negative and fifteen digits long ones too), money of scale 4, ratings. */
export function daysSets(): readonly PlainSet[] {
  const random = createRandom(20260103)
  const ids = ['0', '-1', '-20', '-3', '999999999999999', '-999999999999999', ...Array.from({ length: 60 }, (_, i) => String(1 + i * i * 7))]
  // Apart from `random`, so that the rest of the data is what it was without products.
  const products = createRandom(20260106)
  const productIds = ['0', '-2', '10', '9', '999999999999999', '-999999999999999', '100', '33']
  const asOfDay = Math.floor(AS_OF / DAY)
  const customers = random.shuffled(ids.slice(0, 58)).map((customerId, i): Cell[] => [customerId, i % 4 === 3 ? null : `n${i % 9}`, random.chance(0.3) ? null : random.pick(ids)])
  const rows: Cell[][] = []
  ids.forEach((customerId, c) => {
    if (c % 9 === 8) return
    const lines = 1 + random.below(6)
    for (let l = 0; l < lines; l++) {
      const day = l === 0 && c % 5 === 0 ? asOfDay : l === 1 && c % 5 === 0 ? asOfDay + 1 : asOfDay - random.below(5000)
      rows.push([String(rows.length * 3), String(c * 10 + random.below(3)), c % 17 === 16 ? null : customerId, c === 3 && l === 0 ? -719_162 : day, random.chance(0.2) ? -random.below(40_000) : random.below(90_000) + 1, products.chance(0.15) ? null : products.pick(productIds)])
    }
  })
  const ratings = [...ids.slice(0, 20), '-77', '77'].flatMap((customerId, c) => productIds.filter((_, p) => (c + p) % 3 !== 0).map((productId): Cell[] => [customerId, productId, products.below(21) / 4]))
  return [
    {
      name: 'customers',
      fields: [
        { name: 'customerId', type: numericId, nullable: false },
        { name: 'name', type: { kind: 'text' }, nullable: true },
        { name: 'referrerId', type: numericId, nullable: true },
      ],
      rows: customers,
    },
    { name: 'transactions', fields: [...lineFields(numericId, { kind: 'date' }, money('USD', 4), true), { name: 'productId', type: numericId, nullable: true }], rows: random.shuffled(rows) },
    {
      name: 'ratings',
      fields: [
        { name: 'customerId', type: numericId, nullable: false },
        { name: 'productId', type: numericId, nullable: false },
        { name: 'rating', type: { kind: 'number' }, nullable: false },
      ],
      rows: products.shuffled(ratings),
    },
  ]
}

/** No customers set: the customers are the distinct ids of the lines. */
export function linesSets(): readonly PlainSet[] {
  const random = createRandom(20260104)
  const rows = Array.from({ length: 180 }, (_, i): Cell[] => [
    `l${i}`,
    `o${random.below(70)}`,
    random.chance(0.1) ? null : `c${random.below(35)}`,
    AS_OF + 3 * DAY - random.below(1500) * 7_200_000,
    random.chance(0.1) ? -random.below(900) : random.below(5000),
  ])
  return [{ name: 'transactions', fields: lineFields(id, { kind: 'instant' }, money('JPY', 0), true), rows }]
}

/** Each customer stays within 2^53 - 1; together they are far beyond, in both directions. */
export function largeSets(): readonly PlainSet[] {
  const random = createRandom(20260105)
  const customers: Cell[][] = []
  const rows: Cell[][] = []
  const line = (customerId: string, amount: number): void => {
    rows.push([`l${rows.length}`, `o${rows.length}`, customerId, AS_OF - rows.length * DAY, amount])
  }
  for (let c = 0; c < 48; c++) {
    const customerId = `c${c}`
    customers.push([customerId, c % 3 === 0 ? 'even' : c % 3 === 1 ? 'odd' : null])
    switch (c % 6) {
      case 0:
        line(customerId, MAX)
        break
      case 1:
        line(customerId, MAX - c)
        line(customerId, c)
        break
      case 2:
        // Purchases and returns at the edge, netting to nearly nothing.
        line(customerId, MAX)
        line(customerId, -MAX + 1)
        break
      case 3:
        line(customerId, -MAX)
        break
      case 4:
        for (let l = 0; l < 9; l++) line(customerId, Math.floor(MAX / 9) - random.below(1000))
        break
      default:
        line(customerId, 1)
    }
  }
  return [
    {
      name: 'customers',
      fields: [
        { name: 'customerId', type: id, nullable: false },
        { name: 'name', type: { kind: 'text' }, nullable: true },
      ],
      rows: customers,
    },
    { name: 'transactions', fields: lineFields(id, { kind: 'instant' }, money('EUR', 2), false), rows: random.shuffled(rows) },
  ]
}

/** At {@link RETURNS_OVERFLOW_AT} the returns of one customer pass 2^53 - 1 by one, at {@link OVERFLOW_AT} the purchases of another. */
export function overflowSets(): readonly PlainSet[] {
  const rows: readonly Cell[][] = [
    ['l0', 'o0', 'c0', AS_OF - 9 * DAY, 10, 'p'],
    ['l1', 'o1', `${CANARY}-over`, AS_OF - 8 * DAY, MAX, 'p'],
    ['l2', 'o2', `${CANARY}-over`, OVERFLOW_AT, 1, 'p'],
    ['l3', 'o3', 'c3', AS_OF - 20 * DAY, -MAX, 'p'],
    ['l4', 'o4', 'c3', RETURNS_OVERFLOW_AT, -1, 'p'],
  ]
  return [{ name: 'transactions', fields: [...lineFields(id, { kind: 'instant' }, money('EUR', 2), false), { name: 'productId', type: id, nullable: false }], rows }]
}

export const RETURNS_OVERFLOW_AT: number = AS_OF - 6 * DAY
export const OVERFLOW_AT: number = AS_OF - 5 * DAY

export function oneSets(): readonly PlainSet[] {
  return [
    { name: 'customers', fields: [{ name: 'customerId', type: id, nullable: false }], rows: [['only']] },
    { name: 'transactions', fields: lineFields(id, { kind: 'instant' }, money('CAD', 3), false), rows: [['l', 'o', 'only', AS_OF - DAY, 12_345]] },
  ]
}
