import type { Steps } from '../adapter/contract.ts'
import type { Contribution, PreferenceRow, RecommendSource } from './recommend.types.ts'

/** Scores of products for one row. Made once, cleared and filled again for each row: nothing is allocated per customer. */
export interface ScoreSheet {
  /** By product code; 0 but for the products at `touched[0] .. touched[count - 1]`. */
  readonly scores: Float64Array
  /** By product code: how many voted. */
  readonly support: Int32Array
  readonly touched: Int32Array
  count: number
}

/**
 * A strategy that knows its preferences: what recommender and evaluation stand on, and what each way of scoring provides.
 * Products that the row holds are scored like all others; who wants them out filters.
 */
export interface Scorer {
  readonly source: RecommendSource
  /** Makes in slices what scoring a row would else make at once. Left out where that is little. */
  readonly prepare?: (row: PreferenceRow) => Steps<void>
  /** Clears the sheet, then scores. A score is a sum from left to right in the order of {@link Scorer.explain}. */
  score(row: PreferenceRow, sheet: ScoreSheet): void
  /** What adds up to the score of one product, in the order in which it is added: the same bits. */
  explain(row: PreferenceRow, product: number): ScoreParts
  /**
   * Clears a sheet of customers, then writes what {@link Scorer.score} gives one product for each customer in the data: the same
   * bits. Left out where there is no shorter way than to score them one by one.
   */
  readonly scoreCustomers?: (product: number, sheet: ScoreSheet) => Steps<void>
}

/** Neighbours by code: the names, and who may see them, are the recommender's matter. */
export interface ScoreParts {
  readonly parts: readonly (Omit<Contribution, 'id'> & { /** Customer or product, -1 for none. */ readonly code: number })[]
  /** Neighbours (or own products) that could have voted. */
  readonly of: number
  /** The same by kind, where several kinds vote. */
  readonly ofKind?: ReadonlyMap<Contribution['kind'], number>
  /** Of a hybrid: what each strategy that could speak for the product said by itself, with its share of the weights; they add up to 1. */
  readonly sides?: readonly { readonly share: number; readonly parts: ScoreParts }[]
}
