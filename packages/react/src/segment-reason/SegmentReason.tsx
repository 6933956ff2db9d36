'use client'
import { useId } from 'react'
import type { ReactElement } from 'react'
import { ExportMenu } from '../export-menu/ExportMenu.tsx'
import type { ExportMenuProps } from '../export-menu/ExportMenu.tsx'
import { ComputedFrom } from '../shared/ComputedFrom.tsx'
import { CrmRoot } from '../shared/CrmRoot.tsx'
import { Banners, ErrorState, StateMessage } from '../shared/StateView.tsx'
import { useDelayed } from '../shared/useDelayed.ts'
import type { WidgetSlots } from '../shared/widgetState.ts'
import { ReasonScale } from './ReasonScale.tsx'
import { segmentReasonExport } from './segmentReasonExport.ts'
import type { SegmentReasonText } from './segmentReasonText.ts'
import { useSegmentReason } from './useSegmentReason.ts'
import type { SegmentReasonModel, UseSegmentReasonOptions } from './useSegmentReason.ts'
import { useSegmentReasonWords } from './useSegmentReasonWords.ts'

/** What may stand in the place of the kit's own states. */
export type SegmentReasonSlots = WidgetSlots<SegmentReasonModel>

export interface SegmentReasonProps extends UseSegmentReasonOptions {
  /** `panel` has a frame of its own; `popover` fills what the host opens. Default `panel`. */
  readonly variant?: 'panel' | 'popover'
  /** 2..6, to fit the headings of the page. Default 3. */
  readonly headingLevel?: 2 | 3 | 4 | 5 | 6
  /** What may replace the states. */
  readonly slots?: SegmentReasonSlots
  /** After a file was handed to the browser, or the clipboard written. */
  readonly onExport?: ExportMenuProps['onExport']
  readonly className?: string | undefined
}

/**
 * Why a customer is in a segment: one sentence, the three scores with the distance to the next cut point, what would
 * change the segment, and the rule.
 *
 * @example
 * <CustomerTable spec={spec} onRowOpen={setOpened} />
 * {opened && <SegmentReason request={{ spec }} customerId={opened} />}
 */
export function SegmentReason({ variant = 'panel', headingLevel = 3, slots = {}, onExport, className, ...options }: SegmentReasonProps): ReactElement {
  const model = useSegmentReason(options)
  const headingId = useId()
  const wording = useSegmentReasonWords()
  const { words, text } = wording
  const { status, customer, customerId, grid, text: reason } = model
  const name = customer?.name ?? null
  const who = name !== null && customerId !== null ? text(words.named, { name, id: customerId }) : (name ?? customerId)
  const heading = reason === null ? words.title : who === null ? text(words.headingUnnamed, { segment: reason.segment }) : text(words.heading, { name: who, segment: reason.segment })
  const Heading = `h${headingLevel}` as const
  const slot = status === 'ready' || status === 'stale' ? undefined : slots[status]
  return (
    <CrmRoot widget="crm-rfm crm-reason" status={status} busy={model.isFetching} className={className} data-variant={variant} aria-labelledby={headingId}>
      <header className="crm-rfm-head">
        <div className="crm-rfm-titles">
          <Heading id={headingId} className="crm-title">{heading}</Heading>
          {reason === null ? null : <p className="crm-subtitle" role="status">{reason.sentence}</p>}
        </div>
        {variant === 'panel' ? (
          <ExportMenu
            name="segment-reason"
            disabled={status !== 'ready'}
            table={() => (reason === null ? { columns: [], rows: [] } : segmentReasonExport(wording, reason))}
            spec={grid === undefined ? null : { ...grid.data.spec, selection: grid.data.selection, customerId }}
            onExport={onExport}
          />
        ) : null}
      </header>
      {reason !== null && grid ? <Banners error={model.error} onRetry={model.retry} selection={model.request.selection} onClear={undefined} provenance={grid.provenance} /> : null}
      {slot ? slot(model) : reason === null ? <ReasonState model={model} /> : <Reasons reason={reason} headingLevel={headingLevel} isStale={status === 'stale'} />}
      {reason !== null && grid && variant === 'panel' ? (
        <ComputedFrom
          provenance={grid.provenance}
          warnings={grid.warnings}
          asOf={grid.data.spec.asOf}
          timeZone={grid.data.spec.timeZone}
          orders={grid.data.totals.orders}
          customers={grid.data.totals.customers}
        />
      ) : null}
    </CrmRoot>
  )
}

function Reasons({ reason, headingLevel, isStale }: { readonly reason: SegmentReasonText; readonly headingLevel: 2 | 3 | 4 | 5 | 6; readonly isStale: boolean }): ReactElement {
  const { words } = useSegmentReasonWords()
  const SubHeading = `h${Math.min(headingLevel + 1, 6) as 3 | 4 | 5 | 6}` as const
  return (
    <>
      <dl className="crm-reason-axes" data-stale={isStale || undefined}>
        {reason.axes.map((axis) => (
          <div key={axis.axis} data-decisive={axis.isDecisive || undefined}>
            <dt>
              <span>{axis.title}</span> <strong>{axis.scoreOfText}</strong>
            </dt>
            <dd>{axis.valueText}</dd>
            <dd>
              <ReasonScale axis={axis} />
            </dd>
            <dd className="crm-subtitle">{axis.steps.join(words.stepSeparator)}</dd>
          </div>
        ))}
      </dl>
      <div>
        <SubHeading className="crm-reason-head">{words.changes}</SubHeading>
        {reason.changes.length === 0 ? (
          <p className="crm-subtitle">{words.noChange}</p>
        ) : (
          <ul className="crm-reason-changes">
            {reason.changes.map((change) => (
              <li key={change.key} data-direction={change.direction}>{change.text}</li>
            ))}
          </ul>
        )}
      </div>
      <dl className="crm-reason-facts">
        <div>
          <dt>{words.rule}</dt>
          <dd>{reason.rule}</dd>
        </div>
        <div>
          <dt>{words.tier}</dt>
          <dd>{reason.tier}</dd>
        </div>
      </dl>
    </>
  )
}

function ReasonState({ model }: { readonly model: SegmentReasonModel }): ReactElement | null {
  const { words, text, format } = useSegmentReasonWords()
  const isSlow = useDelayed(model.status === 'loading')
  const { status, error, request, customerId, grid } = model
  if (status === 'loading') {
    return (
      <div className="crm-reason-loading">
        <span className="crm-skeleton" />
        <span className="crm-skeleton" />
        <span className="crm-skeleton" />
        <p className="crm-subtitle" role="status">{isSlow ? words.loading : ''}</p>
      </div>
    )
  }
  if (status === 'noMatch') return <StateMessage kind="noMatch" title={words.noMatchTitle} text={text(words.noMatchText, { id: customerId ?? '' })} />
  if (status === 'empty') return <StateMessage kind="empty" title={words.emptyTitle} text={text(words.emptyText, { date: format.date(request.spec.asOf, grid?.data.spec.timeZone ?? request.spec.timeZone) })} />
  return error ? <ErrorState error={error} onRetry={model.retry} selection={request.selection} onClear={undefined} /> : null
}
