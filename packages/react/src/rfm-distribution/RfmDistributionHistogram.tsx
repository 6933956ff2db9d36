'use client'
import type { ReactElement } from 'react'
import { useRfmDistributionModel } from './RfmDistributionContext.ts'
import type { RfmDistributionPanel } from './rfmDistributionModel.ts'
import { RfmDistributionPlot } from './RfmDistributionPlot.tsx'
import { RfmDistributionRule } from './RfmDistributionRule.tsx'

export interface RfmDistributionHistogramProps {
  readonly panel: RfmDistributionPanel
}

/** One measure: its title, what is pointed at, the histogram and the rule. */
export function RfmDistributionHistogram({ panel }: RfmDistributionHistogramProps): ReactElement {
  const { pointed } = useRfmDistributionModel()
  const isHere = pointed !== null && pointed.axis === panel.axis
  const reading = !isHere ? null : pointed.kind === 'bar' ? panel.bars[pointed.index]?.name : panel.cuts[pointed.index]?.valueText
  return (
    <div className="crm-dist-panel" data-axis={panel.axis}>
      <p className="crm-dist-head">
        <strong>{panel.title}</strong> <span className="crm-dist-unit">{panel.unit}</span>
        {/* The bar and the slider themselves say it to those who listen. */}
        <span className="crm-dist-reading" aria-hidden="true">{reading}</span>
      </p>
      <RfmDistributionPlot panel={panel} />
      <RfmDistributionRule panel={panel} />
    </div>
  )
}
