import type { Offer } from './offers.ts'
import type { OfferReaction } from './reactions.ts'

/** One place in the drawn list: an offer, the line where a dismissed one stood, or room for one that is looked for. */
export type OfferEntry =
  | { readonly kind: 'offer'; readonly key: string; readonly offer: Offer }
  | { readonly kind: 'dismissed'; readonly key: string; readonly reaction: OfferReaction }
  | { readonly kind: 'pending'; readonly key: string }

/** A line to undo by, and the place in the list where it stands. */
export interface UndoLine {
  readonly reaction: OfferReaction
  /** From 0, among all entries. */
  readonly at: number
}

/**
 * The list as it is drawn. A line keeps the place of the card that stood there, so nothing moves under the mouse; what
 * fills up comes at the end.
 *
 * @param pending offers that are still looked for
 */
export function offerEntries(offers: readonly Offer[], lines: readonly UndoLine[], pending: number): readonly OfferEntry[] {
  const entries: OfferEntry[] = offers.map((offer) => ({ kind: 'offer', key: offer.item.productId, offer }))
  for (const { reaction, at } of lines.toSorted((a, b) => a.at - b.at)) {
    entries.splice(Math.min(at, entries.length), 0, { kind: 'dismissed', key: `dismissed ${reaction.productId}`, reaction })
  }
  for (let at = 0; at < pending; at++) entries.push({ kind: 'pending', key: `pending ${at}` })
  return entries
}
