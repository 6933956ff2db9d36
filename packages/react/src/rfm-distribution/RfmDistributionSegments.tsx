'use client'
import type { RfmComparison, RfmGroup } from '@crm/core/rfm'
import type { ReactElement, ReactNode } from 'react'
import type { MoneyUnit } from '../provider/format.ts'
import { useSegmentNames } from '../provider/useSegmentNames.ts'
import { Amount, Arrow } from './Amount.tsx'
import { isSameMap, movingFlows } from './comparedMaps.ts'
import { useMapNames } from './RfmDistributionControls.tsx'
import { useRfmDistributionModel } from './RfmDistributionContext.ts'
import { useRfmDistributionWords } from './useRfmDistributionWords.ts'

/**
 * All segments before and after: customers, revenue, and how both change, by sign, arrow and word. Under another map
 * than the spec's the two maps stand side by side.
 */
export function RfmDistributionSegments(): ReactElement | null {
  const { comparison } = useRfmDistributionModel()
  if (comparison === null) return null
  return isSameMap(comparison) ? <Changes comparison={comparison} /> : <SideBySide comparison={comparison} />
}

interface Compared {
  readonly comparison: RfmComparison
}

function Changes({ comparison }: Compared): ReactElement {
  const { words } = useRfmDistributionWords()
  const segmentName = useSegmentNames()
  const { before, after, moved } = comparison
  const movedRevenue = movingFlows(comparison).reduce((sum, { revenue }) => sum + revenue, 0)
  return (
    <SegmentsTable title={words.segmentsTitle} isChange>
      <tbody>
        {after.map((group, index) => (
          <tr key={group.id} data-moved={group.customers !== before[index]!.customers || undefined}>
            <th scope="row"><span>{segmentName(group)}</span></th>
            <ChangeCell before={before[index]!.customers} after={group.customers} less={words.fewer} />
            <ChangeCell before={before[index]!.revenue} after={group.revenue} less={words.less} money={comparison} />
          </tr>
        ))}
      </tbody>
      <tfoot>
        <tr>
          <th scope="row"><span>{words.total}</span></th>
          <td><Amount value={moved} /></td>
          <td><Amount value={movedRevenue} money={comparison} /></td>
        </tr>
      </tfoot>
    </SegmentsTable>
  )
}

interface ChangeCellProps {
  readonly before: number
  readonly after: number
  readonly less: string
  readonly money?: MoneyUnit
}

/** ▲ +12 more, 118 → 130. Who stays as they are is left quiet. */
function ChangeCell({ before, after, less, money }: ChangeCellProps): ReactElement {
  const { words, format, text } = useRfmDistributionWords()
  const change = after - before
  const unit = money === undefined ? {} : { money }
  if (change === 0) {
    return (
      <td>
        <span className="crm-visually-hidden">{words.same}</span> <span className="crm-dist-after"><Amount value={after} {...unit} /></span>
      </td>
    )
  }
  const size = Math.abs(change)
  const amount = money === undefined ? format.number(size) : format.compact(size / 10 ** money.scale)
  return (
    <td>
      <span className="crm-dist-change">
        <span aria-hidden="true">{change > 0 ? '▲' : '▼'}</span> {text(change > 0 ? words.more : less, { amount })}
      </span>{' '}
      <span className="crm-muted"><Amount value={before} {...unit} /></span> <Arrow /> <span className="crm-visually-hidden">{words.to}</span>{' '}
      <strong className="crm-dist-after"><Amount value={after} {...unit} /></strong>
    </td>
  )
}

function SideBySide({ comparison }: Compared): ReactElement {
  const { words, text } = useRfmDistributionWords()
  const { answer, map } = useRfmDistributionModel()
  const segmentName = useSegmentNames()
  const nameOf = useMapNames()
  const own = answer?.data.spec.segments
  const side = (title: string, groups: readonly RfmGroup[]): ReactElement => (
    <SegmentsTable title={title}>
      <tbody>
        {groups.map((group) => (
          <tr key={group.id}>
            <th scope="row"><span>{segmentName(group)}</span></th>
            <td><Amount value={group.customers} /></td>
            <td><Amount value={group.revenue} money={comparison} /></td>
          </tr>
        ))}
      </tbody>
    </SegmentsTable>
  )
  return (
    <div className="crm-dist-sides" role="group" aria-label={words.mapsTitle}>
      {side(text(words.mapBefore, { map: own ? nameOf(own) : '' }), comparison.before)}
      {side(text(words.mapAfter, { map: map ? nameOf(map) : '' }), comparison.after)}
    </div>
  )
}

interface SegmentsTableProps {
  readonly title: string
  readonly isChange?: boolean
  readonly children: ReactNode
}

function SegmentsTable({ title, isChange = false, children }: SegmentsTableProps): ReactElement {
  const { grid } = useRfmDistributionModel()
  const { words, format, text } = useRfmDistributionWords()
  return (
    <table className="crm-dist-table" data-change={isChange || undefined}>
      <caption><span>{title}</span></caption>
      <thead>
        <tr>
          <th scope="col"><span>{words.segment}</span></th>
          <th scope="col"><span>{words.measureCustomers}</span></th>
          <th scope="col"><span>{text(words.revenue, { currency: format.currencySign(grid?.currency ?? '') })}</span></th>
        </tr>
      </thead>
      {children}
    </table>
  )
}
