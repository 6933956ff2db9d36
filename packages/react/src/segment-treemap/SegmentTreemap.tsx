'use client'
import type { ReactElement } from 'react'
import type { ExportMenuProps } from '../export-menu/ExportMenu.tsx'
import { SegmentSelection } from '../segment-table/SegmentSelection.tsx'
import { SegmentsState } from '../segment-table/SegmentsState.tsx'
import { AnswerSource } from '../shared/AnswerSource.tsx'
import { Banners, StateMessage } from '../shared/StateView.tsx'
import { useCommonWords } from '../shared/useCommonWords.ts'
import { useDelayed } from '../shared/useDelayed.ts'
import type { WidgetSlots } from '../shared/widgetState.ts'
import { SegmentTreemapMeasureControl, SegmentTreemapShadeControl } from './SegmentTreemapControls.tsx'
import { SegmentTreemapExport } from './SegmentTreemapExport.tsx'
import { SegmentTreemapLegend } from './SegmentTreemapLegend.tsx'
import { SegmentTreemapPlot, SegmentTreemapUndrawn } from './SegmentTreemapPlot.tsx'
import { SegmentTreemapRoot } from './SegmentTreemapRoot.tsx'
import { SegmentTreemapSkeleton } from './SegmentTreemapSkeleton.tsx'
import { SegmentTreemapFinding, SegmentTreemapTitle } from './SegmentTreemapTitle.tsx'
import { SegmentTreemapTooltip } from './SegmentTreemapTooltip.tsx'
import { useSegmentTreemap } from './useSegmentTreemap.ts'
import type { SegmentTreemapModel, UseSegmentTreemapOptions } from './useSegmentTreemap.ts'
import { useSegmentTreemapWords } from './useSegmentTreemapWords.ts'

/** What may stand in the place of the kit's own states. */
export type SegmentTreemapSlots = WidgetSlots<SegmentTreemapModel>

export interface SegmentTreemapProps extends UseSegmentTreemapOptions {
  /** Replaces the title. */
  readonly title?: string
  /** 2..6, to fit the headings of the page. Default 3. */
  readonly headingLevel?: 2 | 3 | 4 | 5 | 6
  /** What may replace the states. */
  readonly slots?: SegmentTreemapSlots
  /** Clears the selection that the picture was asked with (`request.selection`); gives the no-match state and the error of a selection that does not fit their button. */
  readonly onClearFilter?: () => void
  /** After an export. */
  readonly onExport?: ExportMenuProps['onExport']
  readonly className?: string | undefined
}

/**
 * Segments or value tiers as tiles: area by revenue or customers, colour by recency or revenue per customer, and a
 * selection in every tile.
 *
 * @example
 * <SegmentTreemap request={{ spec: { asOf: Date.UTC(2017, 11, 31), timeZone: 'America/New_York' } }} onSelectionChange={setSelection} />
 */
export function SegmentTreemap({ title, headingLevel = 3, slots = {}, onClearFilter, onExport, className, ...options }: SegmentTreemapProps): ReactElement {
  const model = useSegmentTreemap(options)
  const { answer, result, status, error, request, picture } = model
  const { words: common } = useCommonWords()
  const { words } = useSegmentTreemapWords()
  const isShown = status === 'ready' || status === 'stale'
  // A quick update stays quiet.
  const isLate = useDelayed(status === 'stale' && error === null)
  const slot = isShown ? undefined : slots[status]
  return (
    <SegmentTreemapRoot model={model} className={className}>
      <header className="crm-rfm-head">
        <div className="crm-rfm-titles">
          <SegmentTreemapTitle level={headingLevel} {...(title === undefined ? {} : { children: title })} />
          <div role="status">{isLate ? <p className="crm-subtitle">{common.stale}</p> : isShown ? <SegmentTreemapFinding /> : null}</div>
        </div>
        <SegmentTreemapExport onExport={onExport} />
        <div className="crm-rfm-controls">
          <SegmentTreemapMeasureControl />
          <SegmentTreemapShadeControl />
        </div>
      </header>
      {answer && status !== 'forbidden' ? <Banners error={error} onRetry={model.retry} selection={request.selection} onClear={onClearFilter} provenance={answer.provenance} /> : null}
      {slot ? (
        <div className="crm-rfm-body">{slot(model)}</div>
      ) : status === 'loading' ? (
        <div className="crm-rfm-body">
          <SegmentTreemapSkeleton />
        </div>
      ) : isShown ? (
        <div className="crm-rfm-body" data-stale={isLate || (status === 'stale' && error !== null) || undefined}>
          {picture?.tiles.length === 0 ? (
            <StateMessage kind="noMatch" title={words.nothingTitle} text={words.nothingText} />
          ) : (
            <>
              <div className="crm-heat-top">
                <SegmentTreemapLegend />
              </div>
              <SegmentTreemapPlot />
              <SegmentTreemapTooltip />
            </>
          )}
          <SegmentTreemapUndrawn />
        </div>
      ) : (
        <SegmentsState model={model} rows={5} onClearFilter={onClearFilter} />
      )}
      {isShown ? <SegmentSelection model={model} /> : status === 'loading' ? <div className="crm-selection" /> : null}
      <AnswerSource answer={answer} result={result} />
    </SegmentTreemapRoot>
  )
}
