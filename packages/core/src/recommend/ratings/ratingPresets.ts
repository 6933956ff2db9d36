import type { CustomersStrategy, ProductsStrategy, SimilaritySpec } from '../recommend.types.ts'
import type { BaselineRatings, NeighbourRatings, SlopeOneRatings } from './ratings.types.ts'

/** By tool, then by the tool's own names. */
export interface RatingPresets {
  readonly surprise: {
    readonly KNNBasic: NeighbourRatings
    readonly KNNWithMeans: NeighbourRatings
    readonly KNNWithZScore: NeighbourRatings
    readonly KNNBaseline: NeighbourRatings
    readonly BaselineOnly: BaselineRatings
    readonly SlopeOne: SlopeOneRatings
  }
  readonly lenskit: {
    readonly UserKNN: NeighbourRatings
    readonly ItemKNN: NeighbourRatings
  }
}

const surprise: NeighbourRatings = {
  method: 'neighbours',
  over: 'customers',
  similarity: { measure: 'msd' },
  neighbours: 40,
  minNeighbours: 1,
  centring: 'none',
  ties: 'sequence',
  own: 'include',
}
const centredCosine: SimilaritySpec = { measure: 'centredCosine', minSimilarity: 1e-6 }
const lenskit: Omit<NeighbourRatings, 'over'> = { method: 'neighbours', similarity: centredCosine, neighbours: 20, minNeighbours: 1, centring: 'mean', ties: 'recent', clip: false }

/**
 * How other tools predict ratings, with their defaults: plain data for `fitRatings`.
 *
 * Surprise breaks ties by the order in which ratings came, so its k-nearest neighbours need preferences that kept their
 * `sequence`. LensKit leaves ties to the last bit of its similarities; here the younger rating is nearer. Where nobody can
 * be asked it says nothing; here a mean stands in, and the prediction says so.
 *
 * @see Surprise 1.1.4, LensKit 2025; docs/source-notes.md
 * @example fitRatings(preferences, { ...ratingPresets.surprise.KNNBasic, similarity: { measure: 'pearson' } })
 */
export const ratingPresets: RatingPresets = frozen({
  surprise: {
    KNNBasic: surprise,
    KNNWithMeans: { ...surprise, centring: 'mean' },
    KNNWithZScore: { ...surprise, centring: 'zScore' },
    KNNBaseline: { ...surprise, centring: 'baseline' },
    BaselineOnly: { method: 'baseline' },
    SlopeOne: { method: 'slopeOne', own: 'include' },
  },
  lenskit: {
    UserKNN: { ...lenskit, over: 'customers' },
    ItemKNN: { ...lenskit, over: 'products' },
  },
})

/** By tool, then by the tool's own names. */
export interface StrategyPresets {
  readonly lenskit: {
    readonly UserKNN: CustomersStrategy
    readonly ItemKNN: ProductsStrategy
  }
  readonly implicit: {
    readonly ItemItemRecommender: ProductsStrategy
    readonly CosineRecommender: ProductsStrategy
    readonly TFIDFRecommender: ProductsStrategy
    readonly BM25Recommender: ProductsStrategy
  }
}

/**
 * How other tools rank products, with their defaults: plain data for `fitStrategy`.
 *
 * implicit counts the product itself among its 20 neighbours; here it is none of them, so 19 are left. Its models
 * weigh by how often something was bought: preferences with `weight: 'count'`.
 *
 * @see LensKit 2025 with implicit feedback, implicit 0.7.3; docs/source-notes.md
 */
export const strategyPresets: StrategyPresets = frozen({
  lenskit: {
    UserKNN: { kind: 'customers', similarity: { measure: 'cosine', minSimilarity: 1e-6 }, neighbours: 20, minNeighbours: 1, nearest: 'product', votes: 'similarity' },
    ItemKNN: { kind: 'products', similarity: { measure: 'cosine', minSimilarity: 1e-6 }, neighbours: 20, minNeighbours: 1 },
  },
  implicit: {
    ItemItemRecommender: { kind: 'products', similarity: { measure: 'dotProduct' }, neighbours: 19 },
    CosineRecommender: { kind: 'products', similarity: { measure: 'cosine' }, neighbours: 19 },
    TFIDFRecommender: { kind: 'products', similarity: { measure: 'cosine', weighting: 'tfIdf' }, neighbours: 19 },
    BM25Recommender: { kind: 'products', similarity: { measure: 'dotProduct', weighting: { method: 'bm25', k1: 1.2, b: 0.75 } }, neighbours: 19 },
  },
})

/** Frozen throughout: shared by everybody. */
function frozen<Value extends object>(value: Value): Value {
  for (const member of Object.values(value)) if (typeof member === 'object') frozen(member as object)
  return Object.freeze(value)
}
