import type { Steps } from '../adapter/contract.ts'
import { dropThin } from './customersScorer.ts'
import { decayed } from './decay.ts'
import { fitSimilarProductsInSteps } from './fitSimilarProducts.ts'
import type { SimilarProducts } from './fitSimilarProducts.ts'
import type { PreferenceRow, Preferences, ProductsStrategy } from './recommend.types.ts'
import { clearSheet } from './scoreSheet.ts'
import type { ScoreParts, Scorer } from './scorer.types.ts'

/**
 * What goes with what a customer has: each own product votes for the products most like it with the similarity times its
 * weight, the recent purchase counting more under a half-life.
 *
 * @throws InvalidInputError `OPTION_INVALID`, `WEIGHTS_INVALID`
 */
export function* productsScorer(preferences: Preferences, strategy: ProductsStrategy, context: { readonly asOf: number }): Steps<Scorer> {
  const { similarity, neighbours } = strategy
  const model = yield* fitSimilarProductsInSteps(preferences, { ...(similarity === undefined ? {} : { similarity }), ...(neighbours === undefined ? {} : { neighbours }) })
  return similarProductsScorer(model, strategy, context)
}

/** {@link productsScorer} on lists that are there already. */
export function similarProductsScorer(model: SimilarProducts, strategy: Pick<ProductsStrategy, 'minNeighbours' | 'halfLifeDays'>, { asOf }: { readonly asOf: number }): Scorer {
  const { minNeighbours = 1, halfLifeDays = null } = strategy
  const { offsets, codes, similarities, support: common } = model

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
        const end = offsets[own + 1] as number
        for (let i = offsets[own] as number; i < end; i++) {
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
        const end = offsets[own + 1] as number
        for (let i = offsets[own] as number; i < end; i++) {
          if (codes[i] !== product) continue
          const similarity = similarities[i] as number
          parts.push({ kind: 'product', code: own, value: weightOf(row, entry) * similarity, similarity, common: common[i] as number })
          break
        }
      }
      return { parts: parts.length < minNeighbours ? [] : parts, of: row.codes.length }
    },
  }
}
