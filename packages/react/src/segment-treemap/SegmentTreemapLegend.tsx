'use client'
import type { ComponentPropsWithRef, ReactElement } from 'react'
import { RAMP_STEPS } from '../rfm-grid/rfmGridModel.ts'
import { renderPart } from '../shared/part.ts'
import type { PartProps } from '../shared/part.ts'
import { useSegmentTreemapModel } from './SegmentTreemapContext.ts'
import { useSegmentTreemapWords } from './useSegmentTreemapWords.ts'

/** What the grounds of the tiles mean: the ramp between 0 and the largest value, from pale to strong. */
export function SegmentTreemapLegend(theirs: PartProps<object> & Omit<ComponentPropsWithRef<'div'>, 'className'>): ReactElement | null {
  const { picture, shade, result } = useSegmentTreemapModel()
  const { words, format, text } = useSegmentTreemapWords()
  if (picture === null || result === null) return null
  const isRecency = shade === 'meanRecencyDays'
  const ends = [format.number(0), format.compact(isRecency ? Math.round(picture.maxShade) : picture.maxShade / 10 ** result.scale)]
  const [pale, strong] = isRecency ? ends.toReversed() : ends
  const children = (
    <>
      <span className="crm-legend-title">{isRecency ? words.legendRecency : text(words.legendMean, { currency: format.currencySign(result.currency) })}</span>
      <span className="crm-legend-scale">
        <span>{pale}</span>
        <span className="crm-legend-ramp" aria-hidden="true">
          {Array.from({ length: RAMP_STEPS }, (_, step) => (
            <span key={step} data-step={step} />
          ))}
        </span>
        <span>{strong}</span>
      </span>
    </>
  )
  return renderPart('div', { className: 'crm-legend', 'data-picture': true, children }, theirs, {})
}
