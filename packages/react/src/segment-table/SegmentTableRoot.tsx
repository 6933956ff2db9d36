'use client'
import type { ReactElement } from 'react'
import { CrmRoot } from '../shared/CrmRoot.tsx'
import type { CrmRootProps, CrmRootState } from '../shared/CrmRoot.tsx'
import { SegmentTableContext } from './SegmentTableContext.ts'
import type { SegmentTableModel } from './useSegmentTable.ts'

export type SegmentTableRootState = CrmRootState

export interface SegmentTableRootProps extends CrmRootProps {
  /** What `useSegmentTable` returned. */
  readonly model: SegmentTableModel
}

/** The root element of a segment table; gives its model to the parts inside. `data-status` carries the state. */
export function SegmentTableRoot({ model, ...theirs }: SegmentTableRootProps): ReactElement {
  return (
    <SegmentTableContext.Provider value={model}>
      <CrmRoot {...theirs} widget="crm-rfm crm-segments" status={model.status} busy={model.isFetching} data-loading={model.isFetching || undefined} />
    </SegmentTableContext.Provider>
  )
}
