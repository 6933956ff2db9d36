'use client'
import type { ReactElement } from 'react'
import type { ExportMenuProps } from '../export-menu/ExportMenu.tsx'
import { AnswerSource } from '../shared/AnswerSource.tsx'
import { useDelayed } from '../shared/useDelayed.ts'
import { Banners } from '../shared/StateView.tsx'
import { useCommonWords } from '../shared/useCommonWords.ts'
import type { WidgetSlots } from '../shared/widgetState.ts'
import { expectedRows } from './expectedRows.ts'
import { SegmentSelection } from './SegmentSelection.tsx'
import { SegmentsState } from './SegmentsState.tsx'
import { SegmentTableGroupControl, SegmentTableViewControl } from './SegmentTableControls.tsx'
import { SegmentTableExport } from './SegmentTableExport.tsx'
import { SegmentTableGrid } from './SegmentTableGrid.tsx'
import { SegmentTableRoot } from './SegmentTableRoot.tsx'
import { SegmentTableSkeleton } from './SegmentTableSkeleton.tsx'
import { SegmentTableFinding, SegmentTableTitle } from './SegmentTableTitle.tsx'
import { useSegmentTable } from './useSegmentTable.ts'
import type { SegmentTableModel, UseSegmentTableOptions } from './useSegmentTable.ts'

/** What may stand in the place of the kit's own states. */
export type SegmentTableSlots = WidgetSlots<SegmentTableModel>

export interface SegmentTableProps extends UseSegmentTableOptions {
  /** Replaces the title. */
  readonly title?: string
  /** 2..6, to fit the headings of the page. Default 3. */
  readonly headingLevel?: 2 | 3 | 4 | 5 | 6
  /** What may replace the states. */
  readonly slots?: SegmentTableSlots
  /** Clears the selection that the grid was asked with (`request.selection`); gives the no-match state and the error of a selection that does not fit their button. */
  readonly onClearFilter?: () => void
  /** After an export. */
  readonly onExport?: ExportMenuProps['onExport']
  readonly className?: string | undefined
}

/**
 * Segments or value tiers with their share of customers against their share of revenue: figures, bars or both, sortable,
 * and a selection in every row.
 *
 * @example
 * <SegmentTable request={{ spec: { asOf: Date.UTC(2017, 11, 31), timeZone: 'America/New_York' } }} onSelectionChange={setSelection} />
 */
export function SegmentTable({ title, headingLevel = 3, slots = {}, onClearFilter, onExport, className, ...options }: SegmentTableProps): ReactElement {
  const model = useSegmentTable(options)
  const { answer, result, status, error, request } = model
  const { words } = useCommonWords()
  const isShown = status === 'ready' || status === 'stale'
  // A quick update stays quiet.
  const isLate = useDelayed(status === 'stale' && error === null)
  const slot = isShown ? undefined : slots[status]
  return (
    <SegmentTableRoot model={model} className={className}>
      <header className="crm-rfm-head">
        <div className="crm-rfm-titles">
          <SegmentTableTitle level={headingLevel} {...(title === undefined ? {} : { children: title })} />
          <div role="status">{isLate ? <p className="crm-subtitle">{words.stale}</p> : isShown ? <SegmentTableFinding /> : null}</div>
        </div>
        <SegmentTableExport onExport={onExport} />
        <div className="crm-rfm-controls">
          <SegmentTableGroupControl />
          <SegmentTableViewControl />
        </div>
      </header>
      {answer && status !== 'forbidden' ? <Banners error={error} onRetry={model.retry} selection={request.selection} onClear={onClearFilter} provenance={answer.provenance} /> : null}
      {slot ? (
        <div className="crm-rfm-body">{slot(model)}</div>
      ) : status === 'loading' ? (
        <SegmentTableSkeleton />
      ) : isShown ? (
        <div className="crm-rfm-body" data-stale={isLate || (status === 'stale' && error !== null) || undefined}>
          <SegmentTableGrid />
        </div>
      ) : (
        <SegmentsState model={model} rows={expectedRows(request.spec, model.group)} onClearFilter={onClearFilter} />
      )}
      {isShown ? <SegmentSelection model={model} /> : status === 'loading' ? <div className="crm-selection" /> : null}
      <AnswerSource answer={answer} result={result} />
    </SegmentTableRoot>
  )
}
