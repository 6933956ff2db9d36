'use client'
import type { ReactElement } from 'react'
import { CrmRoot } from '../shared/CrmRoot.tsx'
import type { CrmRootProps, CrmRootState } from '../shared/CrmRoot.tsx'
import { RfmDistributionContext } from './RfmDistributionContext.ts'
import type { RfmDistributionModel } from './useRfmDistribution.ts'

export type RfmDistributionRootState = CrmRootState

export interface RfmDistributionRootProps extends CrmRootProps {
  /** What `useRfmDistribution` returned. */
  readonly model: RfmDistributionModel
}

/** The root element of the distributions; gives its model to the parts inside. `data-status` carries the state. */
export function RfmDistributionRoot({ model, ...theirs }: RfmDistributionRootProps): ReactElement {
  return (
    <RfmDistributionContext.Provider value={model}>
      <CrmRoot {...theirs} widget="crm-rfm crm-dist" status={model.status} busy={model.isFetching} data-dragging={model.dragging !== null || undefined} />
    </RfmDistributionContext.Provider>
  )
}
