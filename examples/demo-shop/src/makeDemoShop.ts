import type { Column, FieldOverride } from '@crm/core/adapter'
import { fillBaskets } from './baskets.ts'
import { AS_OF, DAY_MS, START } from './calendar.ts'
import { CATALOGUE } from './catalogue.ts'
import { CATALOGUE_TEXT } from './catalogueText.ts'
import { drawContacts, SUBJECTS } from './contacts.ts'
import { TASTES } from './plan.ts'
import { drawProfiles } from './profiles.ts'
import { createRandom } from './random.ts'
import { PURPOSE, settingsOf, type DemoShopOptions } from './settings.ts'
import { planVisits } from './visits.ts'

/** A data set of the shop: columns that `createMemoryAdapter` takes over as they are. */
export interface DemoShopSet {
  readonly columns: Readonly<Record<string, Column>>
  readonly fields: Readonly<Record<string, FieldOverride>>
}

/** Made data, never real: pass it to `createMemoryAdapter` as it is. */
export interface DemoShop {
  readonly name: string
  /** Differs with the options. */
  readonly scopeKey: string
  readonly timeZone: string
  readonly currency: string
  readonly scale: number
  /** The present of the shop: the last millisecond of 31 October 2026 in its zone. */
  readonly asOf: number
  readonly data: {
    readonly customers: DemoShopSet
    readonly products: DemoShopSet
    readonly transactions: DemoShopSet
    readonly interactions: DemoShopSet
  }
}

const MINUTE_MS = 60_000

/**
 * Makes a shop with effects planted in it: what they are stands in `demoShopTruth`.
 *
 * Same options, same shop, to the bit, on every engine. 5,000 customers with 60,000 orders take about a third of a
 * second, 300 customers 20 ms. Every call makes columns of its own.
 *
 * @throws RangeError when an option is out of its range
 * @example
 * const shop = makeDemoShop({ customers: 300 })
 * const adapter = createMemoryAdapter(shop)
 */
export function makeDemoShop(options: DemoShopOptions = {}): DemoShop {
  const settings = settingsOf(options)
  const profiles = drawProfiles(settings)
  const { visits, guests } = planVisits(settings, profiles)
  const { orders, lines } = fillBaskets(settings, profiles, visits, guests)
  const contacts = drawContacts(settings, profiles)

  const byCreation = ascending(profiles.map(({ createdDay }) => createdDay + 10_000))
  const customerIds = byCreation.map((_, rank) => `C-${String(rank + 1).padStart(5, '0')}`)
  const rankOf = ranksOf(byCreation)
  const people = byCreation.map((index) => profiles[index] as (typeof profiles)[number])
  const goods = CATALOGUE.slice(0, settings.products)
  const productIds = goods.map(({ productId }) => productId)

  const byTime = ascending(orders.minute)
  const orderRank = ranksOf(byTime)
  const lineOrder = ascending(lines.minute)
  const customerOf = (line: number): number => {
    const index = orders.customer[lines.order[line] as number] as number
    return index < 0 ? -1 : (rankOf[index] as number)
  }
  const contactOrder = ascending(contacts.map(({ minute }) => minute)).map((place) => contacts[place] as (typeof contacts)[number])

  return {
    name: 'demo shop',
    scopeKey: `demo-shop:${JSON.stringify(settings)}`,
    timeZone: 'Europe/Dublin',
    currency: 'EUR',
    scale: 2,
    asOf: AS_OF,
    data: {
      customers: {
        columns: {
          customerId: coded(people.map((_, rank) => rank), customerIds),
          name: text(people.map(({ name }) => name)),
          kind: text(people.map(({ isOrganisation }) => (isOrganisation ? 'organisation' : 'person'))),
          createdAt: float(people.map(({ createdDay, index }) => START + createdDay * DAY_MS + createRandom(settings.seed, PURPOSE.contacts, -1 - index).below(420) * MINUTE_MS)),
          city: text(people.map(({ city }) => city)),
          interest: text(people.map(({ interest }) => TASTES[interest]?.key ?? null)),
          newsletter: { kind: 'boolean', values: Uint8Array.from(people, ({ isSubscribed }) => Number(isSubscribed)) },
          springMailing: text(people.map(({ mailing }) => mailing)),
        },
        fields: { name: { sensitivity: 'personal' } },
      },
      products: {
        columns: {
          productId: coded(goods.map((_, product) => product), productIds),
          name: text(goods.map(({ name }) => name)),
          nameZh: text(goods.map(({ nameZh }) => nameZh)),
          category: text(goods.map(({ category }) => CATALOGUE_TEXT[category]?.name ?? null)),
          categoryZh: text(goods.map(({ category }) => CATALOGUE_TEXT[category]?.nameZh ?? null)),
          price: float(goods.map(({ price }) => price)),
          cost: float(goods.map(({ cost }) => cost)),
          available: {
            kind: 'boolean',
            values: Uint8Array.from(goods, ({ course }) => Number(course !== 'outOfStock' && (course !== 'discontinued' || !settings.effects.drift))),
          },
        },
        fields: {},
      },
      transactions: {
        columns: {
          customerId: coded(lineOrder.map(customerOf), customerIds),
          orderId: coded(lineOrder.map((line) => orderRank[lines.order[line] as number] as number), byTime.map((_, rank) => `O-${String(rank + 1).padStart(6, '0')}`)),
          productId: coded(lineOrder.map((line) => lines.product[line] as number), productIds),
          at: float(lineOrder.map((line) => START + (lines.minute[line] as number) * MINUTE_MS)),
          amount: float(lineOrder.map((line) => lines.amount[line] as number)),
          quantity: float(lineOrder.map((line) => lines.quantity[line] as number)),
          kind: coded(lineOrder.map((line) => ((lines.amount[line] as number) < 0 ? 1 : 0)), ['purchase', 'return']),
        },
        fields: { quantity: { kind: 'integer' } },
      },
      interactions: {
        columns: {
          interactionId: coded(contactOrder.map((_, rank) => rank), contactOrder.map((_, rank) => `I-${String(rank + 1).padStart(6, '0')}`)),
          customerId: coded(contactOrder.map(({ customer }) => rankOf[customer] as number), customerIds),
          at: float(contactOrder.map(({ minute }) => START + minute * MINUTE_MS)),
          lane: text(contactOrder.map(({ lane }) => lane)),
          channel: text(contactOrder.map(({ channel }) => channel)),
          direction: text(contactOrder.map(({ direction }) => direction)),
          status: text(contactOrder.map(({ status }) => status)),
          satisfaction: {
            kind: 'float64',
            values: Float64Array.from(contactOrder, ({ satisfaction }) => satisfaction ?? 0),
            validity: Uint8Array.from(contactOrder, ({ satisfaction }) => Number(satisfaction !== null)),
          },
          subject: coded(contactOrder.map(({ subject }) => subject), SUBJECTS.map(([english]) => english)),
          subjectZh: coded(contactOrder.map(({ subject }) => subject), SUBJECTS.map(([, chinese]) => chinese)),
        },
        fields: {},
      },
    },
  }
}

/** Places of whole numbers (0 <= x < 2^31) from the smallest to the largest; of equal ones, the first first. */
function ascending(values: readonly number[]): number[] {
  const keys = Float64Array.from(values, (value, place) => value * 2 ** 22 + place).sort()
  return Array.from(keys, (key) => key % 2 ** 22)
}

function ranksOf(places: readonly number[]): Int32Array {
  const ranks = new Int32Array(places.length)
  places.forEach((place, rank) => void (ranks[place] = rank))
  return ranks
}

function coded(codes: readonly number[], dictionary: readonly string[]): Column {
  return { kind: 'text', codes: Int32Array.from(codes), dictionary }
}

function float(values: readonly number[]): Column {
  return { kind: 'float64', values: Float64Array.from(values) }
}

function text(values: readonly (string | null)[]): Column {
  const dictionary: string[] = []
  const codeOf = new Map<string, number>()
  return coded(
    values.map((value) => {
      if (value === null) return -1
      let code = codeOf.get(value)
      if (code === undefined) codeOf.set(value, (code = dictionary.push(value) - 1))
      return code
    }),
    dictionary,
  )
}
