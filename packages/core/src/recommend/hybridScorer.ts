import type { Steps } from '../adapter/contract.ts'
import { rowOf } from './preferenceRows.ts'
import type { PreferenceRow, Preferences } from './recommend.types.ts'
import { roundToSum } from './roundToSum.ts'
import { clearSheet, createScoreSheet } from './scoreSheet.ts'
import type { Scorer, ScoreParts, ScoreSheet } from './scorer.types.ts'

/** A scorer with its say in a hybrid. */
export interface WeightedScorer {
  /** 0 or more; only ratios matter. */
  readonly weight: number
  readonly scorer: Scorer
}

/**
 * Several strategies together: the scores of each divided by the highest it gives this customer, times its share of the
 * weights, added. Dividing makes them comparable: a sum of similarities and a number of buyers have no unit in common.
 *
 * @param parts in the order in which they are added
 */
export function hybridScorer(parts: readonly WeightedScorer[], preferences: Preferences): Scorer {
  const products = preferences.products.length
  const customers = preferences.customers.length
  const used = parts.filter(({ weight }) => weight > 0)
  const sum = used.reduce((all, { weight }) => all + weight, 0)
  const shares = used.map(({ weight }) => weight / sum)
  const partSheets = used.map(() => createScoreSheet(products))
  const highest = new Float64Array(used.length)
  /** By customer, then part; NaN until asked for. What one product means to a customer is seen beside the best one. */
  let highestOf: Float64Array | null = null
  // Whoever explains a list asks for one row many times: its part scores are kept until another row comes.
  let scored: PreferenceRow | null = null

  const scoreParts = (row: PreferenceRow): void => {
    for (let p = 0; p < used.length; p++) {
      const sheet = partSheets[p] as ScoreSheet
      used[p]!.scorer.score(row, sheet)
      let most = 0
      for (let i = 0; i < sheet.count; i++) {
        const score = sheet.scores[sheet.touched[i] as number] as number
        if (score > most) most = score
      }
      highest[p] = most
    }
    scored = row
  }

  const add = (sheet: ScoreSheet): void => {
    const { scores, support, touched } = sheet
    for (let p = 0; p < used.length; p++) {
      const most = highest[p] as number
      if (most === 0) continue
      const share = shares[p] as number
      const part = partSheets[p] as ScoreSheet
      for (let i = 0; i < part.count; i++) {
        const product = part.touched[i] as number
        if (support[product] === 0) touched[sheet.count++] = product
        scores[product]! += ((part.scores[product] as number) / most) * share
        support[product]! += part.support[product] as number
      }
    }
  }

  return {
    source: 'hybrid',
    *prepare(row) {
      for (const { scorer } of used) if (scorer.prepare !== undefined) yield* scorer.prepare(row)
    },
    score(row, sheet) {
      clearSheet(sheet)
      scoreParts(row)
      add(sheet)
    },
    explain(row, product) {
      if (scored !== row) scoreParts(row)
      const found: ScoreParts['parts'][number][] = []
      const ofKind = new Map<ScoreParts['parts'][number]['kind'], number>()
      const sides: { share: number; parts: ScoreParts }[] = []
      let of = 0
      let score = 0
      for (let p = 0; p < used.length; p++) {
        const { scorer } = used[p] as WeightedScorer
        const side = scorer.explain(row, product)
        const { parts: votes, of: all } = side
        const [first] = votes
        const most = highest[p] as number
        // What a customer never had cannot be bought again: no word of it is no doubt.
        if (first !== undefined || scorer.source !== 'buyAgain') sides.push({ share: shares[p] as number, parts: side })
        if (first === undefined || most === 0) continue
        score += (((partSheets[p] as ScoreSheet).scores[product] as number) / most) * (shares[p] as number)
        of += all
        ofKind.set(first.kind, (ofKind.get(first.kind) ?? 0) + all)
        for (const vote of votes) found.push({ ...vote, value: (vote.value / most) * (shares[p] as number) })
      }
      const { values } = roundToSum(Float64Array.from(found, ({ value }) => value), score)
      const heard = sides.reduce((sum, { share }) => sum + share, 0)
      return { parts: found.map((part, i) => ({ ...part, value: values[i] as number })), of, ofKind, sides: sides.map(({ share, parts: said }) => ({ share: share / heard, parts: said })) }
    },
    *scoreCustomers(product, sheet) {
      clearSheet(sheet)
      const known = (highestOf ??= new Float64Array(customers * used.length).fill(NaN))
      const sheets: ScoreSheet[] = []
      for (const { scorer } of used) {
        const own = createScoreSheet(customers)
        yield* scorer.scoreCustomers === undefined ? oneByOne(preferences, scorer, product, partSheets[0] as ScoreSheet, own) : scorer.scoreCustomers(product, own)
        sheets.push(own)
      }
      scored = null // part sheets were work space
      for (let customer = 0; customer < customers; customer++) {
        if (sheets.every(({ support }) => support[customer] === 0)) continue
        const from = customer * used.length
        if (Number.isNaN(known[from])) {
          yield customer / customers
          scoreParts(rowOf(preferences, customer))
          known.set(highest, from)
        }
        let score = 0
        let votes = 0
        for (let p = 0; p < used.length; p++) {
          const most = known[from + p] as number
          const own = sheets[p] as ScoreSheet
          if (most === 0 || own.support[customer] === 0) continue
          score += ((own.scores[customer] as number) / most) * (shares[p] as number)
          votes += own.support[customer] as number
        }
        if (votes === 0) continue
        sheet.scores[customer] = score
        sheet.support[customer] = votes
        sheet.touched[sheet.count++] = customer
      }
    },
  }
}

/** What a scorer gives one product for every customer, by scoring each of them. */
export function* oneByOne(preferences: Preferences, scorer: Scorer, product: number, work: ScoreSheet, sheet: ScoreSheet): Steps<void> {
  clearSheet(sheet)
  const count = preferences.customers.length
  for (let customer = 0; customer < count; customer++) {
    yield customer / count
    scorer.score(rowOf(preferences, customer), work)
    if (work.support[product] === 0) continue
    sheet.scores[customer] = work.scores[product] as number
    sheet.support[customer] = work.support[product] as number
    sheet.touched[sheet.count++] = customer
  }
}
