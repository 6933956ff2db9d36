'use client'
import type { ReactElement } from 'react'
import { useCrmSettings } from '../provider/context.ts'
import { useDelayed } from '../shared/useDelayed.ts'
import { useRfmGridModel } from './RfmGridContext.ts'
import { expectedBins } from './scoreRanges.ts'
import { useRfmGridWords } from './useRfmGridWords.ts'

/** The shape of the grid to come; after 300 ms it says what is being done. */
export function RfmGridSkeleton(): ReactElement {
  const { request, y } = useRfmGridModel()
  const { direction } = useCrmSettings()
  const { words } = useRfmGridWords()
  const isMirrored = direction === 'rtl'
  const isSlow = useDelayed(true)
  const bins = expectedBins(request.spec, y)
  return (
    <div className="crm-heat-loading">
      <svg className="crm-heat" data-rows={bins.y} data-columns={bins.r} data-loading="true" aria-hidden="true">
        {Array.from({ length: bins.r * bins.y }, (_, index) => (
          <svg
            key={index}
            x={`${(index % bins.r) * (100 / bins.r)}%`}
            y={`${Math.floor(index / bins.r) * (100 / bins.y)}%`}
            width={`${100 / bins.r}%`}
            height={`${100 / bins.y}%`}
          >
            <rect className="crm-cell-ground" x="1" y="1" width="99%" height="98%" />
          </svg>
        ))}
        {Array.from({ length: bins.y }, (_, row) => (
          <rect key={row} className="crm-cell-ground crm-heat-label" x={isMirrored ? '100%' : '0%'} y={`${(row + 0.5) * (100 / bins.y)}%`} data-mirrored={isMirrored || undefined} />
        ))}
        {Array.from({ length: bins.r }, (_, column) => (
          <rect key={column} className="crm-cell-ground crm-heat-label" data-axis="r" x={`${(column + 0.5) * (100 / bins.r)}%`} y="100%" />
        ))}
      </svg>
      <p className="crm-heat-doing" role="status">
        {isSlow ? <span>{words.loading}</span> : null}
      </p>
    </div>
  )
}
