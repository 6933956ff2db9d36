'use client'
import type { ReactElement } from 'react'
import { CrmRoot } from '../shared/CrmRoot.tsx'
import type { CrmRootProps, CrmRootState } from '../shared/CrmRoot.tsx'
import { NeighbourListContext } from './NeighbourListContext.ts'
import type { NeighboursModel } from './useNeighbours.ts'

export type NeighbourListRootState = CrmRootState

export interface NeighbourListRootProps extends CrmRootProps {
  /** What `useNeighbours` returned. */
  readonly model: NeighboursModel
}

/** The root element of a list of neighbours; gives its model to the parts inside. `data-status` carries the state. */
export function NeighbourListRoot({ model, ...theirs }: NeighbourListRootProps): ReactElement {
  return (
    <NeighbourListContext.Provider value={model}>
      <CrmRoot {...theirs} widget="crm-rfm crm-neighbours" status={model.status} busy={model.isFetching} data-loading={model.isFetching || undefined} />
    </NeighbourListContext.Provider>
  )
}
