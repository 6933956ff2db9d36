'use client'
import type { ReactElement } from 'react'
import { useDelayed } from '../shared/useDelayed.ts'
import { useRecommendationListModel } from './RecommendationListContext.ts'
import { SkeletonBars } from './RecommendationListItems.tsx'
import type { RecommendationListLayout } from './RecommendationListItems.tsx'
import { useRecommendationListWords } from './useRecommendationListWords.ts'

/** The shape of the cards to come; after 300 ms it says what is being done, and how far that is. */
export function RecommendationListSkeleton({ layout = 'list' }: { readonly layout?: RecommendationListLayout }): ReactElement {
  const { request, progress } = useRecommendationListModel()
  const { words } = useRecommendationListWords()
  const isSlow = useDelayed(true)
  const doing = progress?.phase === 'computing' ? words.computing : words.reading
  const fraction = progress?.fraction ?? null
  return (
    <>
      <div className="crm-offers" data-layout={layout} aria-hidden="true">
        {Array.from({ length: Math.min(request.limit ?? 5, layout === 'list' ? 5 : 4) }, (_, at) => (
          <div key={at} className="crm-offer" data-kind="pending">
            <SkeletonBars />
          </div>
        ))}
      </div>
      <div className="crm-row crm-offers-doing crm-muted">
        <p role="status">{isSlow ? doing : ''}</p>
        {isSlow ? <progress aria-label={doing} {...(fraction === null ? {} : { value: fraction })} /> : null}
      </div>
    </>
  )
}
