'use client'
import { useId, useRef } from 'react'
import type { ComponentPropsWithRef, ReactElement } from 'react'
import { useCrmSettings } from '../provider/context.ts'
import { Icon } from '../shared/Icon.tsx'
import { renderPart } from '../shared/part.ts'
import type { PartProps } from '../shared/part.ts'
import type { Offer } from './offers.ts'
import { useRecommendationListModel } from './RecommendationListContext.ts'
import { useOpenedBox } from './useOpenedBox.ts'
import { useRecommendationListWords } from './useRecommendationListWords.ts'

const CHEVRON = 'm4.5 6.5 3.5 3.5 3.5-3.5'

export interface RecommendationListReasonState {
  readonly isOpen: boolean
}

export interface RecommendationListReasonProps extends PartProps<RecommendationListReasonState>, Omit<ComponentPropsWithRef<'button'>, 'className'> {
  readonly offer: Offer
}

/** Why, in one sentence, as a button that opens what adds up to the score. For the row of actions: it is one of the controls. */
export function RecommendationListReason({ offer, ...theirs }: RecommendationListReasonProps): ReactElement {
  const { getControlProps, isOpen, toggle } = useRecommendationListModel()
  const id = useId()
  const open = isOpen(offer, 'reason')
  const children = (
    <>
      <span>{offer.reason || offer.source}</span>
      <Icon className="crm-muted" path={CHEVRON} />
    </>
  )
  return (
    <>
      {renderPart(
        'button',
        {
          ...getControlProps(offer.item.productId, 'reason'),
          type: 'button',
          className: 'crm-row crm-offer-reason',
          'data-apart': true,
          'aria-expanded': open,
          'aria-controls': open ? id : undefined,
          onClick: () => toggle(offer, 'reason'),
          children,
        },
        theirs,
        { isOpen: open },
      )}
      {open ? <RecommendationListParts offer={offer} id={id} /> : null}
    </>
  )
}

/** What adds up to a score: a bar, a share and an amount for each part, with the total. A table, so that it is read as it is seen. */
function RecommendationListParts({ offer, id }: { readonly offer: Offer; readonly id: string }): ReactElement {
  const { close } = useRecommendationListModel()
  const { direction } = useCrmSettings()
  const { words, text, format } = useRecommendationListWords()
  const box = useRef<HTMLDivElement | null>(null)
  useOpenedBox(box, '[data-control="reason"]', close)
  const isShared = offer.parts.every(({ share }) => share !== null)
  return (
    <div ref={box} id={id} className="crm-menu crm-offer-parts" role="group" aria-label={text(words.why, { product: offer.name })}>
      <table>
        <caption className="crm-visually-hidden">{text(words.whyTable, { product: offer.name })}</caption>
        <thead>
          <tr className="crm-note">
            <th scope="col">{words.part}</th>
            <th scope="col" data-align="end">{isShared ? words.share : null}</th>
            <th scope="col" data-align="end">{words.added}</th>
          </tr>
        </thead>
        <tbody>
          {offer.parts.map(({ key, kind, label, note, length, share, value }) => (
            <tr key={key} data-kind={kind}>
              <th scope="row">
                <span className="crm-offer-label">{label}</span>
                <svg className="crm-bars" width="100%" height="6" aria-hidden="true" focusable="false">
                  <rect width="100%" height="6" rx="3" />
                  <rect data-of={kind} x={direction === 'rtl' ? `${(1 - length) * 100}%` : 0} width={`${length * 100}%`} height="6" rx="3" />
                </svg>
                {note === null ? null : <span className="crm-note">{note}</span>}
              </th>
              <td>{share}</td>
              <td>{value}</td>
            </tr>
          ))}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row">{words.total}</th>
            <td>{isShared ? format.percent(1) : null}</td>
            <td>{offer.total}</td>
          </tr>
        </tfoot>
      </table>
      <p className="crm-note">{words.scoreNote}</p>
    </div>
  )
}
