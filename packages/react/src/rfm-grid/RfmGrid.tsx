'use client'
import type { ReactElement, ReactNode } from 'react'
import type { ExportMenuProps } from '../export-menu/ExportMenu.tsx'
import { ComputedFrom } from '../shared/ComputedFrom.tsx'
import { useDelayed } from '../shared/useDelayed.ts'
import { Banners, CrmButton, ErrorState, StateMessage } from '../shared/StateView.tsx'
import { useCommonWords } from '../shared/useCommonWords.ts'
import { RfmGridColumnTitle, RfmGridRowTitle } from './RfmGridAxes.tsx'
import { RfmGridAxisControl, RfmGridMeasureControl } from './RfmGridControls.tsx'
import { useRfmGridModel } from './RfmGridContext.ts'
import { RfmGridExport } from './RfmGridExport.tsx'
import { RfmGridLegend } from './RfmGridLegend.tsx'
import { RfmGridPlot } from './RfmGridPlot.tsx'
import { RfmGridRoot } from './RfmGridRoot.tsx'
import { RfmGridSelection } from './RfmGridSelection.tsx'
import { RfmGridSkeleton } from './RfmGridSkeleton.tsx'
import { RfmGridFinding, RfmGridTitle } from './RfmGridTitle.tsx'
import { RfmGridTooltip } from './RfmGridTooltip.tsx'
import { expectedBins } from './scoreRanges.ts'
import { useRfmGrid } from './useRfmGrid.ts'
import type { RfmGridModel, UseRfmGridOptions } from './useRfmGrid.ts'
import { useRfmGridWords } from './useRfmGridWords.ts'

/** What may stand in the place of the kit's own states. */
export interface RfmGridSlots {
  readonly loading?: (model: RfmGridModel) => ReactNode
  readonly empty?: (model: RfmGridModel) => ReactNode
  readonly noMatch?: (model: RfmGridModel) => ReactNode
  readonly error?: (model: RfmGridModel) => ReactNode
  readonly forbidden?: (model: RfmGridModel) => ReactNode
}

export interface RfmGridProps extends UseRfmGridOptions {
  /** Replaces the title. */
  readonly title?: string
  /** 2..6, to fit the headings of the page. Default 3. */
  readonly headingLevel?: 2 | 3 | 4 | 5 | 6
  /** What may replace the states. */
  readonly slots?: RfmGridSlots
  /** Clears the selection that the grid was asked with (`request.selection`); gives the no-match state and the error of a selection that does not fit their button. */
  readonly onClearFilter?: () => void
  /** After an export. */
  readonly onExport?: ExportMenuProps['onExport']
  readonly className?: string | undefined
}

/**
 * Customers on a heat grid of recency against frequency, monetary value or both: the number, a segment and a selection
 * in every cell.
 *
 * @example
 * <RfmGrid request={{ spec: { asOf: Date.UTC(2017, 11, 31), timeZone: 'America/New_York' } }} onSelectionChange={setSelection} />
 */
export function RfmGrid({ title, headingLevel = 3, slots = {}, onClearFilter, onExport, className, ...options }: RfmGridProps): ReactElement {
  const model = useRfmGrid(options)
  const { answer, result, status, error } = model
  const { words } = useCommonWords()
  // A quick update stays quiet.
  const isLate = useDelayed(status === 'stale' && error === null)
  return (
    <RfmGridRoot model={model} className={className}>
      <header className="crm-rfm-head">
        <div className="crm-rfm-titles">
          <RfmGridTitle level={headingLevel} {...(title === undefined ? {} : { children: title })} />
          <div role="status">
            {isLate ? <p className="crm-subtitle">{words.stale}</p> : status === 'ready' || status === 'stale' ? <RfmGridFinding /> : null}
          </div>
        </div>
        <RfmGridExport onExport={onExport} />
        <div className="crm-rfm-controls">
          <RfmGridAxisControl />
          <RfmGridMeasureControl />
        </div>
      </header>
      {answer && status !== 'forbidden' ? <Banners error={error} onRetry={model.retry} selection={model.request.selection} onClear={onClearFilter} provenance={answer.provenance} /> : null}
      <RfmGridBody slots={slots} onClearFilter={onClearFilter} isMarkedStale={isLate || (status === 'stale' && error !== null)} />
      {answer && result ? (
        <ComputedFrom
          provenance={answer.provenance}
          warnings={answer.warnings}
          asOf={result.spec.asOf}
          timeZone={result.spec.timeZone}
          orders={result.totals.orders}
          customers={result.totals.customers}
        />
      ) : (
        // Keeps the place of the line that comes.
        <p className="crm-from" aria-hidden="true">{'\u00a0'}</p>
      )}
    </RfmGridRoot>
  )
}

interface RfmGridBodyProps {
  readonly slots: RfmGridSlots
  readonly onClearFilter: (() => void) | undefined
  readonly isMarkedStale: boolean
}

function RfmGridBody({ slots, onClearFilter, isMarkedStale }: RfmGridBodyProps): ReactElement {
  const model = useRfmGridModel()
  const { words, format, text } = useRfmGridWords()
  const { clearSelection } = useCommonWords().words
  const { status, result, request, error } = model
  const slot = status === 'ready' || status === 'stale' ? undefined : slots[status]
  if (slot) return <div className="crm-rfm-body">{slot(model)}</div>
  if (status === 'loading') {
    return (
      <>
        <div className="crm-rfm-body">
          <RfmGridSkeleton />
        </div>
        <div className="crm-selection" />
      </>
    )
  }
  if (status === 'ready' || status === 'stale') {
    return (
      <>
        <div className="crm-rfm-body" data-stale={isMarkedStale || undefined}>
          <div className="crm-heat-top">
            <RfmGridRowTitle />
            <RfmGridLegend />
          </div>
          <RfmGridPlot />
          <RfmGridColumnTitle />
          <RfmGridTooltip />
        </div>
        <RfmGridSelection />
      </>
    )
  }
  return (
    <div className="crm-rfm-body crm-rfm-instead" data-rows={expectedBins(request.spec, model.y).y}>
      {status === 'empty' ? (
        <StateMessage kind="empty" title={words.emptyTitle} text={text(words.emptyText, { date: format.date(request.spec.asOf, result?.spec.timeZone) })} />
      ) : status === 'noMatch' ? (
        <StateMessage
          kind="noMatch"
          title={words.noMatchTitle}
          text={text(words.noMatchText, { label: result?.selection?.label ?? '' })}
          action={onClearFilter ? <CrmButton onClick={onClearFilter}>{clearSelection}</CrmButton> : undefined}
        />
      ) : error ? (
        <ErrorState error={error} onRetry={model.retry} selection={request.selection} onClear={onClearFilter} />
      ) : null}
    </div>
  )
}
