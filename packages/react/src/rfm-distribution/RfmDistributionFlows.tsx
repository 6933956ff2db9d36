'use client'
import { useState } from 'react'
import type { ReactElement } from 'react'
import { useSegmentNames } from '../provider/useSegmentNames.ts'
import { Amount, Arrow } from './Amount.tsx'
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
  const { before, after, currency } = comparison
  const moving = movingFlows(comparison)
  return (
    <div>
      <table className="crm-dist-table">
        <caption><span>{words.flowsTitle}</span></caption>
        <thead>
          <tr>
            <th scope="col"><span>{words.flowFrom}</span></th>
            <th scope="col"><span>{words.flowTo}</span></th>
            <th scope="col"><span>{words.measureCustomers}</span></th>
            <th scope="col"><span>{text(words.revenue, { currency: format.currencySign(currency) })}</span></th>
          </tr>
        </thead>
        <tbody>
          {(isAll ? moving : moving.slice(0, FEW)).map(({ from, to, customers, revenue }) => (
            <tr key={`${from} ${to}`}>
              <th scope="row"><span>{segmentName(before[from]!)}</span></th>
              <td>
                <Arrow /> <span>{segmentName(after[to]!)}</span>
              </td>
              <td><Amount value={customers} /></td>
              <td><Amount value={revenue} money={comparison} /></td>
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
