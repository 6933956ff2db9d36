'use client'
import type { ReactElement } from 'react'
import { CrmRoot } from '../shared/CrmRoot.tsx'
import type { CrmRootProps, CrmRootState } from '../shared/CrmRoot.tsx'
import { RecommenderScorecardContext } from './RecommenderScorecardContext.ts'
import type { RecommenderScorecardModel } from './useRecommenderScorecard.ts'

export type RecommenderScorecardRootState = CrmRootState

export interface RecommenderScorecardRootProps extends CrmRootProps {
  /** What `useRecommenderScorecard` returned. */
  readonly model: RecommenderScorecardModel
}

/** The root element of a scorecard; gives its model to the parts inside. `data-status` carries the state. */
export function RecommenderScorecardRoot({ model, ...theirs }: RecommenderScorecardRootProps): ReactElement {
  return (
    <RecommenderScorecardContext.Provider value={model}>
      <CrmRoot {...theirs} widget="crm-rfm crm-score" status={model.status} busy={model.isFetching} data-loading={model.isFetching || undefined} />
    </RecommenderScorecardContext.Provider>
  )
}
