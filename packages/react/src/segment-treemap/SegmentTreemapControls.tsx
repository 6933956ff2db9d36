'use client'
import type { ReactElement } from 'react'
import { Segmented } from '../shared/Segmented.tsx'
import { useSegmentTreemapModel } from './SegmentTreemapContext.ts'
import { useSegmentTreemapWords } from './useSegmentTreemapWords.ts'

/** Choice of what the area is. Native radio buttons; nothing where the host alone decides. */
export function SegmentTreemapMeasureControl(): ReactElement | null {
  const { measure, setMeasure, canSetMeasure } = useSegmentTreemapModel()
  const { words } = useSegmentTreemapWords()
  if (!canSetMeasure) return null
  return (
    <Segmented
      label={words.chooseArea}
      value={measure}
      onChange={setMeasure}
      items={[
        { value: 'revenue', label: words.areaRevenue },
        { value: 'customers', label: words.areaCustomers },
      ]}
    />
  )
}

/** Choice of what the colour is. Native radio buttons; nothing where the host alone decides. */
export function SegmentTreemapShadeControl(): ReactElement | null {
  const { shade, setShade, canSetShade } = useSegmentTreemapModel()
  const { words } = useSegmentTreemapWords()
  if (!canSetShade) return null
  return (
    <Segmented
      label={words.chooseShade}
      value={shade}
      onChange={setShade}
      items={[
        { value: 'meanRecencyDays', label: words.shadeRecency },
        { value: 'meanRevenue', label: words.shadeMean },
      ]}
    />
  )
}
