'use client'
import type { ReactElement } from 'react'
import { CrmRoot } from '../shared/CrmRoot.tsx'
import type { CrmRootProps, CrmRootState } from '../shared/CrmRoot.tsx'
import { RfmScatterContext } from './RfmScatterContext.ts'
import type { RfmScatterModel } from './useRfmScatter.ts'

export type RfmScatterRootState = CrmRootState

export interface RfmScatterRootProps extends CrmRootProps {
  /** What `useRfmScatter` returned. */
  readonly model: RfmScatterModel
}

/** The root element of a scatter picture; gives its model to the parts inside. `data-status` carries the state. */
export function RfmScatterRoot({ model, ...theirs }: RfmScatterRootProps): ReactElement {
  return (
    <RfmScatterContext.Provider value={model}>
      <CrmRoot {...theirs} widget="crm-rfm" status={model.status} busy={model.isFetching} data-loading={model.isFetching || undefined} />
    </RfmScatterContext.Provider>
  )
}
