'use client'
import type { Selection } from '@crm/core/adapter'
import type { ReactElement } from 'react'
import type { Message } from '../messages/template.ts'
import { CrmButton, ErrorState, StateMessage } from './StateView.tsx'
import { useCommonWords } from './useCommonWords.ts'
import type { WidgetStatus } from './widgetState.ts'

export interface NoPictureProps {
  readonly model: {
    readonly status: WidgetStatus
    readonly error: Error | null
    readonly retry: () => void
    readonly request: { readonly spec: { readonly asOf: number }; readonly selection?: Selection | null | undefined }
  }
  /** What the answer says it was asked with: a request may already be the next one. */
  readonly asked: { readonly spec: { readonly timeZone?: string | undefined }; readonly selection?: Selection | null | undefined } | null | undefined
  readonly words: { readonly emptyTitle: string; readonly emptyText: Message; readonly noMatchTitle: string; readonly noMatchText: Message }
  readonly onClearFilter: (() => void) | undefined
  readonly className?: string
  /** Of the picture that stands here otherwise, for its height. */
  readonly rows?: number
}

/** Why there is no picture, and what to do: nobody bought, nobody matches, an error, no access. */
export function NoPicture({ model: { status, error, retry, request }, asked, words, onClearFilter, className, rows }: NoPictureProps): ReactElement {
  const { words: common, format, text } = useCommonWords()
  return (
    <div className={`crm-rfm-body crm-rfm-instead ${className ?? ''}`.trim()} data-rows={rows}>
      {status === 'empty' ? (
        <StateMessage kind="empty" title={words.emptyTitle} text={text(words.emptyText, { date: format.date(request.spec.asOf, asked?.spec.timeZone) })} />
      ) : status === 'noMatch' ? (
        <StateMessage
          kind="noMatch"
          title={words.noMatchTitle}
          text={text(words.noMatchText, { label: asked?.selection?.label ?? '' })}
          action={onClearFilter ? <CrmButton onClick={onClearFilter}>{common.clearSelection}</CrmButton> : undefined}
        />
      ) : error ? (
        <ErrorState error={error} onRetry={retry} selection={request.selection} onClear={onClearFilter} />
      ) : null}
    </div>
  )
}
