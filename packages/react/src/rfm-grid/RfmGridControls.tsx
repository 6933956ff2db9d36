'use client'
import type { ReactElement } from 'react'
import { useCrm } from '../provider/context.ts'
import { Segmented } from '../shared/Segmented.tsx'
import { useRfmGridModel } from './RfmGridContext.ts'

/** Choice of what stands against recency: F, M, or both. Native radio buttons. */
export function RfmGridAxisControl(): ReactElement {
  const { y, setY } = useRfmGridModel()
  const words = useCrm().messages.rfmGrid
  return (
    <Segmented
      label={words.chooseAxis}
      value={y}
      onChange={setY}
      items={[
        { value: 'f', label: words.axisF },
        { value: 'm', label: words.axisM },
        { value: 'fm', label: words.axisFm },
      ]}
    />
  )
}

/** Choice of the number in the cells. Native radio buttons. */
export function RfmGridMeasureControl(): ReactElement {
  const { measure, setMeasure } = useRfmGridModel()
  const words = useCrm().messages.rfmGrid
  return (
    <Segmented
      label={words.chooseMeasure}
      value={measure}
      onChange={setMeasure}
      items={[
        { value: 'customers', label: words.measureCustomers },
        { value: 'revenue', label: words.measureRevenue },
        { value: 'mean', label: words.measureMean },
      ]}
    />
  )
}
