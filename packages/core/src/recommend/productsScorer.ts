import type { Steps } from '../adapter/contract.ts'
import { createComparer } from './createComparer.ts'
import { dropThin } from './customersScorer.ts'
import { decayed } from './decay.ts'
import { nearestTo } from './findNeighbours.ts'
import type { Neighbours } from './findNeighbours.ts'
import { fitSimilarProductsInSteps } from './fitSimilarProducts.ts'
import type { SimilarProducts } from './fitSimilarProducts.ts'
import { rowOfProduct } from './preferenceRows.ts'
import type { PreferenceRow, Preferences, ProductsStrategy } from './recommend.types.ts'
import { votesOfProducts } from './reverseScores.ts'
import { clearSheet, createScoreSheet } from './scoreSheet.ts'
import type { ScoreParts, Scorer } from './scorer.types.ts'

/**
 * What goes with what a customer has: each own product votes for the products most like it with the similarity times its
 * weight, the recent purchase counting more under a half-life.
 *
 * @throws InvalidInputError `OPTION_INVALID`, `WEIGHTS_INVALID`
 */
export function* productsScorer(preferences: Preferences, strategy: ProductsStrategy, context: { readonly asOf: number; readonly onDemand?: boolean }): Steps<Scorer> {
  if (context.onDemand === true) {
    const lists = yield* listsOnDemand(preferences, strategy)
    return {
      ...similarProductsScorer(preferences, lists, strategy, context),
      *prepare({ codes }) {
        for (let entry = 0; entry < codes.length; entry++) {
          lists.take(codes[entry] as number)
          yield
        }
      },
    }
  }
  const { similarity, neighbours } = strategy
  const model = yield* fitSimilarProductsInSteps(preferences, { ...(similarity === undefined ? {} : { similarity }), ...(neighbours === undefined ? {} : { neighbours }) })
  return similarProductsScorer(preferences, fittedLists(model), strategy, context)
}

/** Lists of similar products, one at hand at a time: nothing is allocated to look at the next. */
export interface ProductLists {
  /** The list at hand lies at `start .. end`. */
  readonly at: { codes: Int32Array; similarities: Float64Array; support: Int32Array; start: number; end: number }
  /** Puts the list of a product at hand. */
  readonly take: (product: number) => void
}

/** Lists that are there already. */
export function fittedLists({ offsets, codes, similarities, support }: SimilarProducts): ProductLists {
  const at = { codes, similarities, support, start: 0, end: 0 }
  return {
    at,
    take(product) {
      at.start = offsets[product] as number
      at.end = offsets[product + 1] as number
    },
  }
}

/**
 * Lists made when they are asked for, and kept: the same ones that a fit makes, to the last bit. Ready at once, for the price
 * of a fit or two when all have been asked for.
 */
export function* listsOnDemand(preferences: Preferences, { similarity = { measure: 'cosine', weighting: 'tfIdf' }, neighbours = 20 }: Pick<ProductsStrategy, 'similarity' | 'neighbours'>): Steps<ProductLists> {
  const comparer = yield* createComparer(preferences, 'products', similarity)
  const sheet = createScoreSheet(comparer.count)
  const known = new Map<number, Neighbours>()
  const at: ProductLists['at'] = { codes: new Int32Array(0), similarities: new Float64Array(0), support: new Int32Array(0), start: 0, end: 0 }
  return {
    at,
    take(product) {
      let list = known.get(product)
      if (list === undefined) {
        list = nearestTo(comparer, rowOfProduct(preferences, product), similarity, neighbours, sheet)
        known.set(product, list)
      }
      at.codes = list.codes
      at.similarities = list.similarities
      at.support = list.support
      at.end = list.codes.length
    },
  }
}

/** {@link productsScorer} on lists from wherever. */
export function similarProductsScorer(preferences: Preferences, lists: ProductLists, strategy: Pick<ProductsStrategy, 'minNeighbours' | 'halfLifeDays'>, { asOf }: { readonly asOf: number }): Scorer {
  const { minNeighbours = 1, halfLifeDays = null } = strategy
  const { at: list, take } = lists

  function weightOf({ weights, at }: PreferenceRow, entry: number): number {
    const weight = weights[entry] as number
    return at === null ? weight : weight * decayed(at[entry] as number, asOf, halfLifeDays)
  }

  return {
    source: 'products',
    score(row, sheet) {
      clearSheet(sheet)
      const { scores, support, touched } = sheet
      let count = 0
      for (let entry = 0; entry < row.codes.length; entry++) {
        const own = row.codes[entry] as number
        const weight = weightOf(row, entry)
        take(own)
        const { codes, similarities, start, end } = list
        for (let i = start; i < end; i++) {
          const product = codes[i] as number
          const votes = support[product] as number
          if (votes === 0) touched[count++] = product
          support[product] = votes + 1
          scores[product] = (scores[product] as number) + weight * (similarities[i] as number)
        }
      }
      sheet.count = count
      dropThin(sheet, minNeighbours)
    },
    explain(row, product) {
      const parts: ScoreParts['parts'][number][] = []
      for (let entry = 0; entry < row.codes.length; entry++) {
        const own = row.codes[entry] as number
        take(own)
        const { codes, similarities, support: common, start, end } = list
        for (let i = start; i < end; i++) {
          if (codes[i] !== product) continue
          const similarity = similarities[i] as number
          parts.push({ kind: 'product', code: own, value: weightOf(row, entry) * similarity, similarity, common: common[i] as number })
          break
        }
      }
      return { parts: parts.length < minNeighbours ? [] : parts, of: row.codes.length }
    },
    *scoreCustomers(product, sheet) {
      yield* votesOfProducts(preferences, product, lists, (weight, at) => weight * decayed(at, asOf, halfLifeDays), sheet)
      dropThin(sheet, minNeighbours)
    },
  }
}
