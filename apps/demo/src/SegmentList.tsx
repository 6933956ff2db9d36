import type { Selection } from '@crm/core/adapter'
import { rfmGridOperation, selectRfmCells, type RfmGridRequest, type RfmGroup } from '@crm/core/rfm'
import { useCrm, useOperation } from '@crm/react'
import type { ReactElement } from 'react'

interface SegmentListProps {
  readonly request: RfmGridRequest
  readonly selection: Selection | null
  readonly onSelectionChange: (selection: Selection | null) => void
}

/** Each segment's share of customers beside its share of revenue. A press narrows the page to it, another frees it. */
export function SegmentList({ request, selection, onSelectionChange }: SegmentListProps): ReactElement {
  const { format, messages } = useCrm()
  const { answer, isStale, error } = useOperation(rfmGridOperation, request)
  const grid = answer?.data
  const nameOf = ({ id, name }: RfmGroup): string => (messages.segments as Readonly<Record<string, string>>)[id] ?? name
  const longest = Math.max(0, ...(grid?.segments ?? []).flatMap(({ shareOfCustomers, shareOfRevenue }) => [shareOfCustomers ?? 0, shareOfRevenue ?? 0]))
  const share = (value: number | null): string => (value === null ? '–' : format.percent(value))
  return (
    <div className="demo-segments" data-stale={isStale || undefined}>
      <h2 id="segments-title">Segments</h2>
      <p className="demo-key">
        <span data-of="customers">Share of customers</span>
        <span data-of="revenue">Share of revenue</span>
      </p>
      {grid === undefined ? (
        <p role="status">{error === null ? 'Counting…' : 'The segments could not be counted. The grid says why.'}</p>
      ) : (
        <ul>
          {grid.segments.map((segment) => {
            const label = nameOf(segment)
            const itself = selectRfmCells(grid, { segment: segment.id }, label)
            const isSelected = JSON.stringify(selection) === JSON.stringify(itself)
            return (
              <li key={segment.id}>
                <button
                  type="button"
                  aria-pressed={isSelected}
                  disabled={segment.customers === 0}
                  onClick={() => onSelectionChange(isSelected ? null : itself)}
                >
                  <span className="demo-segment-name">{label}</span>
                  <span className="demo-segment-count">
                    {format.number(segment.customers)}
                    <span className="demo-hidden"> customers, {share(segment.shareOfCustomers)} of customers, {share(segment.shareOfRevenue)} of revenue</span>
                  </span>
                  <Bars customers={segment.shareOfCustomers} revenue={segment.shareOfRevenue} longest={longest} />
                  <span className="demo-segment-shares" aria-hidden="true">
                    <span>{share(segment.shareOfCustomers)}</span>
                    <span>{share(segment.shareOfRevenue)}</span>
                  </span>
                </button>
              </li>
            )
          })}
        </ul>
      )}
    </div>
  )
}

interface BarsProps {
  readonly customers: number | null
  readonly revenue: number | null
  /** The share that fills the width, the same for all rows. */
  readonly longest: number
}

/** Two bars on one scale; the figures stand beside them. */
function Bars({ customers, revenue, longest }: BarsProps): ReactElement {
  const width = (value: number | null): number => (longest > 0 ? (Math.max(0, value ?? 0) / longest) * 100 : 0)
  return (
    <svg className="demo-bars" viewBox="0 0 100 14" preserveAspectRatio="none" aria-hidden="true">
      <rect data-of="customers" y="1" width={width(customers)} height="5" rx="0.5" />
      <rect data-of="revenue" y="8" width={width(revenue)} height="5" rx="0.5" />
    </svg>
  )
}
