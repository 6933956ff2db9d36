'use client'
import type { ReactElement } from 'react'
import { useCrm } from '../provider/context.ts'
import { useDelayed } from '../shared/useDelayed.ts'
import { useRfmGridModel } from './RfmGridContext.ts'
import { expectedBins } from './scoreRanges.ts'

/** The shape of the grid to come; after 300 ms it says what is being done. */
export function RfmGridSkeleton(): ReactElement {
  const { request, y } = useRfmGridModel()
  const words = useCrm().messages.rfmGrid
  const isSlow = useDelayed(true)
  const bins = expectedBins(request.spec, y)
  return (
    <div className="crm-heat-loading">
      <svg className="crm-heat" data-rows={bins.y} data-columns={bins.r} data-loading="true" aria-hidden="true">
        <svg className="crm-heat-body">
          <svg className="crm-heat-area">
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
          </svg>
        </svg>
      </svg>
      <p className="crm-heat-doing" role="status">{isSlow ? words.loading : ''}</p>
    </div>
  )
}
