import type { WarningCount } from '../adapter/contract.ts'

/**
 * Rows of a sparse table, one after the other: row `r` holds the entries `offsets[r] .. offsets[r + 1]`, ascending by
 * `codes`. 20 bytes an entry, 28 with times.
 */
export interface SparseRows {
  /** Length rows + 1. */
  readonly offsets: Int32Array
  /** Code of the product (rows of customers) or of the customer (rows of products). */
  readonly codes: Int32Array
  readonly weights: Float64Array
  /** Epoch milliseconds of the last purchase or rating, NaN where it has none; null when no time is known at all. */
  readonly at: Float64Array | null
  /** Place of the entry in the input, kept only when asked for: some tools break ties by it. */
  readonly sequence: Int32Array | null
}

/**
 * Who has what, and how much: customers by products, sparse, from both sides. A code is the place of an id in its list, and
 * the lists ascend, so that equal data give equal codes whatever their order.
 */
export interface Preferences {
  readonly kind: 'preferences'
  readonly version: 1
  readonly customers: readonly string[]
  readonly products: readonly string[]
  /** Which lists ascend by number instead of by text; left out: neither. */
  readonly byNumber?: { readonly customers: boolean; readonly products: boolean }
  readonly byCustomer: SparseRows
  readonly byProduct: SparseRows
  /** Lowest and highest rating, when the weights are ratings; predictions are clipped to it. */
  readonly scale: RatingScale | null
  /** What was merged or left out. */
  readonly warnings: readonly WarningCount[]
}

/** What becomes of a pair that occurs more than once. `last`: by time, else by place in the input. */
export type DuplicatesRule = 'sum' | 'last' | 'mean' | 'max' | 'error'

export interface RatingScale {
  readonly lowest: number
  readonly highest: number
}

/** One row of preferences: of a customer in the data, of a basket, of somebody the data do not know. Codes ascend. */
export interface PreferenceRow {
  /** -1 for somebody who is not in the data. */
  readonly customer: number
  readonly codes: Int32Array
  readonly weights: Float64Array
  readonly at: Float64Array | null
}

/** Sums over what two rows share (x of the one, y of the other), and over all that each has. See `PAIRS_COLUMNS`. */
export interface PairSums {
  readonly n: number
  readonly sumX: number
  readonly sumY: number
  readonly sumXy: number
  readonly sumXx: number
  readonly sumYy: number
  readonly targetN: number
  readonly targetSum: number
  readonly targetSquares: number
  readonly otherN: number
  readonly otherSum: number
  readonly otherSquares: number
}

/** What {@link PairSums} can tell. */
export type PairMeasure =
  /** Dot product by the norms over all that each has. */
  | 'cosine'
  /** Without norms, so without bounds: who has much is like many. What implicit makes of counts and of BM25. */
  | 'dotProduct'
  /** The same by the norms over what both have: Surprise. */
  | 'commonCosine'
  /** Means and norms over what both have: Surprise. */
  | 'pearson'
  /** Means over all that each has, norms over what both have: the textbook. */
  | 'textbookPearson'
  /** Means and norms over all that each has: LensKit. Less to share is less alike. */
  | 'centredCosine'
  /** 1 / (1 + mean squared difference) over what both have. */
  | 'msd'
  /** Shared by united. */
  | 'jaccard'

export type SimilarityMeasure =
  | PairMeasure
  /** Products, each weight less the mean of its customer (Sarwar 2001); customers, less that of the product. */
  | 'adjustedCosine'
  /** Pearson of what a baseline leaves, shrunk by support: Surprise. */
  | 'pearsonBaseline'

/** How alike two rows are. */
export interface SimilaritySpec {
  readonly measure: SimilarityMeasure
  /** Weights for the similarity alone: votes keep their own. Default `none`. */
  readonly weighting?: 'none' | 'tfIdf' | Bm25
  /** Fewer shared partners make a similarity 0. Default 1. */
  readonly minSupport?: number
  /** lambda of (n - 1) / (n - 1 + lambda); 0 = none. Default 0, for `pearsonBaseline` 100. */
  readonly shrinkage?: number
  /** gamma of min(n, gamma) / gamma; 0 = none. Default 0. */
  readonly significance?: number
  /** Similarities at or below this are no neighbours. Default 0 under `drop`, none under `keep`. */
  readonly minSimilarity?: number
  /** Whether the unlike vote too, with a negative weight. Default `drop`. */
  readonly negatives?: 'drop' | 'keep'
}

export interface Bm25 {
  readonly method: 'bm25'
  /** Default 1.2. */
  readonly k1?: number
  /** Default 0.75. */
  readonly b?: number
}

/** User-based: what customers like this one have. On demand, nothing is fitted. */
export interface CustomersStrategy {
  readonly kind: 'customers'
  /** Default `{ measure: 'cosine' }`. */
  readonly similarity?: SimilaritySpec
  /** Votes a product gets at most. Default 20. */
  readonly neighbours?: number
  /** A product with fewer votes is not recommended. Default 1. */
  readonly minNeighbours?: number
  /** The nearest of all, or for each product the nearest of those who have it. Default `customer`. */
  readonly nearest?: 'customer' | 'product'
  /** Whether a vote counts the similarity, or the similarity times the weight of the neighbour. Default `similarity`. */
  readonly votes?: 'similarity' | 'weighted'
  /** A neighbour's vote halves every so many days since the purchase; null = never. Default null. */
  readonly halfLifeDays?: number | null
}

/** Item-based: what goes with what this customer has. */
export interface ProductsStrategy {
  readonly kind: 'products'
  /** Default `{ measure: 'cosine', weighting: 'tfIdf' }`. */
  readonly similarity?: SimilaritySpec
  /** Similar products kept for each product. Default 20. */
  readonly neighbours?: number
  /** A product with fewer votes is not recommended. Default 1. */
  readonly minNeighbours?: number
  /** Own purchases halve in weight every so many days; null = never. Default null. */
  readonly halfLifeDays?: number | null
}

/** What the customer bought before, and how often. */
export interface BuyAgainStrategy {
  readonly kind: 'buyAgain'
  /** Default null. */
  readonly halfLifeDays?: number | null
}

/** What most customers have. */
export interface PopularityStrategy {
  readonly kind: 'popularity'
  /** Purchases of the last so many days alone; null = all. Default null. */
  readonly windowDays?: number | null
  /** Default null. */
  readonly halfLifeDays?: number | null
}

/** Several together: scores of each part divided by its highest, times its weight, added. */
export interface HybridStrategy {
  readonly kind: 'hybrid'
  /** Weights are positive; only their ratio matters. */
  readonly parts: readonly { readonly weight: number; readonly strategy: SingleStrategy }[]
}

export type SingleStrategy = CustomersStrategy | ProductsStrategy | BuyAgainStrategy | PopularityStrategy

/** How products are ranked for a customer. Plain JSON. */
export type RecommendStrategy = SingleStrategy | HybridStrategy

/** Where a recommendation comes from. `segment`: what others of the same segment buy. */
export type RecommendSource = SingleStrategy['kind'] | 'hybrid' | 'segment'

/**
 * What preferences are made of.
 *
 * - `transactions`: purchase lines (amount > 0) up to `asOf`.
 * - `ratings`: the set `ratings`.
 * - `both`: purchases, and ratings of at least `likedFrom` as purchases more; a rating below it takes a purchase out.
 */
export interface PreferenceSpec {
  readonly from: 'transactions' | 'ratings' | 'both'
  /** Epoch milliseconds. Also the present from which half-lives count. */
  readonly asOf: number
  /** Epoch milliseconds. Earlier purchases are left out. */
  readonly since?: number
  /** Of purchases: 1, the number of orders, or ln(1 + orders). Default `binary`. */
  readonly weight?: 'binary' | 'count' | 'logCount'
  /** Needed for `both`. */
  readonly likedFrom?: number
}

/** Which products may be recommended. All hold. */
export interface RecommendFilters {
  /** What the customer has: never again (default), again after so many days, or allowed. */
  readonly bought?: 'exclude' | 'include' | { readonly notWithinDays: number }
  /** Only products with `available`; one without a value counts as available. Default false. */
  readonly inStock?: boolean
  readonly categories?: { readonly allow?: readonly string[]; readonly deny?: readonly string[] }
  /** In units of the price field, both included. A product without a price fails. */
  readonly price?: { readonly min?: number; readonly max?: number }
  /** Only these products. */
  readonly allow?: readonly string[]
  readonly deny?: readonly string[]
  /** Products the customer does not want to see: as `deny`, counted apart. */
  readonly dismissed?: readonly string[]
  /** At most so many of one category; products without a category count as one. */
  readonly perCategory?: number
  /**
   * 0 = by score alone, 1 = as different as possible: maximal marginal relevance over the similarity of products
   * (Carbonell and Goldstein 1998). Default 0.
   */
  readonly diversity?: number
}

/** The filter that took products away. */
export type FilterName = 'bought' | 'inStock' | 'categories' | 'price' | 'allow' | 'deny' | 'dismissed' | 'perCategory'

/**
 * How much of similar customers a reason shows.
 *
 * - `counts`: how many. They are one contribution together, without `id` and `similarity`; its `common` is their number.
 * - `anonymous`: each, numbered within the list: `#1` is one and the same customer wherever it occurs.
 * - `ids`: who.
 *
 * Products are never hidden.
 */
export type ReasonPrivacy = 'counts' | 'anonymous' | 'ids'

/** Part of a score: what one neighbour, one own product, or the market adds. */
export interface Contribution {
  /** What speaks for it: a similar customer, a product of the customer's own, own purchases, or everybody's. */
  readonly kind: 'customer' | 'product' | 'own' | 'popularity' | 'segment'
  /** The customer or product; null where privacy or kind leaves nobody to name. */
  readonly id: string | null
  /** What it adds to the score. */
  readonly value: number
  /** Similarity of the neighbour, null where there is none. */
  readonly similarity: number | null
  /** Products or customers that the two have in common; for `own` the orders, for `popularity` and `segment` the buyers. */
  readonly common: number
  /** Of a product with an `id`, as the set `products` says; left out or null where it does not, and for customers. */
  readonly name?: string | null
  /** For `own`: whole days between the last purchase and `asOf`; left out or null where no time is known. */
  readonly daysAgo?: number | null
}

/** Why a product is recommended. */
export interface RecommendationReason {
  /** The largest first. With {@link others}, added from the first on, exactly `score`. */
  readonly contributions: readonly Contribution[]
  /** What is not listed; value 0 and count 0 when all are. */
  readonly others: { readonly count: number; readonly value: number }
  /** Neighbours (or own products) that voted for the product, and of how many: `support` of the `of` most similar have it. */
  readonly support: number
  readonly of: number
  /** The same for each kind that voted, the heaviest first: 7 of 20 similar customers, 2 of 9 own products. */
  readonly votes: readonly Votes[]
}

/** How many of a kind voted, of how many that could have. */
export interface Votes {
  readonly kind: Contribution['kind']
  readonly support: number
  readonly of: number
  /** What they add to the score together. */
  readonly value: number
}

/** How much speaks for it. What was bought of each level on real data: docs/definitions.md. */
export type ConfidenceLevel = 'high' | 'medium' | 'low'

export interface Recommendation {
  readonly productId: string
  /** From 1. */
  readonly rank: number
  /** Comparable within one list only. */
  readonly score: number
  readonly source: RecommendSource
  readonly support: number
  readonly confidence: { readonly level: ConfidenceLevel; /** 0..1, medium from 1/3, high from 2/3: comparable between lists, and no probability */ readonly value: number }
  readonly reason: RecommendationReason
  /** As the set `products` says; null where it does not. */
  readonly name: string | null
  readonly category: string | null
  /** Units of the money field. */
  readonly price: number | null
  /** Times one order usually takes of it, from purchases; null without quantities. */
  readonly suggestedQuantity: number | null
  /** price * suggestedQuantity, units of the money field. */
  readonly estimatedValue: number | null
}

/** Why a list is shorter than asked. */
export interface Shortfall {
  readonly asked: number
  readonly found: number
  /** Products that had a score and were taken away, by filter; those that never had one are `noSignal`. */
  readonly removed: readonly { readonly filter: FilterName | 'noSignal'; readonly count: number }[]
}

/** Why there was nothing of the customer's own to go by. */
export type ColdStart = 'unknownCustomer' | 'noPreferences' | 'unknownBasket' | 'unknownProduct'

export interface RecommendationList {
  readonly kind: 'recommendations'
  readonly version: 1
  /** Same request, same data, same id: for attribution. */
  readonly id: string
  readonly items: readonly Recommendation[]
  readonly shortfall: Shortfall | null
  readonly coldStart: ColdStart | null
  /** The segment that items with `source: 'segment'` are popular in; left out or null where there is none. */
  readonly segment?: { readonly field: string; readonly value: string } | null
  /** Of prices and estimated values; empty currency when amounts are plain integers. */
  readonly money: { readonly currency: string; readonly scale: number }
  readonly customers: number
  readonly products: number
  /** Pairs of a customer and a product that the list was made from. */
  readonly preferences: number
  readonly warnings: readonly WarningCount[]
}

/** Customers for a product: whom to call. */
export interface CustomerList {
  readonly kind: 'customers-for-product'
  readonly version: 1
  readonly id: string
  readonly productId: string
  readonly items: readonly {
    readonly customerId: string
    readonly rank: number
    readonly score: number
    readonly support: number
    readonly confidence: Recommendation['confidence']
    readonly reason: RecommendationReason
    readonly name: string | null
  }[]
  /** `unknownProduct`: nobody has it, so nothing says who would. */
  readonly coldStart: ColdStart | null
  readonly shortfall: Shortfall | null
  readonly warnings: readonly WarningCount[]
}

/** Customers like a customer, or products like a product. */
export interface NeighbourList {
  readonly kind: 'neighbours'
  readonly version: 1
  readonly over: 'customers' | 'products'
  readonly id: string
  readonly measure: SimilarityMeasure
  /** The most alike first; ties by common, then by id. */
  readonly items: readonly {
    readonly id: string
    readonly similarity: number
    /** Partners that both have. */
    readonly common: number
    /** Partners that the neighbour has. */
    readonly partners: number
  }[]
  /** All that share a partner with it. 0: it is not in the data, or shares nothing with anybody. */
  readonly compared: number
  readonly warnings: readonly WarningCount[]
}

// Requests of the operations: plain JSON.

interface RecommendBase {
  readonly preferences: PreferenceSpec
  /** Default a hybrid of similar customers and similar products with a half-life of 60 days: `defaultStrategy`. */
  readonly strategy?: RecommendStrategy
  readonly filters?: RecommendFilters
  /** 1..1,000. Default 5. */
  readonly limit?: number
  readonly explain?: {
    /** Contributions listed. Default 5. */
    readonly contributions?: number
    /** Default `counts`. */
    readonly privacy?: ReasonPrivacy
  }
}

export interface RecommendRequest extends RecommendBase {
  readonly for: { readonly customerId: string } | { readonly basket: readonly string[] } | { readonly productId: string }
  /** What fills a list that the strategy leaves short, marked by `source`. Default `popularity`. */
  readonly fill?: 'popularity' | 'none'
  /** An attribute of customers: whoever has no purchases gets what is popular among those who share its value. */
  readonly segmentField?: string
}

export interface CustomersForProductRequest extends Omit<RecommendBase, 'filters'> {
  readonly productId: string
  /** Whether customers who have it already are called too. Default `exclude`. */
  readonly bought?: RecommendFilters['bought']
}

export interface NeighboursRequest {
  readonly over: 'customers' | 'products'
  readonly id: string
  /** For local work all measures; pushed down those of `PairMeasure` without weighting. */
  readonly similarity?: SimilaritySpec
  /** `timeZone`: whose days count under data by day. Default that of the data. */
  readonly preferences: PreferenceSpec & { readonly timeZone?: string }
  /** Default 20. */
  readonly limit?: number
}

/** Would it have worked? Strategies fitted to what was known before `cutoff`, judged by what was bought after. */
export interface BackTestRequest {
  /**
   * Of ratings, those without a time are left out, and `likedFrom` says which are worth finding (default all). With `since`, what was
   * bought only before it counts as new.
   */
  readonly preferences: PreferenceSpec
  /**
   * Default: popularity, similar customers, similar products, the hybrid (`popularity`, `customers`, `products`, `hybrid`), each with
   * the half-lives that were best before. Names come back as they are.
   */
  readonly strategies?: readonly { readonly name: string; readonly strategy: RecommendStrategy }[]
  /** Days before `asOf` that are tested. Default 90. */
  readonly testDays?: number
  /**
   * Weights of hybrids, and half-lives where no strategies are named, are chosen on the same number of days before the test. Default
   * true.
   */
  readonly chooseWeights?: boolean
  /** New products alone, or what was bought again too. Default `novel`. */
  readonly task?: 'novel' | 'any'
  /** Length of the lists. Default 10. */
  readonly k?: number
  /** Of the bootstrap, 100..10,000. Default 1,000. */
  readonly samples?: number
  /** Tested at most, drawn by the seed. Default 1,500. */
  readonly maxCustomers?: number
  readonly seed?: number
}

/** A figure with its bootstrap interval of 95 %. */
export interface Estimate {
  readonly value: number
  readonly low: number
  readonly high: number
}

/** Of lists of length k, averaged over the customers tested. Conventions: docs/definitions.md. */
export interface RankingFigures {
  readonly precision: Estimate
  readonly recall: Estimate
  readonly ndcg: Estimate
  readonly map: Estimate
  readonly mrr: Estimate
  readonly hitRate: Estimate
  /** Share of the catalogue that is recommended to anybody. */
  readonly coverage: number
  /** Mean -log2 of the share of customers who have a product recommended. */
  readonly novelty: number
  /** Mean of 1 - cosine over the pairs of products in a list. */
  readonly diversity: number
}

export interface BackTestRow {
  readonly name: string
  readonly strategy: RecommendStrategy
  readonly figures: RankingFigures
  /**
   * NDCG less that of popularity for the same customers, paired bootstrap; null for popularity itself. The intervals of all rows
   * together hold 95 % (Bonferroni): with more rows chance has more tries, and each is wider.
   */
  readonly gain: Estimate | null
}

/** What the window before the test said. */
export interface BackTestChoice {
  /** Epoch milliseconds: known before, compared from then on, up to the cut-off of the test. */
  readonly cutoff: number
  /** Customers compared, at most 400, drawn by the seed. */
  readonly customers: number
  /** The row that was best there, popularity aside. */
  readonly favourite: string | null
  /** The best strategy for each row, with its mean NDCG there: higher than what it will do, being the best of several. */
  readonly rows: readonly { readonly name: string; readonly strategy: RecommendStrategy; readonly ndcg: number }[]
}

export interface BackTestResult {
  readonly kind: 'back-test'
  readonly version: 1
  readonly k: number
  /** Epoch milliseconds: known before, tested from then on, up to `until`. */
  readonly cutoff: number
  readonly until: number
  /** Customers tested: known before, with at least one product to find. */
  readonly customers: number
  /** How many there were to draw them from; left out when all were tested. */
  readonly eligible?: number
  /** Products known before. */
  readonly products: number
  /** The best of `ndcg` first; none without customers to test. */
  readonly rows: readonly BackTestRow[]
  /** `signal` when the interval of any gain lies above 0; `tooFew` below 30 customers. */
  readonly verdict: 'signal' | 'noSignal' | 'tooFew'
  /** What to use: what was best in the window before, if it has a signal; else the best row that has; else popularity. */
  readonly chosen: RecommendStrategy
  /** How strategies were chosen; left out or null when nothing was, for want of customers or because it was not asked for. */
  readonly choice?: BackTestChoice | null
  readonly warnings: readonly WarningCount[]
}
