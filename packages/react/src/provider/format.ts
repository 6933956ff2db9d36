import type { FieldType, Scalar } from '@crm/core/adapter'

/** How numbers, money and dates are written. Apart from the language of the words. */
export interface FormatOptions {
  /** BCP 47 locale of numbers and dates. Default: the language of the words. */
  readonly locale?: string
  /** Default `narrowSymbol`. */
  readonly currencyDisplay?: 'symbol' | 'narrowSymbol' | 'code' | 'name'
  /** IANA zone in which instants are written. Default `UTC`, so that server and browser agree. */
  readonly timeZone?: string
}

/** A money field: how many decimal places its integers carry, and the currency. */
export interface MoneyUnit {
  readonly currency: string
  readonly scale: number
}

/** Writers of figures, all by `Intl`, with a true minus sign. */
export interface Formatters {
  readonly locale: string
  readonly timeZone: string
  /** 1,284; for figures that line up in a column, always as many decimals as `minimumFractionDigits`. */
  number(value: number, maximumFractionDigits?: number, minimumFractionDigits?: number): string
  /** 1,284 below ten thousand, then three digits: 12.9K, 1.28M. */
  compact(value: number): string
  /** No decimals and a magnitude, for the narrowest cells: 1K. */
  short(value: number): string
  /** 0.106 -> 10.6% */
  percent(share: number): string
  /** Integer of 10^-scale units in full: $1,284.50 */
  money(units: number, unit: MoneyUnit): string
  /** Integer of 10^-scale units without the currency, where a header names it: 1,284.50 */
  amount(units: number, unit: MoneyUnit): string
  /** Integer of 10^-scale units with three digits: $12.9K */
  moneyCompact(units: number, unit: MoneyUnit): string
  /** The currency as a unit in a header: $, US$ or USD, as `currencyDisplay` says. */
  currencySign(currency: string): string
  /** Whole days since 1970-01-01: Dec 31, 2017. Never shifted by a zone. */
  day(epochDay: number): string
  /** Epoch milliseconds as a date in a zone, by default that of the options: Dec 31, 2017 */
  date(epochMs: number, zone?: string): string
  /** Epoch milliseconds with the time in the zone. */
  instant(epochMs: number): string
  /** Any value of a column; null gives an empty string. */
  value(value: Scalar | null, type: FieldType): string
}

const DAY_MS = 86_400_000

/** Makes the writers of one locale. Each `Intl` object is made on first use: it costs about 50 µs. */
export function createFormatters(language: string, options: FormatOptions = {}): Formatters {
  const { locale = language, currencyDisplay = 'narrowSymbol', timeZone = 'UTC' } = options
  const numbers = new Map<string, Intl.NumberFormat>()
  const dates = new Map<string, Intl.DateTimeFormat>()

  function numberFormat(style: Intl.NumberFormatOptions): Intl.NumberFormat {
    const key = JSON.stringify(style)
    let format = numbers.get(key)
    if (format === undefined) numbers.set(key, (format = new Intl.NumberFormat(locale, style)))
    return format
  }
  function dateFormat(style: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
    const key = JSON.stringify(style)
    let format = dates.get(key)
    if (format === undefined) dates.set(key, (format = new Intl.DateTimeFormat(locale, style)))
    return format
  }
  // Several locales give a hyphen; figures carry the minus sign U+2212.
  const written = (format: Intl.NumberFormat, value: number): string =>
    value < 0 || Object.is(value, -0)
      ? format.formatToParts(value === 0 ? 0 : value).map((part) => (part.type === 'minusSign' ? part.value.replace('-', '\u2212') : part.value)).join('')
      : format.format(value)
  // A request may hold what is no date; who answers it says so, and the page stands.
  const date = (epochMs: number, zone: string): string => (Math.abs(epochMs) <= 8.64e15 ? dateFormat({ dateStyle: 'medium', timeZone: zone }).format(epochMs) : '—')
  const compactStyle = (value: number): Intl.NumberFormatOptions =>
    Math.abs(value) < 10_000 ? { maximumFractionDigits: Math.abs(value) < 100 ? 1 : 0 } : { notation: 'compact', maximumSignificantDigits: 3 }

  const formatters: Formatters = {
    locale,
    timeZone,
    number: (value, maximumFractionDigits = 0, minimumFractionDigits = 0) => written(numberFormat({ maximumFractionDigits, minimumFractionDigits }), value),
    compact: (value) => written(numberFormat(compactStyle(value)), value),
    short: (value) => written(numberFormat({ notation: 'compact', maximumFractionDigits: 0 }), value),
    // One decimal, so that shares in a column line up; none and all are whole.
    percent: (share) => written(numberFormat({ style: 'percent', minimumFractionDigits: share === 0 || share === 1 ? 0 : 1, maximumFractionDigits: 1 }), share),
    money: (units, { currency, scale }) => written(numberFormat({ style: 'currency', currency, currencyDisplay }), units / 10 ** scale),
    amount: (units, { currency, scale }) => {
      // As many decimals as the currency has: none for yen, two for euros.
      const digits = numberFormat({ style: 'currency', currency, currencyDisplay }).resolvedOptions().maximumFractionDigits ?? 2
      return written(numberFormat({ minimumFractionDigits: digits, maximumFractionDigits: digits }), units / 10 ** scale)
    },
    moneyCompact: (units, { currency, scale }) => {
      const value = units / 10 ** scale
      return written(numberFormat({ style: 'currency', currency, currencyDisplay, minimumFractionDigits: 0, ...compactStyle(value) }), value)
    },
    currencySign: (currency) =>
      numberFormat({ style: 'currency', currency, currencyDisplay }).formatToParts(0).find((part) => part.type === 'currency')?.value ?? currency,
    day: (epochDay) => date(epochDay * DAY_MS, 'UTC'),
    date: (epochMs, zone = timeZone) => date(epochMs, zone),
    instant: (epochMs) => dateFormat({ dateStyle: 'medium', timeStyle: 'short', timeZone }).format(epochMs),
    value: (value, type) => {
      if (value === null) return ''
      if (typeof value !== 'number') return String(value)
      switch (type.kind) {
        case 'money': return formatters.money(value, type)
        case 'date': return formatters.day(value)
        case 'instant': return formatters.instant(value)
        case 'integer': return formatters.number(value)
        default: return formatters.number(value, 2)
      }
    },
  }
  return Object.freeze(formatters)
}
