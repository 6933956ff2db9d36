'use client'
import type { ReactElement } from 'react'
import { CrmRoot } from '../shared/CrmRoot.tsx'
import type { CrmRootProps, CrmRootState } from '../shared/CrmRoot.tsx'
import { SegmentTreemapContext } from './SegmentTreemapContext.ts'
import type { SegmentTreemapModel } from './useSegmentTreemap.ts'

export type SegmentTreemapRootState = CrmRootState

export interface SegmentTreemapRootProps extends CrmRootProps {
  /** What `useSegmentTreemap` returned. */
  readonly model: SegmentTreemapModel
}

/** The root element of a treemap; gives its model to the parts inside. `data-status` carries the state. */
export function SegmentTreemapRoot({ model, ...theirs }: SegmentTreemapRootProps): ReactElement {
  return (
    <SegmentTreemapContext.Provider value={model}>
      <CrmRoot {...theirs} widget="crm-rfm crm-treemap" status={model.status} busy={model.isFetching} data-loading={model.isFetching || undefined} />
    </SegmentTreemapContext.Provider>
  )
}
