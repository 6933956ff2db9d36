'use client'
import type { ComponentPropsWithRef, ReactElement } from 'react'
import { renderPart } from '../shared/part.ts'
import type { PartProps } from '../shared/part.ts'
import { useRfmScatterModel } from './RfmScatterContext.ts'
import type { ScatterStep } from './scatterSteps.ts'
import { useRfmScatterWords } from './useRfmScatterWords.ts'

/** What each ground of the squares means, from few to many; for single customers, that a point is one. */
export function RfmScatterLegend(theirs: PartProps<object> & Omit<ComponentPropsWithRef<'div'>, 'className'>): ReactElement | null {
  const { view, points, measure } = useRfmScatterModel()
  const { words, format, text } = useRfmScatterWords()
  if (view === null) return null
  const { density, steps } = view
  const amount = (value: number): string => (measure === 'customers' ? format.compact(value) : format.compact(value / 10 ** density.scale))
  const meaning = ({ from, below }: ScatterStep, index: number): string => {
    if (below === null) return text(words.legendFrom, { from: amount(index === 0 && measure === 'customers' ? 1 : from) })
    if (measure === 'revenue') return index === 0 ? text(words.legendBelow, { below: amount(below) }) : text(words.legendBetween, { from: amount(from), to: amount(below) })
    // The first takes in what is below it, down to a single customer.
    const first = index === 0 ? 1 : from
    return below - first <= 1 ? amount(first) : text(words.legendBetween, { from: amount(first), to: amount(below - 1) })
  }
  const title = measure === 'customers' ? words.legendCustomers : text(words.legendRevenue, { currency: format.currencySign(density.currency) })
  const children = (
    <>
      {points === null ? (
        <>
          <span>{title}</span>
          {steps.map((step, index) => (
            <span key={step.from} className="crm-legend-scale">
              <span className="crm-legend-ramp" aria-hidden="true">
                <span data-step={step.token} />
              </span>
              {meaning(step, index)}
            </span>
          ))}
        </>
      ) : (
        <span>{words.legendPoints}</span>
      )}
      {view.x.cuts.length + view.y.cuts.length > 0 ? (
        <span className="crm-legend-scale">
          <svg className="crm-scatter-key" width="14" height="12" aria-hidden="true">
            <line className="crm-scatter-cut" x1="0" x2="14" y1="6" y2="6" />
          </svg>
          {words.legendCuts}
        </span>
      ) : null}
    </>
  )
  return renderPart('div', { className: 'crm-legend', 'data-picture': true, children }, theirs, {})
}
