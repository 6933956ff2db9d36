'use client'
import type { ReactElement } from 'react'
import { useRfmDistributionModel } from './RfmDistributionContext.ts'
import type { RfmDistributionPanel } from './rfmDistributionModel.ts'
import { RfmDistributionPlot } from './RfmDistributionPlot.tsx'
import { RfmDistributionRule } from './RfmDistributionRule.tsx'
import { useRfmDistributionWords } from './useRfmDistributionWords.ts'

export interface RfmDistributionHistogramProps {
  readonly panel: RfmDistributionPanel
}

/** One measure: its title, what is pointed at, the histogram and the rule. */
export function RfmDistributionHistogram({ panel }: RfmDistributionHistogramProps): ReactElement {
  const { pointed, comparison } = useRfmDistributionModel()
  const { words, text } = useRfmDistributionWords()
  const here = pointed?.axis === panel.axis ? pointed : null
  const cut = here?.kind === 'cut' ? panel.cuts[here.index] : undefined
  const bar = here?.kind === 'bar' ? panel.bars[here.index] : undefined
  return (
    <div className="crm-dist-panel" data-axis={panel.axis}>
      <p className="crm-dist-head" data-picture="">
        <strong>{panel.title}</strong> <span className="crm-muted">{panel.label}</span>
        {/* The bar and the slider themselves say it to those who listen. */}
        <span className="crm-dist-reading" aria-hidden="true">{cut ? text(words.moving, { cut: cut.text, count: comparison?.moved ?? 0 }) : bar?.name}</span>
      </p>
      <RfmDistributionPlot panel={panel} />
      <RfmDistributionRule panel={panel} />
    </div>
  )
}
