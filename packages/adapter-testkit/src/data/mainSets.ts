import type { DataField, FieldType } from '@crm/core/adapter'
import { createRandom } from '../random.ts'
import type { Cell } from '../testkit.types.ts'
import { HOSTILE_TEXTS } from './hostileTexts.ts'
import type { PlainSet } from './kitData.ts'
import { KIT_ZONES } from './zones.ts'

const DAY = 86_400_000
const MAX = Number.MAX_SAFE_INTEGER

/** The window that most requests ask for. Lines lie on both edges and one millisecond beyond. */
export const AS_OF: number = Date.parse('2025-01-15T12:00:00.000Z')
export const FROM: number = Date.parse('2009-06-01T00:00:00.000Z')

/** Stands in personal fields and in ids; must never reach an error. */
export const CANARY = 'canary-7b1f'

export const EURO: FieldType = { kind: 'money', currency: 'EUR', scale: 2 }
const text: FieldType = { kind: 'text' }
const id: FieldType = { kind: 'id' }
const needed = (name: string, type: FieldType): DataField => ({ name, type, nullable: false })
const optional = (name: string, type: FieldType): DataField => ({ name, type, nullable: true })

/** Names that a mapping must quote and a record must not be keyed by. */
export const HOSTILE_FIELDS = ['__proto__', 'constructor', 'he said "x"; drop table customers; --'] as const

const CUSTOMER_FIELDS: readonly DataField[] = [
  needed('customerId', id),
  { ...optional('name', text), sensitivity: 'personal' },
  { ...optional('email', text), sensitivity: 'personal' },
  optional('kind', text),
  optional('stage', text),
  optional('createdAt', { kind: 'instant' }),
  optional('born', { kind: 'date' }),
  optional('active', { kind: 'boolean' }),
  optional('score', { kind: 'number' }),
  optional('level', { kind: 'integer' }),
  needed('tier', { kind: 'integer' }),
  optional('credit', EURO),
  optional('referrerId', id),
  optional(HOSTILE_FIELDS[0], text),
  optional(HOSTILE_FIELDS[1], { kind: 'integer' }),
  optional(HOSTILE_FIELDS[2], { kind: 'boolean' }),
]

const TRANSACTION_FIELDS: readonly DataField[] = [
  needed('lineId', id),
  needed('orderId', id),
  optional('customerId', id),
  optional('productId', id),
  needed('at', { kind: 'instant' }),
  needed('amount', EURO),
  optional('quantity', { kind: 'integer' }),
  optional('note', text),
  optional('online', { kind: 'boolean' }),
  optional('discount', { kind: 'number' }),
]

const PRODUCT_FIELDS: readonly DataField[] = [
  needed('productId', id),
  optional('name', text),
  optional('category', text),
  optional('price', EURO),
  optional('cost', EURO),
  optional('available', { kind: 'boolean' }),
  optional('weight', { kind: 'number' }),
]

const INTERACTION_FIELDS: readonly DataField[] = [
  needed('interactionId', id),
  needed('customerId', id),
  needed('at', { kind: 'instant' }),
  needed('lane', text),
  optional('channel', text),
  optional('direction', text),
  optional('status', text),
  optional('satisfaction', { kind: 'number' }),
  optional('subject', text),
]

const RATING_FIELDS: readonly DataField[] = [needed('customerId', id), needed('productId', id), needed('rating', { kind: 'number' }), optional('at', { kind: 'instant' })]

const EDGE_INTEGERS: readonly Cell[] = [MAX, -MAX, MAX - 1, -MAX + 1, 0, 1, -1, 2 ** 31, -(2 ** 31) - 1, 2 ** 32, 2 ** 52 + 1, 100, 99, null, null]
/** Largest, smallest normal, subnormals, ulp neighbours, the sum that is not 0.3, -0. */
const EDGE_NUMBERS: readonly Cell[] = [
  Number.MAX_VALUE, -Number.MAX_VALUE, Number.MIN_VALUE, -Number.MIN_VALUE, 2.2250738585072014e-308, 2.225073858507201e-308, 0.1 + 0.2, 0.3, 1 / 3, -0, 0, 1, 1 + Number.EPSILON, 1e21, 1e-7, 123456789.12345679, 2 ** 53, -1.5, 0.5, null, null,
]
const EDGE_INSTANTS: readonly Cell[] = [
  '0001-01-01T00:00:00.000Z', '1582-10-15T00:00:00.000Z', '1899-12-31T23:59:59.999Z', '1969-12-31T23:59:59.999Z', '1970-01-01T00:00:00.000Z', '1970-01-01T00:00:00.001Z', '2000-02-29T23:59:59.999Z', '2038-01-19T03:14:08.000Z', '2262-04-11T23:47:16.855Z', '9999-12-31T23:59:59.999Z',
].map((iso): Cell => Date.parse(iso)).concat([null, null])
const EDGE_DATES: readonly Cell[] = ['0001-01-01', '1582-10-04', '1582-10-15', '1900-02-28', '1969-12-31', '1970-01-01', '2000-02-29', '2024-02-29', '9999-12-31']
  .map((iso): Cell => Date.parse(iso + 'T00:00:00Z') / DAY)
  .concat([null, null])

/** Hostile texts that can be an id: not empty, not blank, and not endless. */
const HOSTILE_IDS: readonly string[] = HOSTILE_TEXTS.filter((value) => value.trim() !== '' && value.length < 64)

export function mainSets(): readonly PlainSet[] {
  const random = createRandom(20260101)
  const cycle = (list: readonly Cell[], i: number): Cell => list[i % list.length] as Cell

  // Half of the ids are hostile. The last 24 occur in transactions only.
  const plainIds = Array.from({ length: 130 }, (_, i) => (i === 7 ? `${CANARY}-id` : `c${i}`))
  const everybody = random.shuffled([...HOSTILE_IDS.slice(0, 120), ...plainIds])
  const known = everybody.slice(0, everybody.length - 24)

  const customers = known.map((customerId, i): Cell[] => [
    customerId,
    i % 11 === 10 ? null : cycle(HOSTILE_TEXTS, i),
    i % 5 === 4 ? null : `${CANARY}-${i}@example.test`,
    cycle(['person', 'organisation', 'person', null], i),
    cycle([null, 'new', 'active', 'at risk', 'lost', '', 'Active'], random.below(7)),
    i < EDGE_INSTANTS.length ? cycle(EDGE_INSTANTS, i) : random.chance(0.1) ? null : Date.parse('2015-01-01T00:00Z') + random.below(10 * 365) * DAY,
    i < EDGE_DATES.length ? cycle(EDGE_DATES, i) : random.chance(0.2) ? null : random.below(25_000) - 8000,
    cycle([true, false, null], random.below(3)),
    i < EDGE_NUMBERS.length ? cycle(EDGE_NUMBERS, i) : random.chance(0.2) ? null : (random.below(2001) - 1000) / 8,
    i < EDGE_INTEGERS.length ? cycle(EDGE_INTEGERS, i) : random.chance(0.2) ? null : random.below(20) - 10,
    random.below(5),
    i < EDGE_INTEGERS.length ? cycle(EDGE_INTEGERS, i) : random.chance(0.3) ? null : random.below(20_001) - 5000,
    random.chance(0.6) ? null : random.pick(known),
    i % 7 === 3 ? null : cycle(HOSTILE_TEXTS, HOSTILE_TEXTS.length - 1 - (i % HOSTILE_TEXTS.length)),
    cycle([null, 1, 2, 3, -1], random.below(5)),
    cycle([true, null, false], i),
  ])

  const products = Array.from({ length: 60 }, (_, i): Cell[] => [
    i < 30 ? (HOSTILE_IDS[i * 4] as string) : `p${i}`,
    i % 13 === 12 ? null : cycle(HOSTILE_TEXTS, i * 3 + 1),
    cycle([null, 'tea', 'Tea', 'coffee', 'té'], i),
    i < EDGE_INTEGERS.length ? cycle(EDGE_INTEGERS, i) : random.below(100_000),
    random.chance(0.3) ? null : random.below(50_000),
    cycle([true, true, false, null], i),
    i < EDGE_NUMBERS.length ? cycle(EDGE_NUMBERS, i) : random.below(100) / 10,
  ])
  const productIds = products.map((row) => row[0] as string)

  const transactions = mainTransactions(everybody, productIds)

  const interactions = Array.from({ length: 200 }, (_, i): Cell[] => [
    i < HOSTILE_IDS.length ? (HOSTILE_IDS[HOSTILE_IDS.length - 1 - i] as string) : `i${i}`,
    random.pick(everybody),
    i < EDGE_INSTANTS.length && EDGE_INSTANTS[i] !== null ? cycle(EDGE_INSTANTS, i) : AS_OF - random.below(400) * DAY,
    random.pick(['communication', 'service']),
    cycle([null, 'mail', 'phone', 'chat'], random.below(4)),
    cycle(['in', 'out', null], random.below(3)),
    cycle(['open', 'closed', null], i),
    random.chance(0.4) ? null : random.below(101) / 100,
    cycle(HOSTILE_TEXTS, i),
  ])

  // Every pair once: the key is both ids.
  const ratings = Array.from({ length: 200 }, (_, i): Cell[] => [
    everybody[i % 50] as string,
    productIds[Math.floor(i / 50) * 7 + (i % 3)] as string,
    cycle([1, 2, 3, 4, 5, 0.5, -0, 4.5], i),
    random.chance(0.5) ? null : AS_OF - random.below(100) * DAY - random.below(DAY),
  ])
  // Six customers that no other set knows.
  for (let i = 0; i < 30; i++) ratings.push([`rater${i % 6}`, productIds[Math.floor(i / 6) * 7 + (i % 2)] as string, cycle([4.5, -1.5, 2, 0, 5, 3, 0.5], i), null])

  return [
    { name: 'customers', fields: CUSTOMER_FIELDS, rows: customers },
    { name: 'transactions', fields: TRANSACTION_FIELDS, rows: transactions },
    { name: 'products', fields: PRODUCT_FIELDS, rows: random.shuffled(products) },
    { name: 'interactions', fields: INTERACTION_FIELDS, rows: random.shuffled(interactions) },
    { name: 'ratings', fields: RATING_FIELDS, rows: random.shuffled(ratings) },
  ]
}

/** What lines of a customer look like, by the customer's place in the list. */
function mainTransactions(everybody: readonly string[], productIds: readonly string[]): Cell[][] {
  const random = createRandom(20260102)
  const rows: Cell[][] = []
  const line = (orderId: string, customerId: string | null, at: number, amount: number): void => {
    const i = rows.length
    rows.push([
      i < 100 ? (HOSTILE_IDS[i] as string) : `l${i}`,
      orderId,
      customerId,
      // Most of a few products, so that they are bought again, and by many.
      random.chance(0.2) ? null : random.pick(i % 3 === 0 ? productIds : productIds.slice(0, 8)),
      at,
      amount,
      random.chance(0.1) ? null : random.below(9) + 1,
      random.chance(0.3) ? null : (HOSTILE_TEXTS[random.below(HOSTILE_TEXTS.length)] as string),
      random.chance(0.2) ? null : random.chance(0.5),
      random.chance(0.5) ? null : random.below(40) / 40,
    ])
  }
  const someTime = (): number => FROM + random.below(Math.floor((AS_OF - FROM) / 1000)) * 1000

  everybody.forEach((customerId, c) => {
    const isOnlyInLines = c >= everybody.length - 24
    const role = isOnlyInLines ? 9 : c % 12
    if (role === 0) return // a prospect
    if (role === 1) {
      // Lines around the changes of the zones, to the millisecond.
      const zone = KIT_ZONES[Math.floor(c / 12) % KIT_ZONES.length] as (typeof KIT_ZONES)[number]
      for (const step of [-DAY, -3_600_000, -60_000, -30_000, -1, 0, 1, 30_000, 3_600_000 - 1, 3_600_000, DAY]) line(`z${c}-${step % 3}`, customerId, zone.changeAt + step, 100 + c)
      return
    }
    if (role === 2 && c % 24 === 2) {
      // Returns only, and a zero.
      line(`r${c}`, customerId, someTime(), -500 - c)
      line(`r${c}`, customerId, someTime(), 0)
      return
    }
    if (role === 3 && c % 24 === 3) return line(`n${c}`, customerId, someTime(), 0) // nothing but a zero amount
    if (role === 4) {
      // On both edges of the window and one millisecond beyond; some have nothing inside.
      line(`e${c}`, customerId, AS_OF + 1, 1_000)
      line(`e${c}`, customerId, FROM - 1, 1_000)
      if (c % 24 !== 4) {
        line(`e${c}`, customerId, AS_OF, 250)
        line(`f${c}`, customerId, FROM, 125)
        line(`g${c}`, customerId, Date.parse('1969-12-31T23:59:59.999Z'), 10)
        line(`h${c}`, customerId, Date.parse('9999-12-31T23:59:59.999Z'), 10)
      }
      return
    }
    if (role === 5) {
      // An order that nets to zero, one below zero, and an order id that another customer uses too.
      line(`net${c}`, customerId, someTime(), 700)
      line(`net${c}`, customerId, someTime(), -700)
      line(`below${c}`, customerId, someTime(), 100)
      line(`below${c}`, customerId, someTime(), -101)
      line('shared', customerId, AS_OF - 5 * DAY, 999)
      line('shared', customerId, AS_OF - 5 * DAY, 1)
      return
    }
    if (role === 6) return line(`t${c}`, customerId, AS_OF - 30 * DAY, 5_000) // ties: equal in everything
    if (role === 7) {
      // Midnights of UTC, to the millisecond.
      const midnight = Math.floor(AS_OF / DAY) * DAY - c * DAY
      for (const step of [-1, 0, 1]) line(`m${c}`, customerId, midnight + step, 333)
      return
    }
    const orders = 1 + random.below(4)
    for (let o = 0; o < orders; o++) {
      const at = someTime()
      const lines = 1 + random.below(3)
      for (let l = 0; l < lines; l++) line(o === 0 ? (HOSTILE_IDS[c % HOSTILE_IDS.length] as string) : `o${c}-${o}`, customerId, at + l * random.below(2) * DAY, random.chance(0.15) ? -random.below(4000) : random.below(20_000))
    }
  })
  for (let i = 0; i < 40; i++) line(`nobody${i % 9}`, null, i % 4 === 0 ? AS_OF + 1 : someTime(), random.below(1000) - 300)
  return random.shuffled(rows)
}
