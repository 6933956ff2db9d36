'use client'
import type { ReactElement } from 'react'
import { Icon } from '../shared/Icon.tsx'
import { coldStartText, shortfallText } from './offers.ts'
import { useRecommendationListModel } from './RecommendationListContext.ts'
import { useRecommendationListWords } from './useRecommendationListWords.ts'

const INFO = 'M8 7.5V11m0-6v.1M8 14A6 6 0 1 0 8 2a6 6 0 0 0 0 12z'
const WARNING = 'M8 5.5v3.2m0 2v.1M8 2 1.8 13h12.4z'

/** What to know before the offers are read: the data do not tell, or know nothing of this customer; the list is short. */
export function RecommendationListNotices(): ReactElement | null {
  const { list, context, verdict, status } = useRecommendationListModel()
  const tools = useRecommendationListWords()
  if (list === null || (status !== 'ready' && status !== 'stale')) return null
  const { words } = tools
  const doubt = verdict === 'noSignal' ? words.verdictNoSignal : verdict === 'tooFew' ? words.verdictTooFew : null
  const cold = coldStartText(tools, list, context)
  const short = shortfallText(tools, list.shortfall)
  return (
    <>
      {doubt === null ? null : <Notice kind="partial" icon={WARNING}>{doubt}</Notice>}
      {cold === null ? null : <Notice kind="cold" icon={INFO}>{cold}</Notice>}
      {short === null ? null : <Notice kind="short" icon={INFO}>{short}</Notice>}
    </>
  )
}

function Notice({ kind, icon, children }: { readonly kind: string; readonly icon: string; readonly children: string }): ReactElement {
  return (
    <div className="crm-banner" data-kind={kind} role="status">
      <Icon className="crm-banner-icon" path={icon} />
      <span className="crm-banner-text">{children}</span>
    </div>
  )
}
