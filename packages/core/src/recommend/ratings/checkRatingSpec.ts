import { InvalidInputError } from '../../errors/index.ts'
import { checkSimilarity } from '../checkStrategy.ts'
import type { Preferences } from '../recommend.types.ts'
import type { BaselineRatings, BaselineSpec, NeighbourRatings, RatingFallback, RatingSpec, SlopeOneRatings } from './ratings.types.ts'

/** Every member filled in. */
export type CompleteRatingSpec =
  | Required<NeighbourRatings>
  | Required<SlopeOneRatings>
  | Required<BaselineRatings>

const ALS: BaselineSpec = { method: 'als' }
const FALLBACKS: readonly RatingFallback[] = ['globalMean', 'customerMean', 'productMean', 'baseline']

/**
 * Completes and checks the way in which ratings are predicted.
 *
 * @throws InvalidInputError `OPTION_INVALID`
 */
export function completeRatingSpec(spec: RatingSpec, preferences: Preferences): CompleteRatingSpec {
  switch (spec?.method) {
    case 'baseline': {
      const { method, baseline = ALS, clip = true, unknown = 'baseline', ...strange } = spec
      checkBaselineSpec(baseline, preferences)
      known('unknown', unknown, FALLBACKS)
      flag('clip', clip)
      nothingElse(strange)
      return { method, baseline, clip, unknown }
    }
    case 'slopeOne': {
      const { method, minNeighbours = 1, own = 'exclude', clip = true, tooFew = 'customerMean', unknown = 'globalMean', ...strange } = spec
      count('minNeighbours', minNeighbours)
      known('own', own, ['exclude', 'include'])
      for (const [name, value] of Object.entries({ tooFew, unknown })) known(name, value, FALLBACKS.slice(0, 3))
      flag('clip', clip)
      nothingElse(strange)
      return { method, minNeighbours, own, clip, tooFew, unknown }
    }
    case 'neighbours':
      return completeNeighbours(spec, preferences)
    default:
      return fail('`method` of a rating spec must be neighbours, slopeOne or baseline')
  }
}

function completeNeighbours(spec: NeighbourRatings, preferences: Preferences): Required<NeighbourRatings> {
  const { method, over, similarity = { measure: 'msd' }, neighbours = 40, minNeighbours = 1, centring = 'none', baseline = ALS, ties = 'support', own = 'exclude', clip = true, ...rest } = spec
  const ofRow = over === 'customers' ? 'customerMean' : 'productMean'
  const { tooFew = centring === 'none' ? 'globalMean' : centring === 'baseline' ? 'baseline' : ofRow, unknown = centring === 'baseline' ? 'baseline' : 'globalMean', ...strange } = rest
  known('over', over, ['customers', 'products'])
  checkSimilarity(similarity)
  count('neighbours', neighbours)
  count('minNeighbours', minNeighbours)
  if (minNeighbours > neighbours) fail(`\`minNeighbours\` is ${minNeighbours} and \`neighbours\` only ${neighbours}`)
  known('centring', centring, ['none', 'mean', 'zScore', 'baseline'])
  known('ties', ties, ['support', 'recent', 'sequence'])
  checkSequence('ties', ties, preferences)
  known('own', own, ['exclude', 'include'])
  for (const [name, value] of Object.entries({ tooFew, unknown })) known(name, value, FALLBACKS)
  flag('clip', clip)
  nothingElse(strange)
  checkBaselineSpec(baseline, preferences)
  return { method, over, similarity, neighbours, minNeighbours, centring, baseline, ties, own, clip, tooFew, unknown }
}

/** @throws InvalidInputError `OPTION_INVALID` */
export function checkBaselineSpec(spec: BaselineSpec, preferences: Preferences): void {
  if (spec?.method === 'als') {
    const { method: _, epochs = 10, customerRegularisation = 15, productRegularisation = 10, ...strange } = spec
    count('epochs', epochs)
    between('customerRegularisation', customerRegularisation, 0, 1e9)
    between('productRegularisation', productRegularisation, 0, 1e9)
    nothingElse(strange)
  } else if (spec?.method === 'sgd') {
    const { method: _, epochs = 20, learningRate = 0.005, regularisation = 0.02, order = 'code', ...strange } = spec
    count('epochs', epochs)
    // Within these bounds no step overshoots (rate * (2 + regularisation) < 2), so nothing ever grows out of bounds.
    between('learningRate', learningRate, 1e-9, 0.5)
    between('regularisation', regularisation, 0, 1)
    known('order', order, ['code', 'sequence'])
    checkSequence('order', order, preferences)
    nothingElse(strange)
  } else fail('`method` of a baseline must be als or sgd')
}

function checkSequence(name: string, order: string, { byCustomer, byProduct }: Preferences): void {
  if (order === 'sequence' && (byCustomer.sequence === null || byProduct.sequence === null)) fail(`\`${name}\` is sequence, and these preferences do not know in which order they came: make them with \`keepSequence: true\`, or say \`support\``)
}

function known(name: string, value: unknown, allowed: readonly string[]): void {
  if (!allowed.includes(value as string)) fail(`\`${name}\` must be ${allowed.join(' or ')}`)
}

function count(name: string, value: number): void {
  if (!(Number.isInteger(value) && value >= 1 && value <= 1e9)) fail(`\`${name}\` must be a whole number of at least 1, got ${value}`)
}

function between(name: string, value: number, lowest: number, highest: number): void {
  if (!(typeof value === 'number' && value >= lowest && value <= highest)) fail(`\`${name}\` must lie between ${lowest} and ${highest}, got ${value}`)
}

function flag(name: string, value: unknown): void {
  if (typeof value !== 'boolean') fail(`\`${name}\` must be true or false`)
}

/** A misspelt member would be passed over in silence. */
function nothingElse(strange: object): void {
  for (const name of Object.keys(strange)) fail(`A rating spec has no member \`${name}\` here`)
}

function fail(what: string): never {
  throw new InvalidInputError('OPTION_INVALID', `${what}. The predictions would mean something else. Correct the rating spec.`)
}
