'use client'
import type { ReactElement } from 'react'
import { useCrmSettings } from '../provider/context.ts'
import { SHARE_COLUMNS } from './segmentColumns.ts'
import type { SegmentRow } from './segmentRows.ts'
import { useSegmentTableModel } from './SegmentTableContext.ts'

/** Thickness of a bar and the gap between the two, px. */
const BAR = 8
const GAP = 2

/** Share of customers over share of revenue, on the scale of all rows; a share below zero runs the other way. */
export function SegmentBars({ row }: { readonly row: SegmentRow }): ReactElement {
  const { direction } = useCrmSettings()
  const { min, max } = useSegmentTableModel().scale
  // Percent of the width, from the side where reading starts.
  const along = (share: number): number => (max > min ? ((share - min) / (max - min)) * 100 : 0)
  const mirrored = (from: number, to: number): number => (direction === 'rtl' ? 100 - to : from)
  const zero = along(0)
  return (
    <svg focusable="false">
      <svg y="50%" overflow="visible">
        {SHARE_COLUMNS.map((id, at) => {
          const end = along(row[id] ?? 0)
          const [from, to] = [Math.min(zero, end), Math.max(zero, end)]
          return <rect key={id} data-of={id} x={`${mirrored(from, to)}%`} y={at === 0 ? -BAR - GAP / 2 : GAP / 2} width={`${to - from}%`} height={BAR} rx="1" />
        })}
      </svg>
      <line x1={`${mirrored(zero, zero)}%`} x2={`${mirrored(zero, zero)}%`} y1="0" y2="100%" />
    </svg>
  )
}
