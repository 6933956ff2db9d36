import type { ScoreSheet } from './scorer.types.ts'

/** An empty sheet for so many products. One serves any number of rows. */
export function createScoreSheet(products: number): ScoreSheet {
  return { scores: new Float64Array(products), support: new Int32Array(products), touched: new Int32Array(products), count: 0 }
}

/** Wipes what is written, not all there is: a row touches few of many products. */
export function clearSheet(sheet: ScoreSheet): void {
  const { scores, support, touched, count } = sheet
  for (let i = 0; i < count; i++) {
    const product = touched[i] as number
    scores[product] = 0
    support[product] = 0
  }
  sheet.count = 0
}
