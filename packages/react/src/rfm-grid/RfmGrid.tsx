'use client'
import type { ReactElement } from 'react'
import type { ExportMenuProps } from '../export-menu/ExportMenu.tsx'
import { AnswerSource } from '../shared/AnswerSource.tsx'
import { useDelayed } from '../shared/useDelayed.ts'
import { NoPicture } from '../shared/NoPicture.tsx'
import { Banners } from '../shared/StateView.tsx'
import { useCommonWords } from '../shared/useCommonWords.ts'
import type { WidgetSlots } from '../shared/widgetState.ts'
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
export type RfmGridSlots = WidgetSlots<RfmGridModel>

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
      <AnswerSource answer={answer} result={result} />
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
  const { words } = useRfmGridWords()
  const { status, result, request } = model
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
  return <NoPicture model={model} asked={result} words={words} onClearFilter={onClearFilter} rows={expectedBins(request.spec, model.y).y} />
}
