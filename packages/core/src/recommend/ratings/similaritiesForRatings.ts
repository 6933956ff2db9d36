import type { Steps } from '../../adapter/contract.ts'
import { createComparer } from '../createComparer.ts'
import { rowOver } from '../preferenceRows.ts'
import type { Preferences } from '../recommend.types.ts'
import { createScoreSheet } from '../scoreSheet.ts'
import type { ScoreSheet } from '../scorer.types.ts'
import type { NeighbourRatings, RatingBaseline } from './ratings.types.ts'
import { residualPreferences } from './residualPreferences.ts'

/** How alike one row is to all others; the row asked for last is kept. */
export interface RatingSimilarities {
  /** By code: `scores` are similarities, `support` what is in common; 0 for strangers and for the row itself. Good until another row is asked for. */
  of(row: number): ScoreSheet
}

/** Compares ratings by the similarity of the spec, `pearsonBaseline` by the baseline of the spec. */
export function* similaritiesForRatings(preferences: Preferences, { over, similarity }: Required<NeighbourRatings>, baseline: RatingBaseline | null): Steps<RatingSimilarities> {
  const isResidual = similarity.measure === 'pearsonBaseline'
  const compared = isResidual ? residualPreferences(preferences, baseline!) : preferences
  const comparer = yield* createComparer(compared, over, similarity, { isResidual })
  const sheet = createScoreSheet(comparer.count)
  let current = -1
  return {
    of(row) {
      if (row !== current) {
        comparer.compare(rowOver(compared, over, row), sheet)
        current = row
      }
      return sheet
    },
  }
}
