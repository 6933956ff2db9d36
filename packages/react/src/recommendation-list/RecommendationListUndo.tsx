'use client'
import { useEffect, useState } from 'react'
import type { ReactElement } from 'react'
import type { OfferReaction } from './reactions.ts'
import { useRecommendationListModel } from './RecommendationListContext.ts'
import { useRecommendationListWords } from './useRecommendationListWords.ts'

/** Long enough to read it twice; the offer can be brought back below the list afterwards. */
const SHOWN_MS = 10_000

/** The line in the place of a dismissed offer. It goes by itself, but never from under the mouse or the focus. */
export function RecommendationListUndo({ reaction }: { readonly reaction: OfferReaction }): ReactElement {
  const { settle } = useRecommendationListModel()
  const [holds, setHolds] = useState({ focus: false, pointer: false })
  const isHeld = holds.focus || holds.pointer
  const { productId } = reaction
  useEffect(() => {
    if (isHeld) return undefined
    const timer = setTimeout(() => settle(productId), SHOWN_MS)
    return () => clearTimeout(timer)
  }, [isHeld, productId, settle])
  return (
    <li className="crm-offer" data-kind="dismissed">
      <div
        className="crm-row crm-offer-line"
        data-wrap
        data-apart
        role="presentation"
        onFocus={() => setHolds((all) => ({ ...all, focus: true }))}
        onBlur={() => setHolds((all) => ({ ...all, focus: false }))}
        onPointerEnter={() => setHolds((all) => ({ ...all, pointer: true }))}
        onPointerLeave={() => setHolds((all) => ({ ...all, pointer: false }))}
      >
        <DismissedOffer reaction={reaction} />
      </div>
    </li>
  )
}

/** What was dismissed since whenever, counted; opens to bring it back. What still has its line is left out. */
export function RecommendationListDismissed(): ReactElement | null {
  const { dismissed, entries, status } = useRecommendationListModel()
  const { words, text } = useRecommendationListWords()
  const others = dismissed.filter(({ productId }) => !entries.some((entry) => entry.kind === 'dismissed' && entry.reaction.productId === productId))
  if (others.length === 0 || status === 'forbidden') return null
  return (
    <details className="crm-from crm-offers-dismissed">
      <summary>{text(words.dismissedList, { count: others.length })}</summary>
      <ul>
        {others.map((reaction) => (
          <li key={reaction.productId}>
            <DismissedOffer reaction={reaction} />
          </li>
        ))}
      </ul>
    </details>
  )
}

function DismissedOffer({ reaction }: { readonly reaction: OfferReaction }): ReactElement {
  const { dismissReasons, getControlProps, undo } = useRecommendationListModel()
  const { words, text } = useRecommendationListWords()
  const { productId, reason, name } = reaction
  const product = name ?? productId
  // A code of earlier days has no words any more.
  const label = reason === null ? null : (dismissReasons.find(({ code }) => code === reason)?.label ?? reason)
  return (
    <>
      <span>{label === null ? text(words.dismissedPlain, { product }) : text(words.dismissed, { product, reason: label })}</span>{' '}
      <button {...getControlProps(productId, 'undo')} type="button" className="crm-button" data-quiet aria-label={text(words.undoDismiss, { product })} onClick={(event) => undo(productId, event)}>
        {words.undo}
      </button>
    </>
  )
}
