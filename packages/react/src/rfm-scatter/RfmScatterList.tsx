'use client'
import { memo } from 'react'
import type { ComponentType, ReactElement } from 'react'
import { useCrmSettings } from '../provider/context.ts'
import { useRfmScatterModel } from './RfmScatterContext.ts'
import { useRfmScatterTitle } from './RfmScatterTitle.tsx'
import type { RfmScatterPoint, RfmScatterPoints } from './scatterPoints.ts'
import { useRfmScatterWords } from './useRfmScatterWords.ts'

/** The single customers, a list of points: one tab stop, arrow keys along both axes. */
export function RfmScatterList({ points, helpId }: { readonly points: RfmScatterPoints; readonly helpId: string }): ReactElement {
  const { activePoint, pointed, selected, isAllSelected, selectedCustomer, getListProps } = useRfmScatterModel()
  const { direction } = useCrmSettings()
  const { words, text } = useRfmScatterWords()
  const title = useRfmScatterTitle()
  const isMirrored = direction === 'rtl'
  const { list } = points
  const label = text(words.pointsLabel, { title, customers: text(words.customers, { count: list.length }) })
  const hovered = pointed?.point ?? null
  return (
    <>
      <g {...getListProps(label)} aria-describedby={helpId}>
        {list.map((point) => (
          <ScatterPoint
            key={point.customerId}
            point={point}
            isMirrored={isMirrored}
            isActive={point.index === activePoint}
            isSelected={selectedCustomer === point.customerId || selected.isSelected(point.place)}
            isMarked={!isAllSelected}
          />
        ))}
      </g>
      {hovered === null ? null : <circle className="crm-scatter-mark" data-kind="pointed" {...center(hovered, isMirrored)} r="6" aria-hidden="true" data-by-key={pointed?.byKey || undefined} />}
    </>
  )
}

interface ScatterPointProps {
  readonly point: RfmScatterPoint
  readonly isMirrored: boolean
  readonly isActive: boolean
  readonly isSelected: boolean
  /** Where all are selected there is nobody to tell them from. */
  readonly isMarked: boolean
}

const ScatterPoint: ComponentType<ScatterPointProps> = memo(function ScatterPoint({ point, isMirrored, isActive, isSelected, isMarked }: ScatterPointProps): ReactElement {
  return (
    <circle className="crm-scatter-point" {...center(point, isMirrored)} r="3.5" data-selected={(isSelected && isMarked) || undefined} {...getRfmScatterPointProps(point, isActive, isSelected)} />
  )
})

/** Role, name and state of one point, for markup of your own inside of `getListProps`. */
export function getRfmScatterPointProps(point: RfmScatterPoint, isActive: boolean, isSelected: boolean): Readonly<Record<string, unknown>> {
  return {
    role: 'option',
    'aria-label': point.name,
    'aria-selected': isSelected,
    tabIndex: isActive ? 0 : -1,
    'data-point': point.index,
  }
}

function center({ x, y }: RfmScatterPoint, isMirrored: boolean): { readonly cx: string; readonly cy: string } {
  return { cx: `${(isMirrored ? 1 - x : x) * 100}%`, cy: `${(1 - y) * 100}%` }
}
