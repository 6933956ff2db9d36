'use client'
import type { ReactElement } from 'react'
import { useDelayed } from '../shared/useDelayed.ts'
import { DISTRIBUTION_AXES } from './rfmDistributionModel.ts'
import { useRfmDistributionWords } from './useRfmDistributionWords.ts'

const BARS = Array.from({ length: 30 }, (_, index) => index)

/** The shape of the histograms and the table to come; after 300 ms it says what is being done. */
export function RfmDistributionSkeleton(): ReactElement {
  const { words } = useRfmDistributionWords()
  const isSlow = useDelayed(true)
  return (
    <div className="crm-dist-body">
      <div className="crm-dist-panels" aria-hidden="true">
        {DISTRIBUTION_AXES.map((axis) => (
          <div key={axis} className="crm-dist-panel">
            <p className="crm-dist-head">{'\u00a0'}</p>
            <svg className="crm-dist-plot crm-dist-loading" data-levels="1">
              {BARS.map((bar) => (
                <rect key={bar} x={`${(bar * 100) / 30}%`} width="3%" y={`${100 - 90 * 0.9 ** bar}%`} height={`${90 * 0.9 ** bar}%`} />
              ))}
            </svg>
            <p className="crm-dist-rule">{'\u00a0'}</p>
          </div>
        ))}
      </div>
      <div className="crm-dist-side crm-dist-lines" aria-hidden="true">
        {BARS.slice(0, 12).map((row) => (
          <div key={row} className="crm-skeleton" />
        ))}
      </div>
      <p className="crm-heat-doing" role="status">{isSlow ? <span>{words.loading}</span> : null}</p>
    </div>
  )
}
