'use client'
import type { ReactElement } from 'react'
import { CrmRoot } from '../shared/CrmRoot.tsx'
import type { CrmRootProps, CrmRootState } from '../shared/CrmRoot.tsx'
import { RecommendationListContext } from './RecommendationListContext.ts'
import type { RecommendationsModel } from './useRecommendations.ts'

export type RecommendationListRootState = CrmRootState

export interface RecommendationListRootProps extends CrmRootProps {
  /** What `useRecommendations` returned. */
  readonly model: RecommendationsModel
}

/** The root element of a list of offers; gives its model to the parts inside, and says aloud what changed. `data-status` carries the state. */
export function RecommendationListRoot({ model, children, ...theirs }: RecommendationListRootProps): ReactElement {
  return (
    <RecommendationListContext.Provider value={model}>
      <CrmRoot {...theirs} widget="crm-rfm crm-recommendations" status={model.status} busy={model.isFetching} data-loading={model.isFetching || undefined}>
        {children}
        <p className="crm-visually-hidden" role="status">{model.announcement}</p>
      </CrmRoot>
    </RecommendationListContext.Provider>
  )
}
