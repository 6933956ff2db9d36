'use client'
import type { ReactElement } from 'react'
import type { ExportMenuProps } from '../export-menu/ExportMenu.tsx'
import { ComputedFrom } from '../shared/ComputedFrom.tsx'
import { Banners, ErrorState, StateMessage } from '../shared/StateView.tsx'
import { useCommonWords } from '../shared/useCommonWords.ts'
import { useDelayed } from '../shared/useDelayed.ts'
import type { WidgetSlots } from '../shared/widgetState.ts'
import { NeighbourListMeasureControl } from './NeighbourListControls.tsx'
import { NeighbourListExport } from './NeighbourListExport.tsx'
import { NeighbourListGrid } from './NeighbourListGrid.tsx'
import { NeighbourListRoot } from './NeighbourListRoot.tsx'
import { NeighbourListSelection } from './NeighbourListSelection.tsx'
import { NeighbourListFinding, NeighbourListTitle } from './NeighbourListTitle.tsx'
import { useNeighbours } from './useNeighbours.ts'
import type { NeighboursModel, UseNeighboursOptions } from './useNeighbours.ts'
import { useNeighbourListWords } from './useNeighbourListWords.ts'

/** What may stand in the place of the kit's own states. */
export type NeighbourListSlots = WidgetSlots<NeighboursModel>

export interface NeighbourListProps extends UseNeighboursOptions {
  /** Replaces the title. */
  readonly title?: string
  /** 2..6, to fit the headings of the page. Default 3. */
  readonly headingLevel?: 2 | 3 | 4 | 5 | 6
  /** What may replace the states. */
  readonly slots?: NeighbourListSlots
  /** After an export. */
  readonly onExport?: ExportMenuProps['onExport']
  readonly className?: string | undefined
}

/**
 * Customers like a customer, or products like a product: how alike, what they have in common, how much they have. Customers
 * picked are the page's Selection.
 *
 * @example
 * <NeighbourList request={{ over: 'customers', id: 'C-10023', preferences: { from: 'transactions', asOf, timeZone } }} onSelectionChange={setSelection} />
 */
export function NeighbourList({ title, headingLevel = 3, slots = {}, onExport, className, ...options }: NeighbourListProps): ReactElement {
  const model = useNeighbours(options)
  const { answer, status, error, retry, request, asOf, timeZone } = model
  const { words: common } = useCommonWords()
  const isShown = status === 'ready' || status === 'stale'
  // A quick update stays quiet.
  const isLate = useDelayed(status === 'stale' && error === null)
  const slot = isShown ? undefined : slots[status]
  return (
    <NeighbourListRoot model={model} className={className}>
      <header className="crm-rfm-head">
        <div className="crm-rfm-titles">
          <NeighbourListTitle level={headingLevel} {...(title === undefined ? {} : { children: title })} />
          <div role="status">{isLate ? <p className="crm-subtitle">{common.stale}</p> : isShown ? <NeighbourListFinding /> : null}</div>
        </div>
        <NeighbourListExport onExport={onExport} />
        <div className="crm-rfm-controls">
          <NeighbourListMeasureControl />
        </div>
      </header>
      {answer && status !== 'forbidden' ? <Banners error={error} onRetry={retry} selection={null} onClear={undefined} provenance={answer.provenance} /> : null}
      {slot ? (
        <div className="crm-rfm-body">{slot(model)}</div>
      ) : status === 'loading' ? (
        <NeighbourListSkeleton rows={request.limit ?? DEFAULT_LIMIT} />
      ) : isShown ? (
        <div className="crm-rfm-body" data-stale={isLate || (status === 'stale' && error !== null) || undefined}>
          <NeighbourListGrid />
        </div>
      ) : (
        <NeighbourListState model={model} />
      )}
      {isShown ? <NeighbourListSelection /> : null}
      {answer && status !== 'forbidden' ? (
        <ComputedFrom provenance={answer.provenance} warnings={answer.warnings} asOf={asOf} timeZone={timeZone} />
      ) : (
        <p className="crm-from" aria-hidden="true">{'\u00a0'}</p>
      )}
    </NeighbourListRoot>
  )
}

const DEFAULT_LIMIT = 20

/** The shape of the list to come; after 300 ms it says what is being done. */
function NeighbourListSkeleton({ rows }: { readonly rows: number }): ReactElement {
  const { words } = useNeighbourListWords()
  const isSlow = useDelayed(true)
  return (
    <div className="crm-segments-frame" data-loading="true">
      {/* The heading, then the rows. */}
      {Array.from({ length: Math.min(rows, DEFAULT_LIMIT) + 1 }, (_, row) => (
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

/** Why there is no list, and what to do. */
function NeighbourListState({ model: { status, error, retry, request, asOf, timeZone, name } }: { readonly model: NeighboursModel }): ReactElement {
  const { words, text, format } = useNeighbourListWords()
  const isOfProducts = request.over === 'products'
  return (
    <div className="crm-rfm-body crm-rfm-instead" data-rows="6">
      {status === 'empty' ? (
        <StateMessage
          kind="empty"
          title={isOfProducts ? words.emptyTitleProducts : words.emptyTitle}
          text={text(isOfProducts ? words.emptyTextProducts : words.emptyText, { name })}
        />
      ) : status === 'noMatch' ? (
        <StateMessage
          kind="noMatch"
          title={text(words.noMatchTitle, { id: request.id })}
          text={text(isOfProducts ? words.noMatchTextProducts : words.noMatchText, { date: format.date(asOf, timeZone) })}
        />
      ) : error ? (
        <ErrorState error={error} onRetry={retry} selection={null} onClear={undefined} />
      ) : null}
    </div>
  )
}
