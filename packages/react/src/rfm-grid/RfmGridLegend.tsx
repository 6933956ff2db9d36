'use client'
import type { ComponentPropsWithRef, ReactElement } from 'react'
import { renderPart } from '../shared/part.ts'
import type { PartProps } from '../shared/part.ts'
import { useRfmGridModel } from './RfmGridContext.ts'
import { RAMP_STEPS } from './rfmGridModel.ts'
import { measureWord } from './RfmGridTitle.tsx'
import { useRfmGridWords } from './useRfmGridWords.ts'

/** What the grounds of the cells mean: the ramp from 0 to the largest value, and the mark of an empty cell. */
export function RfmGridLegend(theirs: PartProps<object> & Omit<ComponentPropsWithRef<'div'>, 'className'>): ReactElement | null {
  const { table, measure, result } = useRfmGridModel()
  const { words, format, text } = useRfmGridWords()
  if (table === null || result === null) return null
  const name = { measure: measureWord(words, measure), currency: format.currencySign(result.currency) }
  const hasEmpty = table.rows.some(({ cells }) => cells.some(({ customers }) => customers === 0))
  const children = (
    <>
      <span className="crm-legend-title">{text(measure === 'customers' ? words.legend : words.legendMoney, name)}</span>
      <span className="crm-legend-scale">
        <span>{format.number(0)}</span>
        <span className="crm-legend-ramp" aria-hidden="true">
          {Array.from({ length: RAMP_STEPS }, (_, step) => (
            <span key={step} data-step={step} />
          ))}
        </span>
        <span>{format.compact(measure === 'customers' ? table.max : table.max / 10 ** result.scale)}</span>
      </span>
      {hasEmpty ? (
        <span className="crm-legend-scale">
          <svg className="crm-legend-empty" width="14" height="12" aria-hidden="true">
            <path strokeWidth="2" d="M1 6 6 1M1 11 11 1M6 11 13 4" />
            <rect x="0.5" y="0.5" width="13" height="11" rx="2.5" />
          </svg>
          {words.legendEmpty}
        </span>
      ) : null}
    </>
  )
  return renderPart('div', { className: 'crm-legend', 'data-picture': true, children }, theirs, {})
}
