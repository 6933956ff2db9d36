'use client'
import type { ReactElement } from 'react'
import type { ExportMenuProps } from '../export-menu/ExportMenu.tsx'
import { ComputedFrom } from '../shared/ComputedFrom.tsx'
import { Banners, ErrorState, StateMessage } from '../shared/StateView.tsx'
import { useCommonWords } from '../shared/useCommonWords.ts'
import { useDelayed } from '../shared/useDelayed.ts'
import type { WidgetSlots } from '../shared/widgetState.ts'
import { RecommenderScorecardMetricControl, RecommenderScorecardViewControl } from './RecommenderScorecardControls.tsx'
import { RecommenderScorecardExport } from './RecommenderScorecardExport.tsx'
import { RecommenderScorecardPlot } from './RecommenderScorecardPlot.tsx'
import { RecommenderScorecardSkeleton } from './RecommenderScorecardProgress.tsx'
import { RecommenderScorecardRoot } from './RecommenderScorecardRoot.tsx'
import { RecommenderScorecardTable } from './RecommenderScorecardTable.tsx'
import { RecommenderScorecardTitle, RecommenderScorecardVerdict, RecommenderScorecardWindow } from './RecommenderScorecardTitle.tsx'
import { useRecommenderScorecard } from './useRecommenderScorecard.ts'
import type { RecommenderScorecardModel, UseRecommenderScorecardOptions } from './useRecommenderScorecard.ts'
import { useRecommenderScorecardWords } from './useRecommenderScorecardWords.ts'

/** What may stand in the place of the kit's own states. */
export type RecommenderScorecardSlots = WidgetSlots<RecommenderScorecardModel>

export interface RecommenderScorecardProps extends UseRecommenderScorecardOptions {
  /** Replaces the title. */
  readonly title?: string
  /** 2..6, to fit the headings of the page. Default 3. */
  readonly headingLevel?: 2 | 3 | 4 | 5 | 6
  /** What may replace the states. */
  readonly slots?: RecommenderScorecardSlots
  /** After an export. */
  readonly onExport?: ExportMenuProps['onExport']
  readonly className?: string | undefined
}

/**
 * Would recommendations have worked? Strategies fitted to what was known before the last three months and judged by what
 * was bought in them: a verdict in words, each strategy with its interval beside popularity, and the table of all figures.
 *
 * @example
 * <RecommenderScorecard request={{ preferences: { from: 'transactions', asOf: Date.UTC(2026, 5, 30) } }} onChoose={setStrategy} />
 */
export function RecommenderScorecard({ title, headingLevel = 3, slots = {}, onExport, className, ...options }: RecommenderScorecardProps): ReactElement {
  const model = useRecommenderScorecard(options)
  const { answer, result, status, error, view, retry } = model
  const { words: common } = useCommonWords()
  const isShown = status === 'ready' || status === 'stale'
  // A quick update stays quiet.
  const isLate = useDelayed(status === 'stale' && error === null)
  const slot = isShown ? undefined : slots[status]
  return (
    <RecommenderScorecardRoot model={model} className={className}>
      <header className="crm-rfm-head">
        <div className="crm-rfm-titles">
          <RecommenderScorecardTitle level={headingLevel} {...(title === undefined ? {} : { children: title })} />
          <div role="status">{isLate ? <p className="crm-subtitle">{common.stale}</p> : isShown ? <RecommenderScorecardWindow /> : null}</div>
        </div>
        <RecommenderScorecardExport onExport={onExport} />
        <div className="crm-rfm-controls">
          <RecommenderScorecardMetricControl />
          <RecommenderScorecardViewControl />
        </div>
      </header>
      {answer && status !== 'forbidden' ? <Banners error={error} onRetry={retry} selection={null} onClear={undefined} provenance={answer.provenance} /> : null}
      {slot ? (
        <div className="crm-rfm-body">{slot(model)}</div>
      ) : status === 'loading' ? (
        <RecommenderScorecardSkeleton />
      ) : isShown ? (
        <div className="crm-rfm-body crm-score-body" data-stale={isLate || (status === 'stale' && error !== null) || undefined}>
          <RecommenderScorecardVerdict />
          {view === 'table' ? null : <RecommenderScorecardPlot />}
          {view === 'picture' ? null : <RecommenderScorecardTable />}
        </div>
      ) : (
        <RecommenderScorecardState model={model} />
      )}
      {answer && result ? (
        <ComputedFrom provenance={answer.provenance} warnings={answer.warnings} asOf={model.asOf} timeZone={model.timeZone} />
      ) : (
        <p className="crm-from" aria-hidden="true">{'\u00a0'}</p>
      )}
    </RecommenderScorecardRoot>
  )
}

/** Why there is no verdict, and what to do. */
function RecommenderScorecardState({ model: { status, error, retry, asOf, testDays, timeZone } }: { readonly model: RecommenderScorecardModel }): ReactElement {
  const { words, text, format } = useRecommenderScorecardWords()
  return (
    <div className="crm-rfm-body crm-rfm-instead" data-rows="4">
      {status === 'empty' ? (
        <StateMessage kind="empty" title={words.emptyTitle} text={text(words.emptyText, { days: format.number(testDays), date: format.date(asOf, timeZone) })} />
      ) : error ? (
        <ErrorState error={error} onRetry={retry} selection={null} onClear={undefined} />
      ) : null}
    </div>
  )
}
