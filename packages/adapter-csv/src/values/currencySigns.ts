const DOLLARS = ['USD', 'AUD', 'CAD', 'NZD', 'SGD', 'HKD', 'TWD', 'MXN', 'ARS', 'CLP', 'COP', 'BBD', 'BSD', 'BMD', 'BZD', 'FJD', 'GYD', 'JMD', 'KYD', 'LRD', 'NAD', 'SBD', 'SRD', 'TTD', 'UYU', 'XCD', 'BND', 'DOP']
const CROWNS = ['SEK', 'NOK', 'DKK', 'ISK']

/** What stands beside amounts, and the currencies (ISO 4217) it may mean; the first is suggested. */
const SIGNS = new Map<string, readonly string[]>([
  ['$', DOLLARS], ['\uff04', DOLLARS], ['US$', ['USD']], ['A$', ['AUD']], ['AU$', ['AUD']], ['C$', ['CAD']], ['CA$', ['CAD']], ['NZ$', ['NZD']], ['S$', ['SGD']],
  ['HK$', ['HKD']], ['NT$', ['TWD']], ['MX$', ['MXN']], ['R$', ['BRL']], ['€', ['EUR']], ['£', ['GBP', 'EGP', 'GIP', 'FKP', 'SHP', 'LBP', 'SYP']], ['¥', ['CNY', 'JPY']],
  ['\uffe5', ['CNY', 'JPY']], ['元', ['CNY', 'TWD', 'HKD']], ['圆', ['CNY']], ['RMB', ['CNY']], ['人民币', ['CNY']], ['円', ['JPY']], ['₹', ['INR']], ['Rs', ['INR', 'PKR', 'LKR', 'NPR', 'MUR']],
  ['Rs.', ['INR', 'PKR', 'LKR', 'NPR', 'MUR']], ['₽', ['RUB']], ['руб', ['RUB']], ['руб.', ['RUB']], ['р.', ['RUB']], ['₩', ['KRW']], ['₺', ['TRY']], ['TL', ['TRY']], ['zł', ['PLN']], ['kr', CROWNS],
  ['kr.', CROWNS], ['Kč', ['CZK']], ['Ft', ['HUF']], ['lei', ['RON']], ['лв', ['BGN']], ['лв.', ['BGN']], ['₪', ['ILS']], ['฿', ['THB']], ['₫', ['VND']], ['đ', ['VND']], ['₴', ['UAH']], ['₦', ['NGN']],
  ['₱', ['PHP']], ['R', ['ZAR']], ['Fr.', ['CHF']], ['SFr.', ['CHF']], ['RM', ['MYR']], ['Rp', ['IDR']],
])

/** The currencies that a sign or a code may mean; a code of three capitals means itself. Empty: no currency. */
export function currenciesOf(sign: string): readonly string[] {
  return SIGNS.get(sign) ?? (/^[A-Z]{3}$/.test(sign) ? [sign] : [])
}

/** The currency that a text names beside its digits, such as `£12.50`, or null. */
export function currencyIn(text: string): string | null {
  const around = text.replace(/^[\s(]*|[\s)]*$/g, '').split(/[\d.,'\u2019\s_+\-\u2212()]+/)
  for (const sign of around) {
    const [first] = currenciesOf(sign)
    if (first !== undefined) return first
  }
  return null
}

/** The currency that a heading names, such as `Sales (USD)` or `金额（元）`, or null. */
export function currencyInHeading(name: string): string | null {
  for (const word of name.split(/[\s()\uff08\uff09[\],/_-]+/)) {
    // Any three capitals could be an abbreviation: only codes that some sign stands for count.
    if (KNOWN_CODES.has(word)) return word
    if (SIGNS.has(word) && !/^[A-Za-z.]+$/.test(word)) return currenciesOf(word)[0] ?? null
  }
  return null
}

const KNOWN_CODES = new Set([...SIGNS.values()].flat().concat('CHF'))
