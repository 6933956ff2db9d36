import type { SimilaritySpec } from '../recommend.types.ts'

/**
 * Who is nearer among the equally alike.
 *
 * - `support`: who has more in common, then the lower id.
 * - `recent`: whose rating is younger, where times are known; then as `support`.
 * - `sequence`: whose rating came first in the input; the preferences need their `sequence`.
 */
export type RatingTies = 'support' | 'recent' | 'sequence'

/** How the general mood of customers and the general standing of products are found. Plain JSON. */
export type BaselineSpec = AlsBaseline | SgdBaseline

/** Alternating least squares: products first, then customers, from 0. */
export interface AlsBaseline {
  readonly method: 'als'
  /** Default 10. */
  readonly epochs?: number
  /** Added to the number of ratings of a customer. Default 15. */
  readonly customerRegularisation?: number
  /** Added to the number of ratings of a product. Default 10. */
  readonly productRegularisation?: number
}

/** Stochastic gradient descent, rating by rating. */
export interface SgdBaseline {
  readonly method: 'sgd'
  /** Default 20. */
  readonly epochs?: number
  /** Default 0.005. */
  readonly learningRate?: number
  /** Default 0.02. */
  readonly regularisation?: number
  /**
   * Order of the steps: by customer and product, or as the ratings came: by customer in order of the first rating. The
   * preferences then need their `sequence`. Default `code`.
   */
  readonly order?: 'code' | 'sequence'
}

/** A rating without taste: `globalMean + customers[u] + products[i]`. Plain data. */
export interface RatingBaseline {
  readonly kind: 'rating-baseline'
  readonly version: 1
  readonly globalMean: number
  /** By code: how much above the mean a customer rates. 0 without ratings. */
  readonly customers: Float64Array
  /** By code: how much above the mean a product is rated. 0 without ratings. */
  readonly products: Float64Array
}

/** What stands in where nobody can be asked. Where the side meant is not known either: the global mean. */
export type RatingFallback = 'globalMean' | 'customerMean' | 'productMean' | 'baseline'

/** Why something stands in. */
export type RatingGap = 'unknownCustomer' | 'unknownProduct' | 'tooFewNeighbours'

interface RatingBase {
  /** Predictions are clipped to the scale of the preferences. Default true. */
  readonly clip?: boolean
  /** For a customer or product without ratings. Default `globalMean`; with a baseline `baseline`. */
  readonly unknown?: RatingFallback
}

interface VotedRating extends RatingBase {
  /** With fewer votes something stands in. Default 1. */
  readonly minNeighbours?: number
  /** Whether a rating that is already there votes in its own prediction. Default `exclude`. */
  readonly own?: 'exclude' | 'include'
}

/** What the nearest say, on average. */
export interface NeighbourRatings extends VotedRating {
  readonly method: 'neighbours'
  /** Similar customers who rated the product, or similar products that the customer rated. */
  readonly over: 'customers' | 'products'
  /** Default `{ measure: 'msd' }`. */
  readonly similarity?: SimilaritySpec
  /** Votes at most. Default 40. */
  readonly neighbours?: number
  /** What a vote is measured from: nothing, the neighbour's mean, that in standard deviations, or the baseline. Default `none`. */
  readonly centring?: 'none' | 'mean' | 'zScore' | 'baseline'
  /** For centring, fallback and `pearsonBaseline`. Default ALS. */
  readonly baseline?: BaselineSpec
  /** Default `support`. */
  readonly ties?: RatingTies
  /** With fewer votes than `minNeighbours`. Default what the votes are measured from: `none` globalMean. */
  readonly tooFew?: RatingFallback
}

/** The mean of a customer, and how much higher a product is rated than others by those who rated both (Lemire 2005). */
export interface SlopeOneRatings extends VotedRating {
  readonly method: 'slopeOne'
  /** Default `customerMean`. */
  readonly tooFew?: Exclude<RatingFallback, 'baseline'>
  readonly unknown?: Exclude<RatingFallback, 'baseline'>
}

/** The baseline alone. */
export interface BaselineRatings extends RatingBase {
  readonly method: 'baseline'
  /** Default ALS. */
  readonly baseline?: BaselineSpec
}

/** How ratings are predicted. Plain JSON. */
export type RatingSpec = NeighbourRatings | SlopeOneRatings | BaselineRatings

/** What one neighbour adds to a prediction. */
export interface RatingContribution {
  readonly kind: 'customer' | 'product'
  readonly id: string
  /** null under Slope One, which knows none. */
  readonly similarity: number | null
  /** What the neighbour gave the product, or the customer the neighbouring product. */
  readonly rating: number
  /** Of all votes, 0..1: |similarity| by the sum of all |similarity|; under Slope One all alike. */
  readonly share: number
  /** What it adds to `raw`, in units of the rating. */
  readonly value: number
}

/** A predicted rating that explains itself. */
export interface RatingPrediction {
  readonly customerId: string
  readonly productId: string
  /** Within the scale, unless clipping is off. Always finite. */
  readonly rating: number
  /** Before clipping: `start` and the `value` of all contributions, added from left to right. */
  readonly raw: number
  /** What the contributions add to: 0, a mean, a baseline; or what stands in. */
  readonly start: number
  /** How many voted; with `tooFewNeighbours` how many could have. */
  readonly neighbours: number
  /** The most alike first; empty where something stands in. */
  readonly contributions: readonly RatingContribution[]
  /** True: the method had nothing to say, and `fallback` stands in. */
  readonly isImpossible: boolean
  readonly fallback: RatingFallback | null
  readonly reason: RatingGap | null
}

/** Many predictions as columns, in the order asked. */
export interface RatingPredictions {
  readonly count: number
  readonly ratings: Float64Array
  readonly raw: Float64Array
  readonly neighbours: Int32Array
  /** Place in {@link RATING_FALLBACKS}, -1 = none. */
  readonly fallbacks: Int8Array
}
