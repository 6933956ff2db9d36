import { codeOfId, rowOf } from './preferenceRows.ts'
import { daysBefore, decayed } from './decay.ts'
import type { Neighbourhood } from './customersScorer.ts'
import { clearSheet } from './scoreSheet.ts'
import type { BuyAgainStrategy, PreferenceRow, Preferences } from './recommend.types.ts'
import type { Scorer } from './scorer.types.ts'

/** What a scorer may need besides preferences. */
export interface ScorerContext {
  /** Epoch milliseconds: the present from which half-lives and windows count. */
  readonly asOf: number
  /** All that customers ever had, weighted by orders, where preferences hold less. Default the preferences. */
  readonly history?: Preferences
  /** Similar products are found when asked for, instead of all at once before the first question. Default false. */
  readonly onDemand?: boolean
  /** Where scorers of similar customers leave who is near for others that ask the same. Default each finds out by itself. */
  readonly neighbourhoods?: Map<string, Neighbourhood>
}

/**
 * Own purchases as often as they were made, the recent ones more under a half-life.
 *
 * The score of a product is its weight in the history of the customer, or in the row itself for somebody who is not in the data.
 */
export function buyAgainScorer(preferences: Preferences, { halfLifeDays = null }: BuyAgainStrategy, { asOf, history = preferences }: ScorerContext): Scorer {
  // Codes of the history are codes of the preferences when they are one; else products are found by id, once.
  let codes: Int32Array | null = null
  const ownRow = (row: PreferenceRow): PreferenceRow => {
    if (history === preferences || row.customer < 0) return row
    codes ??= Int32Array.from(history.products, (id) => codeOfId(preferences.products, id))
    return rowOf(history, codeOfId(history.customers, preferences.customers[row.customer] as string))
  }
  const productAt = (row: PreferenceRow, own: PreferenceRow, i: number): number => (row === own ? (own.codes[i] as number) : ((codes as Int32Array)[own.codes[i] as number] as number))
  const valueAt = ({ weights, at }: PreferenceRow, i: number): number => (weights[i] as number) * decayed(at === null ? NaN : (at[i] as number), asOf, halfLifeDays)

  return {
    source: 'buyAgain',
    score(row, sheet) {
      clearSheet(sheet)
      const own = ownRow(row)
      const { scores, support, touched } = sheet
      for (let i = 0; i < own.codes.length; i++) {
        const product = productAt(row, own, i)
        if (product < 0) continue
        scores[product] = valueAt(own, i)
        support[product] = 1
        touched[sheet.count++] = product
      }
    },
    explain(row, product) {
      const own = ownRow(row)
      for (let i = 0; i < own.codes.length; i++) {
        if (productAt(row, own, i) !== product) continue
        const daysAgo = own.at === null ? null : daysBefore(own.at[i] as number, asOf)
        return { parts: [{ kind: 'own', code: -1, value: valueAt(own, i), similarity: null, common: own.weights[i] as number, daysAgo }], of: 1 }
      }
      return { parts: [], of: 0 }
    },
  }
}
