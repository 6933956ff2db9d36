import { InvalidInputError } from '../errors/index.ts'
import type { RecommendFilters } from './recommend.types.ts'

/**
 * Checks filters that may come from a form or a wire.
 *
 * @throws InvalidInputError `OPTION_INVALID` naming the member
 */
export function checkFilters(filters: RecommendFilters): void {
  const { bought, inStock, categories, price, allow, deny, dismissed, perCategory, diversity } = filters
  checkBought(bought)
  if (inStock !== undefined && typeof inStock !== 'boolean') fail('`inStock` must be true or false')
  for (const [name, list] of Object.entries({ 'categories.allow': categories?.allow, 'categories.deny': categories?.deny, allow, deny, dismissed })) {
    if (list !== undefined && !(Array.isArray(list) && list.every((id) => typeof id === 'string'))) fail(`\`${name}\` must be a list of texts`)
  }
  for (const [name, bound] of Object.entries({ 'price.min': price?.min, 'price.max': price?.max })) {
    if (bound !== undefined && !Number.isFinite(bound)) fail(`\`${name}\` must be a number in units of the price field`)
  }
  if (perCategory !== undefined && !(Number.isInteger(perCategory) && perCategory >= 1)) fail('`perCategory` must be a whole number from 1 on')
  if (diversity !== undefined && !(diversity >= 0 && diversity <= 1)) fail('`diversity` must be 0 to 1')
}

/** @throws InvalidInputError `OPTION_INVALID` */
export function checkBought(bought: RecommendFilters['bought']): void {
  if (bought === undefined || bought === 'exclude' || bought === 'include') return
  if (!(Number.isFinite(bought?.notWithinDays) && bought.notWithinDays >= 0)) fail("`bought` must be 'exclude', 'include' or { notWithinDays } of 0 or more")
}

/** @throws InvalidInputError `LIMIT_RANGE` */
export function checkLimit(limit: number): void {
  if (Number.isInteger(limit) && limit >= 1 && limit <= 1_000) return
  throw new InvalidInputError('LIMIT_RANGE', `A list of ${limit} was asked for. Lists have a whole number of places. Ask for 1 to 1,000.`, { limit: typeof limit === 'number' ? limit : null })
}

function fail(what: string): never {
  throw new InvalidInputError('OPTION_INVALID', `${what}. Products would pass or fail by something else than asked for. Correct the filters.`)
}
