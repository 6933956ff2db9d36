import type { RfmBins, RfmComposite, ValueTiers } from './rfm.types.ts'

/**
 * Four tiers over the sum R + F + M. Each starts above a share of the highest sum: bronze, then silver above 0.40,
 * gold above 0.65, platinum above 0.85, and each holds at least one sum.
 *
 * @example defaultValueTiers({ r: 5, f: 5, m: 5 }) // platinum from 13, gold 10, silver 7, bronze 3
 * @example defaultValueTiers({ r: 10, f: 10, m: 10 }) // platinum from 26, gold 20, silver 13, bronze 3
 */
export function defaultValueTiers(bins: RfmBins): ValueTiers {
  const highest = bins.r + bins.f + bins.m
  // In hundredths: 0.85 * 20 is exact nowhere, 85 * 20 everywhere.
  const from = (hundredths: number, least: number): number => Math.max(Math.floor((hundredths * highest) / 100) + 1, least)
  return [
    { id: 'platinum', name: 'Platinum', from: from(85, 6) },
    { id: 'gold', name: 'Gold', from: from(65, 5) },
    { id: 'silver', name: 'Silver', from: from(40, 4) },
    { id: 'bronze', name: 'Bronze', from: 3 },
  ]
}

/** Points of one cell, 3 .. the sum of the bins; to 9 decimals, so that a tier's border is not missed by a float's last bit. */
export function compositeOf(composite: RfmComposite, r: number, f: number, m: number): number {
  if (composite.method === 'sum') return r + f + m
  const { weights } = composite
  const mean = (weights.r * r + weights.f * f + weights.m * m) / (weights.r + weights.f + weights.m)
  return Math.round(3e9 * mean) / 1e9
}

/** Index of the highest tier whose `from` is reached. */
export function tierOf(tiers: ValueTiers, points: number): number {
  return tiers.findIndex(({ from }) => points >= from)
}
