import type { Contribution, RecommendationReason, ReasonPrivacy, Votes } from './recommend.types.ts'
import { roundToSum } from './roundToSum.ts'
import type { ScoreParts } from './scorer.types.ts'

type Part = ScoreParts['parts'][number]

export interface ExplainTask {
  readonly parts: ScoreParts
  readonly score: number
  readonly support: number
  readonly privacy: ReasonPrivacy
  /** Contributions listed at most. */
  readonly listed: number
  readonly customers: readonly string[]
  readonly products: readonly string[]
  readonly names: readonly (string | null)[]
  /** Numbers of customers already met in this list, by code: for `anonymous`. */
  readonly numbers: Map<number, number>
}

/**
 * A reason whose contributions and `others` add up to the score exactly, in whatever order.
 *
 * @returns `score` is that of the task, save where unlike neighbours cancel each other: see `roundToSum`
 */
export function explainScore({ parts, score, support, privacy, listed, customers, products, names, numbers }: ExplainTask): { readonly reason: RecommendationReason; readonly score: number } {
  const merged = privacy === 'counts' ? mergeCustomers(parts.parts) : parts.parts
  const { values, sum } = roundToSum(Float64Array.from(merged, ({ value }) => value), score)
  const order = largestOf(merged, values, listed)
  const contributions = order.map((i): Contribution => {
    const { kind, code, similarity, common, daysAgo } = merged[i] as Part
    const isProduct = kind === 'product' && code >= 0
    let id: string | null = null
    if (isProduct) id = products[code] as string
    else if (kind === 'customer' && code >= 0) {
      if (!numbers.has(code)) numbers.set(code, numbers.size + 1)
      id = privacy === 'ids' ? (customers[code] as string) : `#${numbers.get(code)}`
    }
    return Object.freeze({ kind, id, value: values[i] as number, similarity, common, ...(isProduct ? { name: names[code] ?? null } : {}), ...(daysAgo === undefined ? {} : { daysAgo }) })
  })
  // Exact: everything is a multiple of one last bit.
  const rest = order.length === values.length ? 0 : order.reduce((left, i) => left - (values[i] as number), sum)
  const others = Object.freeze({ count: values.length - order.length, value: rest })
  const votes = votesOf(parts, merged, values)
  return { reason: Object.freeze({ contributions: Object.freeze(contributions), others, support, of: parts.of, votes }), score: sum }
}

/** Places of the largest few, in order; equal ones by what the two have in common, then by code. A reason may have 1,000 parts and show 5. */
function largestOf(parts: readonly Part[], values: Float64Array, count: number): number[] {
  const compare = (a: number, b: number): number => (values[b] as number) - (values[a] as number) || parts[b]!.common - parts[a]!.common || parts[a]!.code - parts[b]!.code
  const largest: number[] = []
  for (let i = 0; i < values.length && count > 0; i++) {
    let place = largest.length
    while (place > 0 && compare(i, largest[place - 1] as number) < 0) place--
    if (place === count) continue
    if (largest.length === count) largest.pop()
    largest.splice(place, 0, i)
  }
  return largest
}

/** Similar customers as one part: how many there are, and nothing that tells one from another. */
function mergeCustomers(parts: readonly Part[]): readonly Part[] {
  const own = parts.filter(({ kind }) => kind === 'customer')
  if (own.length === 0) return parts
  const value = own.reduce((all, part) => all + part.value, 0)
  return [...parts.filter(({ kind }) => kind !== 'customer'), { kind: 'customer', code: -1, value, similarity: null, common: own.length }]
}

function votesOf({ parts, of, ofKind }: ScoreParts, merged: readonly Part[], values: Float64Array): readonly Votes[] {
  const byKind = new Map<Part['kind'], { support: number; value: number }>()
  for (const { kind, common } of parts) {
    const known = byKind.get(kind) ?? { support: 0, value: 0 }
    known.support += kind === 'popularity' || kind === 'segment' ? common : 1
    byKind.set(kind, known)
  }
  for (let i = 0; i < merged.length; i++) byKind.get(merged[i]!.kind)!.value += values[i] as number
  const votes = [...byKind].map(([kind, { support, value }]): Votes => Object.freeze({ kind, support, of: ofKind?.get(kind) ?? of, value }))
  return Object.freeze(votes.sort((a, b) => b.value - a.value || (a.kind < b.kind ? -1 : 1)))
}
