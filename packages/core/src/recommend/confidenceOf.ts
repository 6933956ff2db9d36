import type { Contribution, PreferenceRow, Recommendation } from './recommend.types.ts'
import type { ScoreParts } from './scorer.types.ts'

/**
 * To those who were asked so many are added who say no: little evidence is no good evidence. No more than the products there
 * are to go by, though: of a basket of one, one that goes with it is all there can be.
 */
const DOUBTERS = 5
/** Own purchases are half as good a sign after so many days without another one. */
const OWN_HALF_LIFE_DAYS = 180

/**
 * From where on evidence is medium and high. The first three are the thirds of what is recommended on UCI Online Retail as of
 * 23 July 2011, rounded; how much was bought of each level, then and later: docs/definitions.md. What is just popular is
 * bought by one in twenty to fifty: low, unless every other customer has it.
 */
const BORDERS: Readonly<Record<Contribution['kind'], readonly [medium: number, high: number]>> = {
  customer: [0.15, 0.3],
  product: [0.13, 0.18],
  own: [0.15, 0.3],
  popularity: [0.25, 0.5],
  segment: [0.25, 0.5],
}

/**
 * How much speaks for a recommendation, 0..1: medium from 1/3, high from 2/3.
 *
 * @param row whom it is for
 */
export function confidenceOf(parts: ScoreParts, row: PreferenceRow): Recommendation['confidence'] {
  const value = valueOf(parts, Math.max(1, Math.min(DOUBTERS, row.codes.length)))
  return Object.freeze({ level: value >= 2 / 3 ? 'high' : value >= 1 / 3 ? 'medium' : 'low', value })
}

function valueOf({ parts, of, sides }: ScoreParts, doubters: number): number {
  if (sides !== undefined) return sides.reduce((sum, side) => sum + side.share * valueOf(side.parts, doubters), 0)
  const [first] = parts
  if (first === undefined) return 0
  return placeOf(evidenceOf(first.kind, parts, of, doubters), BORDERS[first.kind])
}

/** A share of those asked, each who speaks for it counting no more than 1. */
function evidenceOf(kind: Contribution['kind'], parts: ScoreParts['parts'], of: number, doubters: number): number {
  let sum = 0
  for (const { similarity, common, daysAgo } of parts) {
    switch (kind) {
      // How alike customers are is no unit: Jaccard is a tenth where cosine is a half. What they share is counted.
      case 'customer':
        if (similarity !== null && similarity > 0) sum += common / (common + doubters)
        break
      case 'product':
        sum += (Math.min(1, Math.max(0, similarity ?? 0)) * common) / (common + DOUBTERS)
        break
      case 'own':
        sum += (common / (common + DOUBTERS)) * 0.5 ** ((daysAgo ?? 0) / OWN_HALF_LIFE_DAYS)
        break
      case 'popularity':
      case 'segment':
        sum += common / (of + DOUBTERS)
    }
  }
  if (kind === 'customer') return sum / (of + DOUBTERS)
  // Not of all own products: who has bought much is not less sure to buy what twenty of them go with.
  return kind === 'product' ? sum / (parts.length + doubters) : sum
}

/** 1/3 at the border of medium, 2/3 at that of high, straight between; above it closes in on 1. */
function placeOf(evidence: number, [medium, high]: readonly [number, number]): number {
  if (evidence < medium) return evidence / medium / 3
  if (evidence < high) return (1 + (evidence - medium) / (high - medium)) / 3
  return 1 - high / evidence / 3
}
