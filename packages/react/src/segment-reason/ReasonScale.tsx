'use client'
import type { ReactElement } from 'react'
import { useCrmSettings } from '../provider/context.ts'
import type { ReasonAxis } from './segmentReasonText.ts'

/** Up to here each border has room for its label; above it only those of the customer's own band are labelled. */
const LABELLED_BANDS = 6

/** A value on the bands of its scores: an image whose name tells every number in it. */
export function ReasonScale({ axis }: { readonly axis: ReasonAxis }): ReactElement {
  const isMirrored = useCrmSettings().direction === 'rtl'
  const { bands, position } = axis
  const width = 100 / bands.length
  const left = (place: number): string => `${(isMirrored ? bands.length - 1 - place : place) * width}%`
  const at = (share: number): string => `${(isMirrored ? 1 - share : share) * 100}%`
  const own = bands.findIndex(({ isOwn }) => isOwn)
  const isLabelled = (index: number): boolean => bands.length <= LABELLED_BANDS || index === own || index === own - 1
  return (
    <svg className="crm-reason-scale" role="img" aria-label={axis.scaleLabel}>
      {bands.map((band, index) => (
        <g key={band.score} data-own={band.isOwn || undefined} data-unreachable={band.isUnreachable || undefined}>
          <rect x={left(index)} y="8" width={`${width}%`} height="18" />
          <text x={at((index + 0.5) / bands.length)} y="21" textAnchor="middle">{band.score}</text>
          {band.borderText === null || !isLabelled(index) ? null : (
            <text className="crm-heat-score" x={at((index + 1) / bands.length)} y="40" textAnchor="middle">{band.borderText}</text>
          )}
        </g>
      ))}
      <svg x={at(position)} overflow="visible">
        <path className="crm-reason-mark" d="M0 9l-5-8h10z" />
      </svg>
    </svg>
  )
}
