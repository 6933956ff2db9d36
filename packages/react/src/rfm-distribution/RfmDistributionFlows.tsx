'use client'
import { useState } from 'react'
import type { ReactElement } from 'react'
import { useSegmentNames } from '../provider/useSegmentNames.ts'
import { movingFlows } from './comparedMaps.ts'
import { useRfmDistributionModel } from './RfmDistributionContext.ts'
import { useRfmDistributionWords } from './useRfmDistributionWords.ts'

/** Flows shown before "Show all". */
const FEW = 8

/** Who would go where, the most customers first; who stays is left out. Nothing while nobody moves. */
export function RfmDistributionFlows(): ReactElement | null {
  const { comparison } = useRfmDistributionModel()
  const { words, format, text } = useRfmDistributionWords()
  const segmentName = useSegmentNames()
  const [isAll, setAll] = useState(false)
  if (comparison === null || comparison.moved === 0) return null
  const { before, after, scale, currency } = comparison
  const moving = movingFlows(comparison)
  return (
    <div>
      <table className="crm-dist-table">
        <caption>{words.flowsTitle}</caption>
        <thead>
          <tr>
            <th scope="col">{words.flowFrom}</th>
            <th scope="col">{words.flowTo}</th>
            <th scope="col">{words.measureCustomers}</th>
            <th scope="col">{text(words.revenue, { currency: format.currencySign(currency) })}</th>
          </tr>
        </thead>
        <tbody>
          {(isAll ? moving : moving.slice(0, FEW)).map(({ from, to, customers, revenue }) => (
            <tr key={`${from} ${to}`}>
              <th scope="row">{segmentName(before[from]!)}</th>
              <td>
                <span aria-hidden="true">→</span> {segmentName(after[to]!)}
              </td>
              <td>{format.number(customers)}</td>
              <td>{format.compact(revenue / 10 ** scale)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {moving.length > FEW ? (
        <button type="button" className="crm-button" data-quiet="true" aria-expanded={isAll} onClick={() => setAll(!isAll)}>
          {isAll ? words.flowsFew : text(words.flowsAll, { count: moving.length })}
        </button>
      ) : null}
    </div>
  )
}
