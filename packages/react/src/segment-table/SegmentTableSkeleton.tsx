'use client'
import type { ReactElement } from 'react'
import { useDelayed } from '../shared/useDelayed.ts'
import { expectedRows } from './expectedRows.ts'
import { useSegmentTableModel } from './SegmentTableContext.ts'
import { useSegmentTableWords } from './useSegmentTableWords.ts'

/** The shape of the table to come; after 300 ms it says what is being done. */
export function SegmentTableSkeleton(): ReactElement {
  const { request, group } = useSegmentTableModel()
  const { words } = useSegmentTableWords()
  const isSlow = useDelayed(true)
  return (
    <div className="crm-segments-frame" data-loading="true">
      {/* Heading, rows, totals. */}
      {Array.from({ length: expectedRows(request.spec, group) + 2 }, (_, row) => (
        <div key={row} className="crm-segments-line" aria-hidden="true">
          <span className="crm-skeleton" />
          <span className="crm-skeleton" />
        </div>
      ))}
      <p className="crm-heat-doing" role="status">
        {isSlow ? <span>{words.loading}</span> : null}
      </p>
    </div>
  )
}
