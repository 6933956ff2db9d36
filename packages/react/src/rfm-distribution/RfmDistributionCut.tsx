'use client'
import type { ReactElement, SVGProps } from 'react'
import { renderPart } from '../shared/part.ts'
import type { PartProps } from '../shared/part.ts'
import { useRfmDistributionModel } from './RfmDistributionContext.ts'
import type { RfmDistributionCut as CutData } from './rfmDistributionModel.ts'

/** Height of one row of grips, px: what a finger needs. */
export const GRIP_ROW = 24

export interface RfmDistributionCutState {
  readonly isDragging: boolean
}

export interface RfmDistributionCutProps extends PartProps<RfmDistributionCutState>, Omit<SVGProps<SVGSVGElement>, 'className'> {
  readonly cut: CutData
}

/** The grip of one cut point, above its line: an element with role `slider`. State: `data-dragging`. */
export function RfmDistributionCut({ cut, ...theirs }: RfmDistributionCutProps): ReactElement {
  const { dragging, getCutProps } = useRfmDistributionModel()
  const isDragging = dragging?.axis === cut.axis && dragging.index === cut.index
  const top = -GRIP_ROW * (cut.level + 1)
  const children = (
    <>
      <rect className="crm-dist-target" x="-6" y={top + 24} width="12" height="100%" />
      <rect className="crm-dist-target" x="-12" y={top} width="24" height="24" />
      <rect className="crm-dist-grip" x="-8" y={top + 2} width="16" height="20" rx="4" />
      <path className="crm-dist-grip-mark" d={`M-2.5 ${top + 8}v8m5 -8v8`} />
    </>
  )
  return renderPart('svg', { ...getCutProps(cut), className: 'crm-dist-cut', overflow: 'visible', children }, theirs, { isDragging })
}
