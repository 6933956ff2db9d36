'use client'
import type { RfmComparison, RfmGroup } from '@crm/core/rfm'
import type { ReactElement, ReactNode } from 'react'
import { useSegmentNames } from '../provider/useSegmentNames.ts'
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
  const { words, format } = useRfmDistributionWords()
  const segmentName = useSegmentNames()
  const { before, after, moved } = comparison
  const movedRevenue = movingFlows(comparison).reduce((sum, { revenue }) => sum + revenue, 0)
  return (
    <SegmentsTable title={words.segmentsTitle} isChange>
      <tbody>
        {after.map((group, index) => (
          <tr key={group.id} data-moved={group.customers !== before[index]!.customers || undefined}>
            <th scope="row">{segmentName(group)}</th>
            <ChangeCell before={before[index]!.customers} after={group.customers} write={format.number} less={words.fewer} />
            <ChangeCell before={before[index]!.revenue} after={group.revenue} write={(units) => format.compact(units / 10 ** comparison.scale)} less={words.less} />
          </tr>
        ))}
      </tbody>
      <tfoot>
        <tr>
          <th scope="row">{words.total}</th>
          <td>{format.number(moved)}</td>
          <td>{format.compact(movedRevenue / 10 ** comparison.scale)}</td>
        </tr>
      </tfoot>
    </SegmentsTable>
  )
}

interface ChangeCellProps {
  readonly before: number
  readonly after: number
  readonly write: (value: number) => string
  readonly less: string
}

/** ▲ +12 more, 118 → 130. Who stays as they are is left quiet. */
function ChangeCell({ before, after, write, less }: ChangeCellProps): ReactElement {
  const { words, text } = useRfmDistributionWords()
  const change = after - before
  if (change === 0) {
    return (
      <td>
        <span className="crm-visually-hidden">{words.same}</span> <span className="crm-dist-after">{write(after)}</span>
      </td>
    )
  }
  return (
    <td>
      <span className="crm-dist-change">
        <span aria-hidden="true">{change > 0 ? '▲' : '▼'}</span> {text(change > 0 ? words.more : less, { amount: write(Math.abs(change)) })}
      </span>{' '}
      <span className="crm-dist-before">{write(before)}</span> <span aria-hidden="true">→</span> <span className="crm-visually-hidden">{words.to}</span>{' '}
      <strong className="crm-dist-after">{write(after)}</strong>
    </td>
  )
}

function SideBySide({ comparison }: Compared): ReactElement {
  const { words, format, text } = useRfmDistributionWords()
  const { answer, map } = useRfmDistributionModel()
  const segmentName = useSegmentNames()
  const nameOf = useMapNames()
  const own = answer?.data.spec.segments
  const side = (title: string, groups: readonly RfmGroup[]): ReactElement => (
    <SegmentsTable title={title}>
      <tbody>
        {groups.map((group) => (
          <tr key={group.id}>
            <th scope="row">{segmentName(group)}</th>
            <td>{format.number(group.customers)}</td>
            <td>{format.compact(group.revenue / 10 ** comparison.scale)}</td>
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
      <caption>{title}</caption>
      <thead>
        <tr>
          <th scope="col">{words.segment}</th>
          <th scope="col">{words.measureCustomers}</th>
          <th scope="col">{text(words.revenue, { currency: format.currencySign(grid?.currency ?? '') })}</th>
        </tr>
      </thead>
      {children}
    </table>
  )
}
