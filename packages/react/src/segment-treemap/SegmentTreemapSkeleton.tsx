'use client'
import type { ReactElement } from 'react'
import { useSegmentTableWords } from '../segment-table/useSegmentTableWords.ts'
import { useDelayed } from '../shared/useDelayed.ts'
import { layoutTiles } from './layoutTiles.ts'
import { SHAPES } from './tileLabels.ts'

/** Areas of nothing in particular: a shape to come. */
const AREAS = [8, 5, 4, 3, 2, 1, 1]

/** The shape of the picture to come; after 300 ms it says what is being done. */
export function SegmentTreemapSkeleton(): ReactElement {
  const { words } = useSegmentTableWords()
  const isSlow = useDelayed(true)
  return (
    <div className="crm-tiles-loading">
      {(['wide', 'narrow'] as const).map((shape) => (
        <svg key={shape} className="crm-heat crm-tiles" data-shape={shape} data-loading="true" aria-hidden="true">
          {layoutTiles(AREAS, SHAPES[shape].width / SHAPES[shape].height).map((box, at) => (
            <svg key={at} x={`${box.x0 * 100}%`} y={`${box.y0 * 100}%`} width={`${(box.x1 - box.x0) * 100}%`} height={`${(box.y1 - box.y0) * 100}%`}>
              <rect className="crm-cell-ground" x="1" y="1" width="99%" height="98%" />
            </svg>
          ))}
        </svg>
      ))}
      <p className="crm-heat-doing" role="status">
        {isSlow ? <span>{words.loading}</span> : null}
      </p>
    </div>
  )
}
