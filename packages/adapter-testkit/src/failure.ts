import { show } from './reference/table.ts'

/** Sections of the law, as the headings of `@crm/core/src/adapter/ARCHITECTURE.md`. */
export const RULES = {
  values: 'Values',
  sets: 'Sets and keys',
  order: 'Order, filters, pages',
  totals: 'Customer totals',
  bins: 'Bins',
  members: 'Members',
  pairs: 'Pairs',
  streams: 'Streams, ends, errors',
} as const

export type Rule = keyof typeof RULES

/** A fact that does not hold. Three sentences: what was asked, what came instead of what, and which rule says so. */
export class CheckFailure extends Error {
  override readonly name: string = 'CheckFailure'
  readonly asked: string
  readonly found: string
  readonly rule: Rule

  constructor(asked: unknown, found: string, rule: Rule) {
    const question = typeof asked === 'string' ? asked : requestJson(asked)
    super(`Asked: ${question}.\n${found.replace(/\.$/, '')}.\nRule: "${RULES[rule]}" in @crm/core/src/adapter/ARCHITECTURE.md#${anchor(RULES[rule])}.`)
    this.asked = question
    this.found = found
    this.rule = rule
  }
}

const anchor = (heading: string): string => heading.toLowerCase().replace(/[^a-z ]/g, '').replaceAll(' ', '-')

/** The request as JSON to paste into a test; endless lists and texts are cut. */
export function requestJson(request: unknown): string {
  return JSON.stringify(request, (_key, value: unknown) => {
    if (Array.isArray(value) && value.length > 24) return [...(value.slice(0, 3) as unknown[]), `… ${value.length} in all`]
    if (typeof value === 'string' && value.length > 200) return `${value.slice(0, 60)}… ${value.length} code units`
    return value
  })
}

/** Demands that a claim holds. */
export function demand(holds: boolean, asked: unknown, found: string, rule: Rule): asserts holds {
  if (!holds) throw new CheckFailure(asked, found, rule)
}

export { show }
