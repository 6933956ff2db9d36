import type { Contribution, Recommendation, RecommendationList, RecommendationReason, RecommendFilters, RecommendRequest, Shortfall } from '@crm/core/recommend'
import type { CrmMessages } from '../messages/index.ts'
import type { Wording } from '../provider/useWords.ts'
import type { OfferReaction } from './reactions.ts'

/** What the words of offers are made with. */
export interface OfferTools extends Wording<CrmMessages['recommendationList']> {
  readonly listSeparator: string
}

/** One part of a reason, in words. */
export interface OfferPart {
  readonly key: string
  readonly kind: Contribution['kind'] | 'others'
  readonly label: string
  /** What the two have in common; null for what is not listed. */
  readonly note: string | null
  /** 0..1 of the largest part: the length of the bar. */
  readonly length: number
  /** Rounded so that those of all parts add up to 100 %; null where the score is not above 0. */
  readonly share: string | null
  /** Rounded so that those of all parts add up to the total. */
  readonly value: string
}

/** A recommendation and all that is said of it. */
export interface Offer {
  readonly item: Recommendation
  readonly listId: string
  /** The product's name, else its id. */
  readonly name: string
  readonly category: string | null
  readonly source: string
  readonly confidence: string
  /** Why, in one sentence. */
  readonly reason: string
  readonly parts: readonly OfferPart[]
  readonly total: string
  /** Price of one; null where it is not known. */
  readonly price: string | null
  /** Price times usual quantity; null where either is not known, or the quantity is 1. */
  readonly value: string | null
  /** What the value is made of: 2 × €12.90. */
  readonly quantityPrice: string | null
  /** Set once it is accepted. */
  readonly reaction: OfferReaction | null
}

/** What the request says that words depend on. */
export type OfferContext = Pick<RecommendRequest, 'for' | 'filters' | 'segmentField'>

/** Puts the items of a list into words. */
export function offersOf(tools: OfferTools, list: RecommendationList, context: OfferContext, reactions: readonly OfferReaction[]): readonly Offer[] {
  const accepted = new Map(reactions.flatMap((one) => (one.kind === 'accepted' ? [[one.productId, one] as const] : [])))
  return list.items.map((item) => offerOf(tools, list, item, context, accepted.get(item.productId) ?? null))
}

function offerOf(tools: OfferTools, list: RecommendationList, item: Recommendation, context: OfferContext, reaction: OfferReaction | null): Offer {
  const { words, text, format } = tools
  const money = (units: number): string => moneyText(tools, units, list.money)
  const name = item.name ?? item.productId
  const segment = segmentText(tools, list, context)
  const { parts, total } = partsOf(tools, item, segment)
  const { suggestedQuantity, price, estimatedValue, confidence } = item
  const isSeveral = price !== null && suggestedQuantity !== null && estimatedValue !== null && suggestedQuantity !== 1
  return Object.freeze({
    item,
    listId: list.id,
    name,
    category: item.category,
    source: sourceText(tools, item, context),
    confidence: words[({ high: 'confidenceHigh', medium: 'confidenceMedium', low: 'confidenceLow' } as const)[confidence.level]],
    reason: reasonText(tools, item, context, segment),
    parts,
    total,
    price: price === null ? null : money(price),
    value: isSeveral ? money(estimatedValue) : null,
    quantityPrice: isSeveral ? text(words.quantityPrice, { quantity: format.number(suggestedQuantity, 1), price: money(price) }) : null,
    reaction,
  })
}

/** An amount of a list; one without a currency is a plain number. */
export function moneyText({ format }: OfferTools, units: number, unit: RecommendationList['money']): string {
  return unit.currency === '' ? format.number(units / 10 ** unit.scale, unit.scale) : format.money(units, unit)
}

function sourceText({ words }: OfferTools, { source }: Recommendation, context: OfferContext): string {
  switch (source) {
    case 'buyAgain': return words.sourceBuyAgain
    case 'popularity': return words.sourcePopular
    case 'segment': return words.sourceSegment
    default:
      if (!('customerId' in context.for)) return words.sourceWith
      return isNovel(context.filters) ? words.sourceNew : words.sourceFits
  }
}

/** Are all offers products that the customer never had? */
function isNovel(filters: RecommendFilters | undefined): boolean {
  return filters?.bought === undefined || filters.bought === 'exclude'
}

const PLACES = /^(city|town|country|region|state|province|district)$/i

/** Who shares the value of the segment: "customers in Berlin". */
export function segmentText({ words, text }: OfferTools, { segment }: RecommendationList, { segmentField }: OfferContext): string | null {
  if (segment == null) return segmentField === undefined ? null : words.segmentUnknown
  const { field, value } = segment
  if (PLACES.test(field)) return text(words.segmentPlace, { value })
  return text(words.segmentField, { value, field: field.replaceAll(/[_-]+/g, ' ').replaceAll(/(\p{Ll})(\p{Lu})/gu, '$1 $2').toLowerCase() })
}

/** What adds most, in one sentence. */
function reasonText({ words, text, format }: OfferTools, { reason }: Recommendation, { for: target }: OfferContext, segment: string | null): string {
  const votes = reason.votes[0]
  const first = reason.contributions.find(({ kind }) => kind === votes?.kind)
  switch (votes?.kind) {
    case 'customer': return text('customerId' in target ? words.reasonCustomers : words.reasonCustomersLike, { count: votes.of, supportText: format.number(votes.support) })
    case 'product':
      if ('productId' in target && first !== undefined) return text(words.reasonProductProduct, { count: first.common })
      if (first?.name == null) return text(words.reasonProducts, { count: votes.support })
      return text('basket' in target ? words.reasonProductBasket : words.reasonProduct, { product: first.name })
    case 'own': {
      const count = first?.common ?? votes.support
      const daysAgo = first?.daysAgo
      if (daysAgo == null) return text(words.reasonOwn, { count })
      if (daysAgo === 0) return text(words.reasonOwnToday, { count })
      return count === 1 ? text(words.reasonOwnOnce, { count: daysAgo }) : text(words.reasonOwnDays, { count: daysAgo, times: format.number(count) })
    }
    case 'popularity': return text(words.reasonPopular, { count: first?.common ?? votes.support })
    case 'segment': return text(words.reasonSegment, { count: first?.common ?? votes.support, segment: segment ?? words.segmentUnknown })
    case undefined: return ''
  }
}

function partsOf(tools: OfferTools, { reason, score }: Recommendation, segment: string | null): Pick<Offer, 'parts' | 'total'> {
  const { words, text, format } = tools
  const { contributions, others } = reason
  const values = [...contributions.map(({ value }) => value), ...(others.count === 0 ? [] : [others.value])]
  const sum = values.reduce((total, value) => total + value, 0)
  const most = Math.max(...values.map(Math.abs), Number.MIN_VALUE)
  const shares = sum > 0 ? apportion(values.map((value) => value / sum), 1000) : null
  // Three figures of the total, and as many decimals in all that adds up to it.
  const decimals = score === 0 ? 0 : Math.min(6, Math.max(0, 2 - Math.floor(Math.log10(Math.abs(score)))))
  const units = apportion(values, 10 ** decimals)
  const written = (value: number): string => format.number(value, decimals, decimals)
  const parts = values.map((value, at): OfferPart => {
    const one = contributions[at]
    return {
      key: String(at),
      kind: one?.kind ?? 'others',
      ...(one === undefined ? { label: text(words.others, { count: others.count }), note: null } : labelOf(tools, one, reason, segment)),
      length: Math.abs(value) / most,
      share: shares === null ? null : format.percent(shares[at]! / 1000),
      value: written(units[at]! / 10 ** decimals),
    }
  })
  return { parts, total: written(score) }
}

function labelOf({ words, text }: OfferTools, { kind, id, name, common }: Contribution, { votes }: RecommendationReason, segment: string | null): Pick<OfferPart, 'label' | 'note'> {
  const buyers = text(words.commonBuyers, { count: common })
  switch (kind) {
    case 'customer': {
      // Under `counts` they are one part together.
      if (id === null) return { label: text(words.partCustomers, { count: common }), note: text(words.ofCustomers, { count: votes.find((one) => one.kind === kind)?.of ?? common }) }
      return { label: text(id.startsWith('#') ? words.partCustomer : words.partCustomerId, { id }), note: text(words.commonProducts, { count: common }) }
    }
    case 'product': return { label: name ?? id ?? words.partProductUnnamed, note: text(words.commonCustomers, { count: common }) }
    case 'own': return { label: words.partOwn, note: text(words.commonPurchases, { count: common }) }
    case 'popularity': return { label: words.partPopular, note: buyers }
    case 'segment': return { label: text(words.partSegment, { segment: segment ?? words.segmentUnknown }), note: buyers }
  }
}

/**
 * Whole numbers nearest to `values * parts` that add up to what their sum rounds to: what is cut off goes to those that
 * lose most by it.
 *
 * @see Hamilton's method, also called that of the largest remainder
 */
export function apportion(values: readonly number[], parts: number): readonly number[] {
  const floors = values.map((value) => Math.floor(value * parts))
  const total = Math.round(values.reduce((sum, value) => sum + value, 0) * parts)
  const missing = total - floors.reduce((sum, value) => sum + value, 0)
  const byLoss = values.map((value, at) => ({ at, loss: value * parts - floors[at]! })).toSorted((a, b) => b.loss - a.loss || a.at - b.at)
  for (const { at } of byLoss.slice(0, Math.max(0, missing))) floors[at]! += 1
  return floors
}

const REMOVED = {
  bought: 'removedBought',
  inStock: 'removedInStock',
  categories: 'removedCategories',
  price: 'removedPrice',
  allow: 'removedAllow',
  deny: 'removedDeny',
  dismissed: 'removedDismissed',
  perCategory: 'removedPerCategory',
  noSignal: 'removedNoSignal',
} as const satisfies Record<Shortfall['removed'][number]['filter'], keyof CrmMessages['recommendationList']>

/** What the filters took, each with its number. */
export function removedText({ words, text, listSeparator }: OfferTools, { removed }: Shortfall): string {
  return removed.filter(({ count }) => count > 0).map(({ filter, count }) => text(words[REMOVED[filter]], { count })).join(listSeparator)
}

/** "3 of 5: only 3 products pass. Left out: 4 out of stock." null for a list of full length. */
export function shortfallText(tools: OfferTools, shortfall: Shortfall | null): string | null {
  if (shortfall === null) return null
  const { words, text, format } = tools
  const removed = removedText(tools, shortfall)
  const passed = text(words.passed, { count: shortfall.found })
  const counts = { found: format.number(shortfall.found), asked: format.number(shortfall.asked) }
  return removed === '' ? text(words.partial, { ...counts, passed }) : text(words.partialRemoved, { ...counts, passed, removed })
}

/** Why there is nothing of the customer's own in the list; null where there is. */
export function coldStartText(tools: OfferTools, list: RecommendationList, context: OfferContext): string | null {
  const { words, text } = tools
  if (list.coldStart === null) return null
  if (list.coldStart === 'unknownBasket') return words.coldUnknownBasket
  if (list.coldStart === 'unknownProduct') return words.coldUnknownProduct
  const isSegment = list.items.some(({ source }) => source === 'segment')
  const segment = isSegment ? segmentText(tools, list, context) : null
  const isUnknown = list.coldStart === 'unknownCustomer'
  if (segment === null) return isUnknown ? words.coldUnknownCustomer : words.coldNoPreferences
  return text(isUnknown ? words.coldUnknownCustomerSegment : words.coldNoPreferencesSegment, { segment })
}
