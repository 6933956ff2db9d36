import type { ZoneOffsets } from '@crm/core/adapter'

/** A zone around the change that makes it hard, and a stretch of time to look at. */
export interface KitZone {
  readonly timeZone: string
  readonly why: string
  readonly offsets: ZoneOffsets
  /** Epoch milliseconds of the change. */
  readonly changeAt: number
}

const at = (iso: string): number => Date.parse(iso)

/**
 * Written by hand from the tz database (2024a); the kit's own test compares every entry with `Intl`. Each list holds
 * for the three days around `changeAt`; before the first entry its offset goes on, as the contract says.
 */
export const KIT_ZONES: readonly KitZone[] = [
  {
    timeZone: 'Europe/Amsterdam',
    why: 'spring forward: a day of 23 hours',
    offsets: [{ since: at('2023-10-29T01:00Z'), offsetMinutes: 60 }, { since: at('2024-03-31T01:00Z'), offsetMinutes: 120 }, { since: at('2024-10-27T01:00Z'), offsetMinutes: 60 }],
    changeAt: at('2024-03-31T01:00Z'),
  },
  {
    timeZone: 'America/New_York',
    why: 'fall back: a day of 25 hours',
    offsets: [{ since: at('2024-03-10T07:00Z'), offsetMinutes: -240 }, { since: at('2024-11-03T06:00Z'), offsetMinutes: -300 }],
    changeAt: at('2024-11-03T06:00Z'),
  },
  {
    timeZone: 'Pacific/Apia',
    why: 'the 30th of December 2011 does not exist',
    offsets: [{ since: at('2011-09-24T14:00Z'), offsetMinutes: -600 }, { since: at('2011-12-30T10:00Z'), offsetMinutes: 840 }, { since: at('2012-03-31T14:00Z'), offsetMinutes: 780 }],
    changeAt: at('2011-12-30T10:00Z'),
  },
  {
    timeZone: 'America/Sao_Paulo',
    why: 'falls back at midnight, to 23 o\'clock of the day before',
    offsets: [{ since: at('2017-10-15T03:00Z'), offsetMinutes: -120 }, { since: at('2018-02-18T02:00Z'), offsetMinutes: -180 }],
    changeAt: at('2018-02-18T02:00Z'),
  },
  {
    timeZone: 'America/St_Johns',
    why: 'falls back at one minute past midnight: a day begins, ends and begins again, half an hour off',
    offsets: [{ since: at('2010-03-14T03:31Z'), offsetMinutes: -150 }, { since: at('2010-11-07T02:31Z'), offsetMinutes: -210 }],
    changeAt: at('2010-11-07T02:31Z'),
  },
  {
    timeZone: 'America/Havana',
    why: 'springs forward at midnight: a day without its first hour',
    offsets: [{ since: at('2023-11-05T05:00Z'), offsetMinutes: -300 }, { since: at('2024-03-10T05:00Z'), offsetMinutes: -240 }],
    changeAt: at('2024-03-10T05:00Z'),
  },
  {
    timeZone: 'Australia/Lord_Howe',
    why: 'half an hour of daylight saving',
    offsets: [{ since: at('2023-09-30T15:30Z'), offsetMinutes: 660 }, { since: at('2024-04-06T15:00Z'), offsetMinutes: 630 }],
    changeAt: at('2024-04-06T15:00Z'),
  },
  {
    timeZone: 'Asia/Kathmandu',
    why: 'three quarters of an hour',
    offsets: [{ since: 0, offsetMinutes: 345 }],
    changeAt: at('2024-06-15T18:15Z'),
  },
]

export const UTC: ZoneOffsets = [{ since: 0, offsetMinutes: 0 }]
