'use client'
import type { ReactElement } from 'react'
import { CrmRoot } from '../shared/CrmRoot.tsx'
import type { CrmRootProps, CrmRootState } from '../shared/CrmRoot.tsx'
import { RfmGridContext } from './RfmGridContext.ts'
import type { RfmGridModel } from './useRfmGrid.ts'

export type RfmGridRootState = CrmRootState

export interface RfmGridRootProps extends CrmRootProps {
  /** What `useRfmGrid` returned. */
  readonly model: RfmGridModel
}

/** The root element of an RFM grid; gives its model to the parts inside. `data-status` carries the state. */
export function RfmGridRoot({ model, ...theirs }: RfmGridRootProps): ReactElement {
  return (
    <RfmGridContext.Provider value={model}>
      <CrmRoot {...theirs} widget="crm-rfm" status={model.status} busy={model.isFetching} data-loading={model.isFetching || undefined} />
    </RfmGridContext.Provider>
  )
}
