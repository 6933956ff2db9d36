'use client'
import type { ReactElement } from 'react'
import { CrmButton, ErrorState, StateMessage } from '../shared/StateView.tsx'
import { useCommonWords } from '../shared/useCommonWords.ts'
import type { SegmentsModel } from './useSegments.ts'
import { useSegmentTableWords } from './useSegmentTableWords.ts'

export interface SegmentsStateProps {
  readonly model: SegmentsModel
  /** Of the picture that stands here otherwise, for its height. */
  readonly rows: number
  readonly onClearFilter: (() => void) | undefined
}

/** Why there is no picture, and what to do: nobody bought, nobody matches, an error, no access. */
export function SegmentsState({ model, rows, onClearFilter }: SegmentsStateProps): ReactElement {
  const { status, result, request, error, retry } = model
  const { words, format, text } = useSegmentTableWords()
  const { clearSelection } = useCommonWords().words
  return (
    <div className="crm-rfm-body crm-rfm-instead" data-rows={Math.max(2, Math.min(rows, 10))}>
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
        <ErrorState error={error} onRetry={retry} selection={request.selection} onClear={onClearFilter} />
      ) : null}
    </div>
  )
}
