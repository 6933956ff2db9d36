import { InvalidInputError } from '../errors/index.ts'
import { invalidRequest } from './invalidRequest.ts'
import type { ReasonPrivacy, RecommendFilters, RecommendRequest } from './recommend.types.ts'
import { shownValue } from './shownValue.ts'
import { strangeMember } from './strangeMember.ts'

const MEMBERS = ['bought', 'inStock', 'categories', 'price', 'allow', 'deny', 'dismissed', 'perCategory', 'diversity'] as const satisfies readonly (keyof RecommendFilters)[]

/**
 * Checks filters that may come from a form or a wire.
 *
 * @throws InvalidInputError `OPTION_INVALID` naming the member
 */
export function checkFilters(filters: RecommendFilters): void {
  if (!isRecord(filters)) fail('`filters` must be a record')
  known('filters', filters, MEMBERS)
  const { bought, inStock, categories, price, allow, deny, dismissed, perCategory, diversity } = filters
  checkBought(bought)
  if (inStock !== undefined && typeof inStock !== 'boolean') fail('`inStock` must be true or false')
  if (categories !== undefined) {
    if (!isRecord(categories)) fail('`categories` must be { allow, deny }')
    known('categories', categories, ['allow', 'deny'])
  }
  if (price !== undefined) {
    if (!isRecord(price)) fail('`price` must be { min, max }')
    known('price', price, ['min', 'max'])
  }
  for (const [name, list] of Object.entries({ 'categories.allow': categories?.allow, 'categories.deny': categories?.deny, allow, deny, dismissed })) {
    if (list !== undefined && !(Array.isArray(list) && list.every((id) => typeof id === 'string'))) fail(`\`${name}\` must be a list of texts`)
  }
  for (const [name, bound] of Object.entries({ 'price.min': price?.min, 'price.max': price?.max })) {
    if (bound !== undefined && !Number.isFinite(bound)) fail(`\`${name}\` must be a number in units of the price field`)
  }
  if (perCategory !== undefined && !(Number.isInteger(perCategory) && perCategory >= 1)) fail('`perCategory` must be a whole number from 1 on')
  if (diversity !== undefined && !(diversity >= 0 && diversity <= 1)) fail('`diversity` must be 0 to 1')
}

function checkBought(bought: RecommendFilters['bought']): void {
  if (bought === undefined || bought === 'exclude' || bought === 'include') return
  if (!(Number.isFinite(bought?.notWithinDays) && bought.notWithinDays >= 0)) fail("`bought` must be 'exclude', 'include' or { notWithinDays } of 0 or more")
}

/** @throws InvalidInputError `LIMIT_RANGE` */
export function checkLimit(limit: number): void {
  if (Number.isInteger(limit) && limit >= 1 && limit <= 1_000) return
  throw new InvalidInputError('LIMIT_RANGE', `A list of ${shownValue(limit)} was asked for. Lists have a whole number of places. Ask for 1 to 1,000.`, { limit: typeof limit === 'number' ? limit : null })
}

/**
 * Privacy and length of reasons.
 *
 * @throws InvalidInputError `REQUEST_INVALID`
 */
export function checkExplain(explain: RecommendRequest['explain'] = {}): { readonly privacy: ReasonPrivacy; readonly listed: number } {
  if (!isRecord(explain)) throw invalidRequest('`explain` is no record')
  const { privacy = 'counts', contributions: listed = 5 } = explain
  // An unknown level must never show more than was meant.
  if (!['counts', 'anonymous', 'ids'].includes(privacy)) throw invalidRequest('`privacy` is none of counts, anonymous and ids')
  if (!(Number.isInteger(listed) && listed >= 0 && listed <= 1_000)) throw invalidRequest('`contributions` is no whole number from 0 to 1,000')
  return { privacy, listed }
}

/** Neither a text nor a list, whose members would all be passed over. */
function isRecord(value: unknown): boolean {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function known(name: string, record: object, members: readonly string[]): void {
  const strange = strangeMember(record, members)
  if (strange !== undefined) fail(`\`${name}\` has no \`${strange}\`, only ${members.join(', ')}`)
}

function fail(what: string): never {
  throw new InvalidInputError('OPTION_INVALID', `${what}. Products would pass or fail by something else than asked for. Correct the filters.`)
}
