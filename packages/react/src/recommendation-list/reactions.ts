import type { Recommendation } from '@crm/core/recommend'

/** What somebody did with an offer, as a {@link PersonalStore} keeps it. Plain JSON. */
export interface OfferReaction {
  readonly productId: string
  readonly kind: 'accepted' | 'dismissed'
  /** Code of why it was dismissed; null for an accepted one. */
  readonly reason: string | null
  /** Epoch milliseconds. */
  readonly at: number
  /** Of the list it was offered in, for attribution. */
  readonly listId: string
  /** The place it had there, from 1. */
  readonly rank: number
  /** To name it when it is in no list any more; null where it has none. */
  readonly name: string | null
}

/** What a host hears of a reaction. */
export interface OfferEvent {
  readonly item: Recommendation
  /** The id of the list: the same in every report of it, so that what came of it can be attributed. */
  readonly listId: string
  /** Code of why it was dismissed; null for an accepted one. */
  readonly reason: string | null
  readonly rank: number
}

/** The reactions that a store holds; what is none of them is left out: a store may be older or somebody else's. */
export function reactionsOf(stored: unknown): readonly OfferReaction[] {
  if (!Array.isArray(stored)) return NONE
  return stored.every(isReaction) ? stored : stored.filter(isReaction)
}

const NONE: readonly OfferReaction[] = Object.freeze([])

function isReaction(value: unknown): value is OfferReaction {
  if (typeof value !== 'object' || value === null) return false
  const { productId, kind, reason, at, listId, rank, name } = value as Record<keyof OfferReaction, unknown>
  return (
    typeof productId === 'string' &&
    (kind === 'accepted' || kind === 'dismissed') &&
    (reason === null || typeof reason === 'string') &&
    Number.isFinite(at) &&
    typeof listId === 'string' &&
    Number.isFinite(rank) &&
    (name === null || typeof name === 'string')
  )
}

/** The reactions with one more; an earlier one to the same product makes room. undefined when none is left. */
export function withReaction(reactions: readonly OfferReaction[], productId: string, next: OfferReaction | null): readonly OfferReaction[] | undefined {
  const others = reactions.filter((one) => one.productId !== productId)
  const all = next === null ? others : [...others, next]
  return all.length === 0 ? undefined : all
}
