import { expect, test } from 'vitest'
import { offerEntries } from './offerEntries.ts'
import type { Offer } from './offers.ts'
import { reactionsOf, withReaction } from './reactions.ts'
import type { OfferReaction } from './reactions.ts'
import { recommendationRequest } from './recommendationRequest.ts'

const preferences = { from: 'transactions', asOf: 0 } as const

test('products dismissed in another order, or twice, make the same request', () => {
  const ask = (dismissed: readonly string[]): unknown => recommendationRequest({ customerId: 'a', preferences, filters: { inStock: true, dismissed: ['p9'] } }, dismissed)
  expect(ask(['p2', 'p1', 'p9'])).toEqual(ask(['p1', 'p2']))
  expect(ask(['p2', 'p1'])).toEqual({ for: { customerId: 'a' }, preferences, filters: { inStock: true, dismissed: ['p1', 'p2', 'p9'] } })
})

test('what is not given is not in the request: a server that leaves it out asks the same', () => {
  expect(recommendationRequest({ basket: ['p1'], preferences, limit: undefined, filters: undefined })).toEqual({ for: { basket: ['p1'] }, preferences })
  expect(Object.keys(recommendationRequest({ productId: 'p1', preferences, limit: 3 })).toSorted()).toEqual(['for', 'limit', 'preferences'])
})

const reaction = (productId: string): OfferReaction => ({ productId, kind: 'dismissed', reason: null, at: 0, listId: 'l', rank: 1, name: null })

test('what a store holds that is no reaction is left out', () => {
  expect(reactionsOf([reaction('a'), { productId: 'b' }, null, 'x', { ...reaction('c'), at: Number.NaN }])).toEqual([reaction('a')])
  for (const stored of [undefined, null, {}, 'x', 3]) expect(reactionsOf(stored)).toEqual([])
  const kept = [reaction('a')]
  expect(reactionsOf(kept)).toBe(kept)
})

test('a later reaction to the same product takes the place of the earlier; the last one that goes leaves nothing to keep', () => {
  expect(withReaction([reaction('a'), reaction('b')], 'a', { ...reaction('a'), kind: 'accepted' })).toEqual([reaction('b'), { ...reaction('a'), kind: 'accepted' }])
  expect(withReaction([reaction('a')], 'a', null)).toBeUndefined()
})

test('a line stands where its card stood, several of them too, and what is looked for comes at the end', () => {
  const offers = ['a', 'b', 'c'].map((productId) => ({ item: { productId } }) as Offer)
  const keys = (lines: Parameters<typeof offerEntries>[1], pending: number): unknown => offerEntries(offers, lines, pending).map(({ key }) => key)
  expect(keys([{ reaction: reaction('x'), at: 1 }], 1)).toEqual(['a', 'dismissed x', 'b', 'c', 'pending 0'])
  expect(keys([{ reaction: reaction('y'), at: 2 }, { reaction: reaction('x'), at: 0 }], 0)).toEqual(['dismissed x', 'a', 'dismissed y', 'b', 'c'])
  expect(keys([{ reaction: reaction('x'), at: 9 }], 0)).toEqual(['a', 'b', 'c', 'dismissed x'])
})
