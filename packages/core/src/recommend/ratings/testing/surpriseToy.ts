import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { createPreferences } from '../../createPreferences.ts'
import type { Preferences } from '../../recommend.types.ts'

/** Raw, clipped, neighbours that voted (null: none were asked), impossible. */
type Predicted = readonly [raw: number, rating: number, neighbours: number | null, isImpossible: boolean]

interface SurpriseToy {
  readonly ratings: readonly (readonly [user: string, item: string, rating: number])[]
  readonly scale: readonly [number, number]
  readonly globalMean: number
  readonly als: { readonly users: readonly number[]; readonly items: readonly number[] }
  readonly sgd: { readonly users: readonly number[]; readonly items: readonly number[] }
  /** By `measure|user or item|min_support=n`, by row and column. */
  readonly similarities: Readonly<Record<string, readonly (readonly number[])[]>>
  readonly pairs: readonly (readonly [user: string, item: string])[]
  /** By `algorithm|measure|user or item|k=n|min_k=n`, one for each of `pairs`. */
  readonly predictions: Readonly<Record<string, readonly Predicted[]>>
  /** Surprise's own table of tests: for each item its [user, rating]. */
  readonly tests: {
    readonly items: readonly (readonly (readonly [user: number, rating: number])[])[]
    readonly cosine: readonly (readonly number[])[]
    readonly msd: readonly (readonly number[])[]
    readonly pearson: readonly (readonly number[])[]
  }
}

/** What Surprise 1.1.4 says about 26 ratings. */
export const surpriseToy: SurpriseToy = JSON.parse(readFileSync(join(import.meta.dirname, '../fixtures/surprise-toy.json'), 'utf8'))

/** The 26 ratings. */
export function toyPreferences(keepSequence = true): Preferences {
  const [lowest, highest] = surpriseToy.scale
  return createPreferences(
    surpriseToy.ratings.map(([customerId, productId, weight]) => ({ customerId, productId, weight })),
    { keepSequence, scale: { lowest, highest } },
  )
}
