import type { ResidentTables, Steps, WarningCount } from '../../adapter/contract.ts'
import { InvalidInputError } from '../../errors/index.ts'
import type { WarningCode } from '../../errors/index.ts'
import { createRandom, drawSome } from '../../shared/random.ts'
import { checkStrategy } from '../checkStrategy.ts'
import { preferenceReads } from '../preferenceReads.ts'
import { preferencesFromTables } from '../preferencesFromTables.ts'
import type { BackTestChoice, BackTestRequest, BackTestResult, BackTestRow, PopularityStrategy, Preferences, PreferenceSpec, RankingFigures, RecommendStrategy } from '../recommend.types.ts'
import { shownValue } from '../shownValue.ts'
import type { Scorer } from '../scorer.types.ts'
import { bootstrapMeans, estimateOf, pairedOf } from './bootstrap.ts'
import { defaultChoices, mixturesOf } from './candidateStrategies.ts'
import type { StrategyChoice } from './candidateStrategies.ts'
import { evaluateScorers, recordLists } from './evaluateRanking.ts'
import type { EvaluateRankingOptions, RankingEvaluation } from './evaluateRanking.ts'
import { part } from './progress.ts'
import { fitPool, partsOf } from './strategyPool.ts'
import { BEGINNING, countOutside, instantOf, tablesWithin, timeKindOf, windowCuts } from './tablesWithin.ts'
import type { Cut } from './tablesWithin.ts'
import { someOf, testSetOf } from './testSet.ts'
import type { TestSet } from './testSet.ts'

/** Below it an interval says nothing. */
const FEWEST_CUSTOMERS = 30
/** Weights are chosen on no more than so many customers, drawn by the seed: they decide between strategies, not between digits. */
const CHOOSING_CUSTOMERS = 400
const METRICS = ['precision', 'recall', 'ndcg', 'averagePrecision', 'reciprocalRank', 'hit'] as const
const NDCG: number = METRICS.indexOf('ndcg')
const POPULARITY: PopularityStrategy = Object.freeze({ kind: 'popularity' })

/**
 * Would it have worked? Fits strategies to what was known before the last `testDays`, lets them recommend to everybody who
 * was known, and looks what these customers then bought.
 *
 * Nothing in training is later than what is tested. Half-lives and the weights of hybrids are chosen on the window of the
 * same length before the test, by strategies that saw neither; the test is looked at once. Everything is drawn by `seed`.
 *
 * @param tables with what `preferenceReads` names
 * @returns frozen; `rows` ascend from the best NDCG down. Without customers to test: no rows
 * @throws InvalidInputError `OPTION_INVALID`, `WEIGHTS_INVALID`, `SPEC_INVALID`, `KEY_DUPLICATE` for a name that repeats;
 *   UnsupportedError `SET_MISSING`
 * @example
 * const result = runToEnd(backTest(tables, { preferences: { from: 'transactions', asOf }, testDays: 90 }))
 * result.verdict // 'signal': result.chosen beats popularity
 */
export function* backTest(tables: ResidentTables, request: BackTestRequest): Steps<BackTestResult> {
  const { testDays, k, samples, seed, maxCustomers, chooseWeights, choices, task } = checkRequest(request)
  const { schema } = tables
  const spec = request.preferences
  preferenceReads(spec, schema) // throws where it cannot be read
  const kind = timeKindOf(schema, spec.from === 'ratings' ? 'ratings' : 'transactions')
  const { end, cuts } = windowCuts(schema, spec.asOf, testDays, 2)
  const [testCut, choiceCut] = cuts as [Cut, Cut]
  const choice = chooseWeights ? yield* part(chooseStrategies(tables, spec, { from: choiceCut, before: testCut, choices, task, k, seed, kind }), 0, 0.5) : null
  const rows = choices.map(({ name, candidates }, i) => ({ name, strategy: choice?.strategies[i] ?? (candidates[0] as RecommendStrategy) }))

  const window = yield* part(readWindow(tables, spec, testCut, end, task), 0.5, 0.55)
  const outside = yield* countOutside(tables, sinceOf(tables, spec), end)
  const cutoff = instantOf(schema, testCut, kind)
  const tested = drawnOf(window.tested, maxCustomers, seed)
  const strategies = [...rows.map(({ strategy }) => strategy), POPULARITY]
  const evaluations = yield* part(evaluate(strategies, window, cutoff, tested, evaluateScorers, { k, task }), 0.55, 0.9)
  const isTested = tested.customers.length > 0
  const reported = isTested ? yield* part(report(rows, evaluations, { samples, seed }), 0.9, 1) : []

  // A row that beats popularity, that of the window before first.
  const beats = (row: BackTestRow | undefined): row is BackTestRow => row !== undefined && row.gain !== null && row.gain.low > 0
  const tooFew = tested.customers.length < FEWEST_CUSTOMERS
  const favourite = reported.find(({ name }) => name === choice?.record.favourite)
  const best = tooFew ? undefined : beats(favourite) ? favourite : reported.find(beats)
  return Object.freeze({
    kind: 'back-test',
    version: 1,
    k,
    cutoff,
    until: spec.asOf,
    customers: tested.customers.length,
    ...(tested === window.tested ? {} : { eligible: window.tested.customers.length }),
    products: window.train.products.length,
    rows: Object.freeze(reported),
    verdict: tooFew ? 'tooFew' : best === undefined ? 'noSignal' : 'signal',
    chosen: best?.strategy ?? rows.find(({ strategy }) => isPlainPopularity(strategy))?.strategy ?? POPULARITY,
    choice: choice?.record ?? null,
    warnings: addWarnings(window.warnings, outside),
  })
}

interface CheckedRequest extends Required<Pick<BackTestRequest, 'testDays' | 'k' | 'samples' | 'seed' | 'maxCustomers' | 'chooseWeights' | 'task'>> {
  readonly choices: readonly StrategyChoice[]
}

function checkRequest(request: BackTestRequest): CheckedRequest {
  const { strategies, testDays = 90, chooseWeights = true, task = 'novel', k = 10, samples = 1000, seed = 1, maxCustomers = 1500 } = request
  if (!(Number.isInteger(testDays) && testDays >= 1 && testDays <= 36_500)) fail(`\`testDays\` must be a whole number from 1 to 36,500, got ${shownValue(testDays)}`)
  if (task !== 'novel' && task !== 'any') fail("`task` must be 'novel' or 'any'")
  if (!(Number.isInteger(k) && k >= 1 && k <= 1000)) fail(`\`k\` must be a whole number from 1 to 1,000, got ${shownValue(k)}`)
  if (!(Number.isInteger(samples) && samples >= 100 && samples <= 10_000)) fail(`\`samples\` must be a whole number from 100 to 10,000, got ${shownValue(samples)}`)
  if (!(Number.isInteger(maxCustomers) && maxCustomers >= 1)) fail(`\`maxCustomers\` must be a whole number from 1 on, got ${shownValue(maxCustomers)}`)
  if (!Number.isFinite(seed)) fail(`\`seed\` must be a finite number, got ${shownValue(seed)}`)
  const checked = { testDays, k, samples, seed, maxCustomers, chooseWeights, task }
  if (strategies === undefined) return { ...checked, choices: defaultChoices() }
  if (!Array.isArray(strategies) || strategies.length < 1 || strategies.length > 20) fail('`strategies` must be a list of 1 to 20')
  const names = new Set<string>()
  for (const [index, one] of strategies.entries()) {
    if (typeof one?.name !== 'string' || one.name === '') fail(`Strategy ${index} has no \`name\``)
    if (names.has(one.name)) {
      throw new InvalidInputError('KEY_DUPLICATE', `Strategy ${index} has the name of another. Rows of the result could not be told apart. Name each differently.`, { index })
    }
    names.add(one.name)
    checkStrategy(one.strategy)
  }
  return { ...checked, choices: strategies.map(({ name, strategy }) => ({ name, candidates: chooseWeights ? mixturesOf(strategy) : [strategy] })) }
}

interface TestWindow {
  readonly train: Preferences
  /** All purchases by orders, for buying again; undefined where the preferences say it. */
  readonly history: () => Steps<Preferences>
  readonly tested: TestSet
  readonly warnings: readonly WarningCount[]
}

/** What was known before `from`, and what there was to find from then on. */
function* readWindow(tables: ResidentTables, spec: PreferenceSpec, from: Cut, before: Cut, task: 'novel' | 'any'): Steps<TestWindow> {
  // Windows are cut here, in the unit of each set: the spec need not cut again, and by day could not cut between two days.
  const { since: _since, ...rest } = spec
  const { asOf } = spec
  const known = yield* tablesWithin(tables, sinceOf(tables, spec), from)
  const train = yield* preferencesFromTables(known, { ...rest, asOf })
  const came = yield* preferencesFromTables(yield* tablesWithin(tables, from, before), { ...rest, asOf })
  const relevantFrom = spec.from === 'ratings' ? spec.likedFrom : undefined
  return {
    train,
    history: () => historyBefore(tables, spec, from),
    tested: testSetOf(train, came, { task, ...(relevantFrom === undefined ? {} : { relevantFrom }) }),
    warnings: addWarnings(train.warnings, came.warnings),
  }
}

/** Where what is known begins. */
function sinceOf({ schema }: ResidentTables, { since }: PreferenceSpec): Cut {
  if (since === undefined) return BEGINNING
  return { ms: since, day: windowCuts(schema, since, 1, 1).end.day - 1 }
}

function* historyBefore(tables: ResidentTables, { from, asOf }: PreferenceSpec, cut: Cut): Steps<Preferences> {
  return yield* preferencesFromTables(yield* tablesWithin(tables, BEGINNING, cut), { from, asOf, weight: 'count', ...(from === 'both' ? { likedFrom: -Number.MAX_VALUE } : {}) })
}

function addWarnings(...lists: readonly (readonly WarningCount[])[]): readonly WarningCount[] {
  const counts = new Map<WarningCode, number>()
  for (const { code, count } of lists.flat()) counts.set(code, (counts.get(code) ?? 0) + count)
  return Object.freeze([...counts].sort(([a], [b]) => (a < b ? -1 : 1)).map(([code, count]): WarningCount => Object.freeze({ code, count })))
}

type Judge<Figures> = (scorers: readonly Scorer[], train: Preferences, tested: TestSet, options: EvaluateRankingOptions) => Steps<Figures[]>

function* evaluate<Figures>(strategies: readonly RecommendStrategy[], { train, history }: TestWindow, asOf: number, tested: TestSet, judge: Judge<Figures>, options: EvaluateRankingOptions): Steps<Figures[]> {
  const buysAgain = strategies.some((strategy) => partsOf(strategy).some((one) => one.strategy.kind === 'buyAgain'))
  const context = { asOf, ...(buysAgain && train.scale === null ? { history: yield* history() } : {}) }
  const scorers = yield* part(fitPool(strategies, train, context), 0, 0.3)
  return yield* part(judge(scorers, train, tested, options), 0.3, 1)
}

interface ChoiceTask {
  readonly from: Cut
  readonly before: Cut
  readonly choices: readonly StrategyChoice[]
  readonly task: 'novel' | 'any'
  readonly k: number
  readonly seed: number
  readonly kind: 'instant' | 'date'
}

interface Chosen {
  /** Per row. */
  readonly strategies: readonly RecommendStrategy[]
  readonly record: BackTestChoice
}

/** The best candidate of each row on the window before; null with too few customers to choose by. */
function* chooseStrategies(tables: ResidentTables, spec: PreferenceSpec, { from, before, choices, task, k, seed, kind }: ChoiceTask): Steps<Chosen | null> {
  const window = yield* part(readWindow(tables, spec, from, before, task), 0, 0.1)
  const tested = drawnOf(window.tested, CHOOSING_CUSTOMERS, seed)
  if (tested.customers.length < FEWEST_CUSTOMERS) return null
  const cutoff = instantOf(tables.schema, from, kind)
  const candidates = choices.flatMap((row) => row.candidates)
  const evaluations = yield* part(evaluate(candidates, window, cutoff, tested, recordLists, { k, task }), 0.1, 1)
  const ndcg = evaluations.map((evaluation) => meanOf(evaluation.ndcg))
  let next = 0
  const rows = choices.map(({ name, candidates: own }) => {
    let best = next
    for (let i = next + 1; i < next + own.length; i++) if ((ndcg[i] as number) > (ndcg[best] as number)) best = i
    next += own.length
    return Object.freeze({ name, strategy: candidates[best] as RecommendStrategy, ndcg: ndcg[best] as number })
  })
  const rivals = rows.filter(({ strategy }) => !isPlainPopularity(strategy)).sort((a, b) => b.ndcg - a.ndcg)
  return {
    strategies: rows.map(({ strategy }) => strategy),
    record: Object.freeze({ cutoff, customers: tested.customers.length, favourite: rivals[0]?.name ?? null, rows: Object.freeze(rows) }),
  }
}

/** Some customers of many: the same set when there are no more than `most`. */
function drawnOf(all: TestSet, most: number, seed: number): TestSet {
  const count = all.customers.length
  return count > most ? someOf(all, drawSome(count, most, createRandom(seed))) : all
}

function isPlainPopularity(strategy: RecommendStrategy): boolean {
  return strategy.kind === 'popularity' && (strategy.windowDays ?? null) === null && (strategy.halfLifeDays ?? null) === null
}

/** @param evaluations of the rows, then that of popularity */
function* report(rows: readonly { readonly name: string; readonly strategy: RecommendStrategy }[], evaluations: readonly RankingEvaluation[], { samples, seed }: { readonly samples: number; readonly seed: number }): Steps<BackTestRow[]> {
  const columns = evaluations.flatMap((evaluation) => METRICS.map((metric) => evaluation[metric]))
  const means = yield* bootstrapMeans(columns, { samples, seed })
  const popularity = rows.length * METRICS.length + NDCG
  // All gains are looked at, so that chance has as many tries: intervals of 95 % for all of them together (Bonferroni).
  const rivals = rows.filter(({ strategy }) => !isPlainPopularity(strategy)).length
  const level = 1 - 0.05 / Math.max(1, rivals)
  return rows
    .map(({ name, strategy }, row): BackTestRow => {
      const estimate = (metric: number) => estimateOf(means, row * METRICS.length + metric, 0.95)
      const { coverage, novelty, diversity } = evaluations[row] as RankingEvaluation
      const figures: RankingFigures = {
        precision: estimate(0),
        recall: estimate(1),
        ndcg: estimate(NDCG),
        map: estimate(3),
        mrr: estimate(4),
        hitRate: estimate(5),
        coverage,
        novelty,
        diversity,
      }
      const gain = isPlainPopularity(strategy) ? null : pairedOf(means, row * METRICS.length + NDCG, popularity, level).difference
      return Object.freeze({ name, strategy, figures: Object.freeze(figures), gain })
    })
    .sort((a, b) => b.figures.ndcg.value - a.figures.ndcg.value)
}

function meanOf(values: Float64Array): number {
  let sum = 0
  for (let i = 0; i < values.length; i++) sum += values[i] as number
  return values.length > 0 ? sum / values.length : 0
}

function fail(what: string): never {
  throw new InvalidInputError('OPTION_INVALID', `${what}. The test would not be the one asked for. Correct the request.`)
}
