'use client'
import type { ReactElement } from 'react'
import { Segmented } from '../shared/Segmented.tsx'
import { useRfmGridModel } from './RfmGridContext.ts'
import { useRfmGridWords } from './useRfmGridWords.ts'

/** Choice of what stands against recency: F, M, or both. Native radio buttons. */
export function RfmGridAxisControl(): ReactElement {
  const { y, setY } = useRfmGridModel()
  const { words } = useRfmGridWords()
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
  const { words } = useRfmGridWords()
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
