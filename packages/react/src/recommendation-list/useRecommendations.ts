'use client'
import type { Answer } from '@crm/core/adapter'
import type { RunProgress } from '@crm/core/client'
import { productNamesOperation, recommendOperation } from '@crm/core/recommend/operations'
import type { BackTestResult, Recommendation, RecommendationList, RecommendRequest } from '@crm/core/recommend'
import { useCallback, useEffect, useMemo, useState } from 'react'
import type { SyntheticEvent } from 'react'
import { useDataZone } from '../hooks/useDataZone.ts'
import { useOperation } from '../hooks/useOperation.ts'
import type { ChangeDetails } from '../shared/changeDetails.ts'
import { createMemoryStore } from '../shared/personalStore.ts'
import type { PersonalStore } from '../shared/personalStore.ts'
import type { ProductTexts } from '../shared/productText.ts'
import { useAsked } from '../shared/useAsked.ts'
import { usePersonal } from '../shared/usePersonal.ts'
import { widgetStatus } from '../shared/widgetState.ts'
import type { WidgetStatus } from '../shared/widgetState.ts'
import { offerEntries } from './offerEntries.ts'
import type { OfferEntry, UndoLine } from './offerEntries.ts'
import { offersOf } from './offers.ts'
import type { Offer, OfferContext } from './offers.ts'
import { listInWords, reactionsInWords } from './inWords.ts'
import { reactionsOf, withReaction } from './reactions.ts'
import type { OfferEvent, OfferReaction } from './reactions.ts'
import { recommendationRequest } from './recommendationRequest.ts'
import type { RecommendationsRules, RecommendationsTarget } from './recommendationRequest.ts'
import { useOfferControls } from './useOfferControls.ts'
import type { OfferControls } from './useOfferControls.ts'
import { useRecommendationListWords } from './useRecommendationListWords.ts'

/** `press`: by a button; `code`: called without an event. */
export type OfferChangeDetails = ChangeDetails<'press' | 'code'>

/** The codes that the kit has words for, in the order of the menu. */
export type DismissCode = 'alreadyHas' | 'notRelevant' | 'tooExpensive' | 'wrongTime' | 'other'

/** A code of the kit's, or one of the host's with its words. */
export type DismissReason = DismissCode | { readonly code: string; readonly label: string }

export const DISMISS_CODES: readonly DismissCode[] = ['alreadyHas', 'notRelevant', 'tooExpensive', 'wrongTime', 'other']

export interface RecommendationsBehaviour extends RecommendationsRules {
  /** Where accepted and dismissed offers are kept, by customer. Default: as long as the widget is on the page. */
  readonly store?: PersonalStore | undefined
  /** Default `offers/` and the customer's id. A basket or product is nobody: without a key of its own nothing of it is stored. */
  readonly storeKey?: string | undefined
  /** What may be chosen from on dismissing. Empty: an offer is dismissed at once, without a code. Default {@link DISMISS_CODES}. */
  readonly dismissReasons?: readonly DismissReason[] | undefined
  /** Names and categories in the place of those in the data, say in another language. Default: the data's. */
  readonly productText?: ProductTexts | undefined
  /** What a back-test of these data found: says so where the offers are no better than the most popular products. */
  readonly verdict?: BackTestResult['verdict'] | undefined
  readonly onAccept?: ((offer: OfferEvent, details: OfferChangeDetails) => void) | undefined
  /** `offer.reason` is the code chosen. */
  readonly onDismiss?: ((offer: OfferEvent, details: OfferChangeDetails) => void) | undefined
  readonly onUndo?: ((reaction: OfferReaction, details: OfferChangeDetails) => void) | undefined
  /** Epoch milliseconds now, for the time of a reaction. Default `Date.now`. */
  readonly now?: (() => number) | undefined
  /** False asks nothing yet. Default true. */
  readonly enabled?: boolean | undefined
}

export type UseRecommendationsOptions = RecommendationsTarget & RecommendationsBehaviour

/** Offers for one customer, basket or product: what to show, what was done with it, and the props of its controls. */
export interface RecommendationsModel extends OfferControls {
  /** `empty`: nothing to learn from; `noMatch`: the filters leave nothing. */
  readonly status: WidgetStatus
  readonly request: RecommendRequest
  /** Of this customer, basket or product: never that of the one before. */
  readonly answer: Answer<RecommendationList> | undefined
  readonly list: RecommendationList | null
  /** Of the product that offers go with; null for others, and while it is not known. */
  readonly targetName: string | null
  /** In which the day of the list is written: that of the data. */
  readonly timeZone: string | undefined
  /** Up to when the purchases go that the list is made of; of the earlier list while that is shown. Epoch milliseconds. */
  readonly asOf: number
  /** What is offered: without what was dismissed meanwhile. */
  readonly offers: readonly Offer[]
  /** The offers with the lines to undo by and the places that are being filled, as they are drawn. */
  readonly entries: readonly OfferEntry[]
  readonly reactions: readonly OfferReaction[]
  /** The latest first. */
  readonly dismissed: readonly OfferReaction[]
  readonly dismissReasons: readonly { readonly code: string; readonly label: string }[]
  readonly verdict: BackTestResult['verdict'] | null
  readonly context: OfferContext
  /** How far the first list is; null once it is there. */
  readonly progress: RunProgress | null
  readonly error: Error | null
  readonly isFetching: boolean
  readonly retry: () => void
  readonly accept: (item: Recommendation, event?: SyntheticEvent | Event) => void
  readonly dismiss: (item: Recommendation, reason: string | null, event?: SyntheticEvent | Event) => void
  /** Takes back what was done with a product. */
  readonly undo: (productId: string, event?: SyntheticEvent | Event) => void
  /** Takes the line of a dismissed offer away; it stays dismissed. */
  readonly settle: (productId: string) => void
  /** What a live region says after a change. */
  readonly announcement: string
}

/**
 * Offers without markup: the list, what somebody did with it, refilled to its full length after each dismissal.
 *
 * @example
 * const { offers, accept, dismiss } = useRecommendations({ customerId: 'C-10023', preferences: { from: 'transactions', asOf }, limit: 3 })
 * offers[0]?.reason // "7 of the 20 most similar customers bought it"
 */
export function useRecommendations(options: UseRecommendationsOptions): RecommendationsModel {
  const { store: given, enabled = true, now = Date.now, verdict = null, productText, onAccept, onDismiss, onUndo } = options
  const tools = useRecommendationListWords()
  const { words, text } = tools

  const [ownStore] = useState(() => createMemoryStore())
  const { for: target } = recommendationRequest(options)
  const who = options.storeKey ?? ('customerId' in target ? `offers/${target.customerId}` : JSON.stringify(target))
  const store = given !== undefined && (options.storeKey !== undefined || 'customerId' in target) ? given : ownStore
  const stored = usePersonal(store, who)
  const reactions = useMemo(() => reactionsInWords(reactionsOf(stored), productText), [stored, productText])
  const dismissed = useMemo(() => reactions.filter(({ kind }) => kind === 'dismissed').toReversed(), [reactions])

  const request = recommendationRequest(options, dismissed.map(({ productId }) => productId))
  const operation = useOperation(recommendOperation, request, { enabled })
  const answer = useOwnAnswer(operation, who)
  const data = answer?.data ?? null
  const list = useMemo(() => data && listInWords(data, productText), [data, productText])
  const targetName = useTargetName('productId' in target ? target.productId : null, productText, enabled)
  const timeZone = useDataZone(enabled)
  const asOf = useAsked(answer !== undefined && operation.isStale, request.preferences.asOf)

  const contextText = JSON.stringify({ for: request.for, filters: options.filters, segmentField: request.segmentField })
  const context = useMemo(() => JSON.parse(contextText) as OfferContext, [contextText])
  const offers = useMemo(() => {
    if (list === null) return []
    const gone = new Set(dismissed.map(({ productId }) => productId))
    return offersOf(tools, list, context, reactions).filter(({ item }) => !gone.has(item.productId))
  }, [tools, list, context, reactions, dismissed])

  const isStale = answer !== undefined && operation.isStale
  const status = widgetStatus({ answer, isStale, error: operation.error }, emptinessOf)
  const isThere = status !== 'forbidden'
  const { lines, addLine, dropLine } = useUndoLines(who, dismissed)
  const pending = isStale && operation.error === null ? (list?.items.length ?? 0) - offers.length : 0
  const shown = isThere ? offers : []
  const entries = isThere ? offerEntries(offers, lines, pending) : []
  const controls = useOfferControls(shown)

  const [said, setSaid] = useState('')
  const [waiting, setWaiting] = useState<{ readonly item: Recommendation; readonly before: readonly string[] } | null>(null)
  const isFiltered = waiting !== null && request.filters?.dismissed?.includes(waiting.item.productId) === true
  const isDone = isFiltered && (operation.error !== null || !operation.isStale)
  useEffect(() => {
    if (waiting === null || !isDone) return
    const product = nameOf(waiting.item)
    const next = offers.find(({ item }) => !waiting.before.includes(item.productId))
    setSaid(next === undefined ? text(words.saidNotRefilled, { product, count: offers.length }) : text(words.saidRefilled, { product, next: next.name }))
    setWaiting(null)
  }, [waiting, isDone, offers, text, words])

  function react(item: Recommendation, kind: OfferReaction['kind'], reason: string | null, event: SyntheticEvent | Event | undefined): void {
    const listId = list?.id ?? ''
    const { rank, productId, name } = item
    const reaction: OfferReaction = { productId, kind, reason, at: now(), listId, rank, name }
    controls.close()
    if (kind === 'dismissed') {
      addLine(reaction, entries.findIndex((entry) => entry.kind === 'offer' && entry.offer.item.productId === productId))
      setWaiting({ item, before: offers.map((offer) => offer.item.productId) })
      controls.focusLater(productId, 'undo')
    } else {
      setSaid(text(words.saidAccepted, { product: nameOf(item) }))
      controls.focusLater(productId, 'undo')
    }
    store.set(who, withReaction(reactions, productId, reaction))
    const tell = kind === 'accepted' ? onAccept : onDismiss
    tell?.({ item, listId, reason, rank }, detailsOf(event))
  }

  return {
    ...controls,
    status,
    request,
    answer,
    list,
    targetName,
    timeZone,
    asOf,
    offers: shown,
    entries,
    reactions,
    dismissed,
    dismissReasons: (options.dismissReasons ?? DISMISS_CODES).map((one) => (typeof one === 'string' ? { code: one, label: words[one] } : one)),
    verdict,
    context,
    progress: answer === undefined ? operation.progress : null,
    error: operation.error,
    isFetching: operation.isFetching,
    retry: operation.retry,
    accept: (item, event) => react(item, 'accepted', null, event),
    dismiss: (item, reason, event) => react(item, 'dismissed', reason, event),
    undo: (productId, event) => {
      const reaction = reactions.find((one) => one.productId === productId)
      if (reaction === undefined) return
      dropLine(productId)
      setWaiting(null)
      setSaid(text(reaction.kind === 'accepted' ? words.saidUndoneAccept : words.saidUndoneDismiss, { product: nameOf(reaction) }))
      controls.focusLater(productId, reaction.kind === 'accepted' ? 'accept' : 'reason')
      store.set(who, withReaction(reactions, productId, null))
      onUndo?.(reaction, detailsOf(event))
    },
    settle: dropLine,
    announcement: said,
  }
}

function nameOf({ name, productId }: { readonly name: string | null; readonly productId: string }): string {
  return name ?? productId
}

function detailsOf(event: SyntheticEvent | Event | undefined): OfferChangeDetails {
  return { reason: event === undefined ? 'code' : 'press', event: event ?? null }
}

function emptinessOf({ items, shortfall }: RecommendationList): 'empty' | 'noMatch' | null {
  if (items.length > 0) return null
  return shortfall?.removed.some(({ filter, count }) => filter !== 'noSignal' && count > 0) ? 'noMatch' : 'empty'
}

/** The answer, unless it is that of another customer: `useOperation` keeps the earlier one while the next is asked. */
function useOwnAnswer({ answer, isStale }: { readonly answer: Answer<RecommendationList> | undefined; readonly isStale: boolean }, who: string): Answer<RecommendationList> | undefined {
  const [last, setLast] = useState<{ readonly answer: Answer<RecommendationList>; readonly who: string } | null>(null)
  if (answer !== undefined && !isStale && (last?.answer !== answer || last.who !== who)) setLast({ answer, who })
  if (!isStale) return answer
  return last?.who === who ? last.answer : undefined
}

/** What the product that offers go with is called. */
function useTargetName(productId: string | null, productText: ProductTexts | undefined, enabled: boolean): string | null {
  const given = productId === null ? undefined : productText?.(productId)?.name
  const { answer } = useOperation(productNamesOperation, { ids: [productId ?? ''] }, { enabled: enabled && productId !== null && given === undefined })
  return given ?? answer?.data.products.find(({ id }) => id === productId)?.name ?? null
}

interface UndoLines {
  readonly lines: readonly UndoLine[]
  readonly addLine: (reaction: OfferReaction, at: number) => void
  readonly dropLine: (productId: string) => void
}

/** Lines of what was dismissed since the page of this customer is open. One that is undone elsewhere goes too. */
function useUndoLines(who: string, dismissed: readonly OfferReaction[]): UndoLines {
  const [lines, setLines] = useState<readonly (UndoLine & { readonly who: string })[]>([])
  return {
    lines: useMemo(
      () =>
        lines.flatMap((line) => {
          // As it is called now, should the language have changed.
          const reaction = line.who === who ? dismissed.find(({ productId }) => productId === line.reaction.productId) : undefined
          return reaction === undefined ? [] : [{ ...line, reaction }]
        }),
      [lines, who, dismissed],
    ),
    addLine: (reaction, at) => setLines((all) => [...all.filter((line) => line.reaction.productId !== reaction.productId), { reaction, at: Math.max(0, at), who }]),
    // Stable: the time after which a line goes does not begin anew with each render.
    dropLine: useCallback((productId) => setLines((all) => all.filter((line) => line.reaction.productId !== productId)), []),
  }
}
