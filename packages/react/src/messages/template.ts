/** A text with `{name}` places, or one such text per plural category of `Intl.PluralRules`, chosen by `{count}`. */
export type Message = string | PluralMessage

export interface PluralMessage {
  readonly zero?: string
  readonly one?: string
  readonly two?: string
  readonly few?: string
  readonly many?: string
  readonly other: string
}

/** Values for the places of a {@link Message}. `count` also chooses the plural; `countText` is how it is written: the provider's `useText` fills it in. */
export type MessageValues = Readonly<Record<string, string | number>>

const rulesOf = new Map<string, Intl.PluralRules>()

function pluralRules(language: string): Intl.PluralRules {
  let rules = rulesOf.get(language)
  if (rules === undefined) {
    rules = new Intl.PluralRules(language)
    rulesOf.set(language, rules)
  }
  return rules
}

/**
 * Fills the places of a message. A place without a value stays as it is, so that a missing one is seen.
 *
 * @example
 * fillMessage({ one: '{countText} customer', other: '{countText} customers' }, 'en', { count: 1284, countText: '1,284' }) // '1,284 customers'
 */
export function fillMessage(message: Message, language: string, values: MessageValues = {}): string {
  const text = typeof message === 'string' ? message : chooseForm(message, language, values.count)
  return text.replace(/\{(\w+)\}/g, (place, name: string) => {
    const value = Object.hasOwn(values, name) ? values[name] : undefined
    return value === undefined ? place : String(value)
  })
}

function chooseForm(forms: PluralMessage, language: string, count: string | number | undefined): string {
  return (typeof count === 'number' ? forms[pluralRules(language).select(count)] : undefined) ?? forms.other
}
