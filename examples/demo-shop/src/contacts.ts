import { DAYS, dayOf } from './calendar.ts'
import { CAMPAIGN } from './plan.ts'
import type { Profile } from './profiles.ts'
import { createRandom } from './random.ts'
import { PURPOSE, type Settings } from './settings.ts'
import { minuteOf } from './visits.ts'

export const CHANNELS = ['phone', 'email', 'chat', 'letter'] as const

/** Subjects in English and Chinese. */
export const SUBJECTS: readonly (readonly [english: string, chinese: string])[] = [
  [CAMPAIGN.subject, CAMPAIGN.subjectZh],
  ['Newsletter', '新闻通讯'],
  ['Account review', '客户回访'],
  ['Question about a product', '产品咨询'],
  ['Question about delivery', '配送咨询'],
  ['Change of address', '地址变更'],
  ['Request for a quote', '询价'],
  ['Damaged on arrival', '到货破损'],
  ['Parcel late', '包裹延误'],
  ['Wrong item', '发错商品'],
  ['Does not work', '商品故障'],
  ['Refund outstanding', '退款未到'],
]

export interface Contact {
  readonly customer: number
  readonly minute: number
  readonly lane: 'communication' | 'service'
  readonly channel: (typeof CHANNELS)[number]
  readonly direction: 'inbound' | 'outbound'
  readonly status: 'open' | 'closed' | null
  /** 0..1, null while open. */
  readonly satisfaction: number | null
  readonly subject: number
}

const MAIL_DAYS = Array.from({ length: 10 }, (_, i) => dayOf(2024, 6 + 3 * i, 5))

export function drawContacts({ seed }: Settings, profiles: readonly Profile[]): Contact[] {
  const contacts: Contact[] = []
  for (const { index, mailing, isSubscribed, isOrganisation, isProspect, createdDay, cases, windows } of profiles) {
    const random = createRandom(seed, PURPOSE.contacts, index)
    const tell = (day: number, channel: Contact['channel'], direction: Contact['direction'], subject: number): void =>
      void contacts.push({ customer: index, minute: minuteOf(day, random), lane: 'communication', channel, direction, status: null, satisfaction: null, subject })
    const known = Math.max(0, createdDay)

    for (const { day, satisfaction } of cases) {
      const isOpen = day >= DAYS - 10
      contacts.push({
        customer: index,
        minute: minuteOf(day, random),
        lane: 'service',
        channel: CHANNELS[random.below(3)] as Contact['channel'],
        direction: 'inbound',
        status: isOpen ? 'open' : 'closed',
        satisfaction: isOpen ? null : satisfaction / 20,
        subject: 7 + random.below(5),
      })
    }
    if (mailing === 'mailed') tell(dayOf(...CAMPAIGN.date), 'letter', 'outbound', 0)
    if (isSubscribed) for (const day of MAIL_DAYS) if (day >= known) tell(day, 'email', 'outbound', 1)
    if (isOrganisation && !isProspect) for (let day = known + 60 + random.below(60); day < DAYS; day += 150 + random.below(60)) tell(day, 'phone', 'outbound', 2)
    const until = isProspect ? Math.min(DAYS, known + 40) : (windows.at(-1) as readonly [number, number])[1]
    for (let day = known + random.below(isProspect ? 30 : 500); day < until; day += 5 + random.below(isProspect ? 60 : 1000)) {
      tell(day, CHANNELS[random.below(3)] as Contact['channel'], 'inbound', 3 + random.below(4))
    }
  }
  return contacts
}
