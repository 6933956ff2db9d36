'use client'
import type { ReactElement, SVGProps } from 'react'
import { useCrmSettings } from '../provider/context.ts'
import { renderPart } from '../shared/part.ts'
import type { PartProps } from '../shared/part.ts'
import type { PlacedTile, TreemapLayout } from './segmentTreemapModel.ts'
import { useSegmentTreemapModel } from './SegmentTreemapContext.ts'

export interface SegmentTreemapTileState {
  readonly isSelected: boolean
  readonly segment: string
  /** 0..7 */
  readonly step: number
}

export interface SegmentTreemapTileProps extends PartProps<SegmentTreemapTileState>, Omit<SVGProps<SVGSVGElement>, 'className'> {
  readonly tile: PlacedTile
  readonly layout: TreemapLayout
}

/**
 * One tile: an SVG element with role `option`, whose accessible name holds every number of it. State: `data-step`,
 * `data-segment`, `data-selected`. Children replace what is drawn inside.
 */
export function SegmentTreemapTile({ tile, layout, ...theirs }: SegmentTreemapTileProps): ReactElement {
  const model = useSegmentTreemapModel()
  const { direction } = useCrmSettings()
  const { box, label, segment, step } = tile
  const isMirrored = direction === 'rtl'
  const isSelected = model.isSelected(segment)
  const percent = (part: number): string => `${part * 100}%`
  const lines = [...label.name, ...(label.figure === null ? [] : [label.figure])]
  const children = (
    <>
      <rect className="crm-cell-ground" x="1" y="1" width="99%" height="98%" />
      {/* The name of the tile begins with these words, and says the rest too. `start` follows the direction. */}
      <g aria-hidden="true">
        {lines.map(({ text, from }, at) => (
          <text key={at} className={at < label.name.length ? 'crm-cell-value' : 'crm-tile-figure'} x={isMirrored ? '100%' : '0%'} dx={isMirrored ? -12 : 12} y={23 + 18 * at} data-from={from ?? undefined}>
            {`${text} `}
          </text>
        ))}
      </g>
      <rect className="crm-cell-ring" x="2" y="2" width="98%" height="96%" />
      {isSelected ? <path className="crm-cell-check" data-mirrored={isMirrored || undefined} d="M11 16l3.5 3.5 6.5-7.5" /> : null}
    </>
  )
  return renderPart(
    'svg',
    {
      ...model.getTileProps(layout, tile),
      className: 'crm-cell',
      x: percent(isMirrored ? 1 - box.x1 : box.x0),
      y: percent(box.y0),
      width: percent(box.x1 - box.x0),
      height: percent(box.y1 - box.y0),
      children,
    },
    theirs,
    { isSelected, segment: segment.id, step },
  )
}
