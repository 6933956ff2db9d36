import { InvalidInputError } from '../errors/index.ts'
import type { RecommendStrategy, SimilarityMeasure, SimilaritySpec } from './recommend.types.ts'
import { PAIR_MEASURES } from './pairMeasures.ts'
import { shownValue } from './shownValue.ts'
import { strangeMember } from './strangeMember.ts'

const MEASURES: readonly SimilarityMeasure[] = [...PAIR_MEASURES, 'adjustedCosine', 'pearsonBaseline']

const NEIGHBOURHOOD = ['similarity', 'neighbours', 'minNeighbours', 'halfLifeDays'] as const
const MEMBERS: Readonly<Record<RecommendStrategy['kind'], readonly string[]>> = {
  customers: [...NEIGHBOURHOOD, 'nearest', 'votes'],
  products: NEIGHBOURHOOD,
  buyAgain: ['halfLifeDays'],
  popularity: ['windowDays', 'halfLifeDays'],
  hybrid: ['parts'],
}

/** Kept or looked through for every row: more would be a mistake in the unit. */
const MOST_NEIGHBOURS = 10_000

/**
 * Checks a strategy that may come from a form, a file or a wire.
 *
 * @throws InvalidInputError `OPTION_INVALID` naming the member; `WEIGHTS_INVALID` for the weights of a hybrid
 * @example checkStrategy({ kind: 'customers', neighbours: 0 }) // throws: `neighbours` must be a whole number from 1 to 10,000
 */
export function checkStrategy(strategy: RecommendStrategy): void {
  if (Object.hasOwn(MEMBERS, strategy?.kind)) known(`A strategy ${strategy.kind}`, strategy, ['kind', ...MEMBERS[strategy.kind]])
  switch (strategy?.kind) {
    case 'customers':
      oneOf('nearest', strategy.nearest, ['customer', 'product'])
      oneOf('votes', strategy.votes, ['similarity', 'weighted'])
      checkNeighbours(strategy)
      return checkHalfLife(strategy.halfLifeDays)
    case 'products':
      checkNeighbours(strategy)
      return checkHalfLife(strategy.halfLifeDays)
    case 'popularity':
      if (strategy.windowDays !== undefined && strategy.windowDays !== null && !isPositive(strategy.windowDays)) fail('`windowDays` must be a number of days above 0, or null')
      return checkHalfLife(strategy.halfLifeDays)
    case 'buyAgain':
      return checkHalfLife(strategy.halfLifeDays)
    case 'hybrid': {
      const { parts } = strategy
      if (!Array.isArray(parts) || parts.length < 1 || parts.length > 20) fail('`parts` of a hybrid must be a list of 1 to 20')
      for (const part of parts) {
        known('A part of a hybrid', part ?? {}, ['weight', 'strategy'])
        if ((part?.strategy as RecommendStrategy | undefined)?.kind === 'hybrid') fail('A part of a hybrid must not be a hybrid')
        checkStrategy(part?.strategy)
      }
      const weights = parts.map(({ weight }) => weight)
      const sum = weights.every((weight) => typeof weight === 'number' && weight >= 0) ? weights.reduce((all, weight) => all + weight, 0) : NaN
      if (!(sum > 0 && sum < Infinity)) {
        throw new InvalidInputError('WEIGHTS_INVALID', `Weights of a hybrid must be 0 or more and not all 0, got ${weights.map(shownValue).join(', ')}. Products could not be ranked by them. Correct the strategy.`)
      }
      return
    }
    default:
      fail('`kind` must be customers, products, buyAgain, popularity or hybrid')
  }
}

/**
 * Checks how similarity is measured.
 *
 * @throws InvalidInputError `OPTION_INVALID` naming the member
 */
export function checkSimilarity(similarity: SimilaritySpec | undefined): void {
  if (similarity === undefined) return
  if (typeof similarity !== 'object' || similarity === null) fail('`similarity` must be a record with a `measure`')
  known('`similarity`', similarity, ['measure', 'weighting', 'minSupport', 'shrinkage', 'significance', 'minSimilarity', 'negatives'])
  const { measure, weighting, minSupport, shrinkage, significance, minSimilarity, negatives } = similarity
  if (!MEASURES.includes(measure)) fail(`\`measure\` must be ${listed(MEASURES)}`)
  oneOf('negatives', negatives, ['drop', 'keep'])
  if (minSupport !== undefined && !isWhole(minSupport, 1, 1e9)) fail('`minSupport` must be a whole number from 1 on')
  for (const [name, value] of Object.entries({ shrinkage, significance })) if (value !== undefined && !isAtLeastZero(value)) fail(`\`${name}\` must be 0 or more`)
  if (minSimilarity !== undefined && !Number.isFinite(minSimilarity)) fail('`minSimilarity` must be a number')
  if (weighting === undefined || weighting === 'none' || weighting === 'tfIdf') return
  if (typeof weighting !== 'object' || weighting === null || weighting.method !== 'bm25') fail("`weighting` must be 'none', 'tfIdf' or { method: 'bm25' }")
  known('`weighting`', weighting, ['method', 'k1', 'b'])
  const { k1, b } = weighting
  if (k1 !== undefined && !isAtLeastZero(k1)) fail('`k1` must be 0 or more')
  if (b !== undefined && !(isAtLeastZero(b) && b <= 1)) fail('`b` must be 0 to 1')
}

function checkNeighbours({ similarity, neighbours, minNeighbours }: { readonly similarity?: SimilaritySpec; readonly neighbours?: number; readonly minNeighbours?: number }): void {
  checkSimilarity(similarity)
  for (const [name, value] of Object.entries({ neighbours, minNeighbours })) {
    if (value !== undefined && !isWhole(value, 1, MOST_NEIGHBOURS)) fail(`\`${name}\` must be a whole number from 1 to 10,000`)
  }
}

function checkHalfLife(halfLifeDays: number | null | undefined): void {
  if (halfLifeDays !== undefined && halfLifeDays !== null && !isPositive(halfLifeDays)) fail('`halfLifeDays` must be a number of days above 0, or null')
}

function known(name: string, record: object, members: readonly string[]): void {
  const strange = strangeMember(record, members)
  if (strange !== undefined) fail(`${name} has no \`${strange}\`, only ${listed(members)}`)
}

function oneOf(name: string, value: string | undefined, allowed: readonly string[]): void {
  if (value !== undefined && !allowed.includes(value)) fail(`\`${name}\` must be ${listed(allowed)}`)
}

function listed(names: readonly string[]): string {
  return `${names.slice(0, -1).join(', ')} or ${names.at(-1)}`
}

function isPositive(value: number): boolean {
  return isAtLeastZero(value) && value > 0
}

function isAtLeastZero(value: number): boolean {
  return Number.isFinite(value) && value >= 0
}

function isWhole(value: number, least: number, most: number): boolean {
  return Number.isInteger(value) && value >= least && value <= most
}

function fail(what: string): never {
  throw new InvalidInputError('OPTION_INVALID', `${what}. Products would be ranked by something else than asked for. Correct the strategy.`)
}
