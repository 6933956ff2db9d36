'use client'
import type { Provenance, Selection } from '@crm/core/adapter'
import type { ComponentPropsWithoutRef, ReactElement, ReactNode } from 'react'
import { errorMessages } from '../messages/common.ts'
import { useWords } from '../provider/useWords.ts'
import { focusGrid } from './focusGrid.ts'
import { Icon } from './Icon.tsx'
import { useCommonWords } from './useCommonWords.ts'
import { canRetry, codeOf, isForbidden, isSelectionAtFault } from './widgetState.ts'

export interface StateMessageProps {
  readonly kind: 'empty' | 'noMatch' | 'error' | 'forbidden'
  readonly title: string
  readonly text: string
  /** Next step: a button or a link. */
  readonly action?: ReactNode
  /** Small print under the text, such as an error code. */
  readonly note?: string
}

/** Stands where the picture would be: why there is none, and what to do. Errors are announced at once. */
export function StateMessage({ kind, title, text, action, note }: StateMessageProps): ReactElement {
  const isAlert = kind === 'error' || kind === 'forbidden'
  return (
    <div className="crm-state" data-kind={kind} role={isAlert ? 'alert' : 'status'}>
      <Icon className="crm-state-icon" size={24} path={ICONS[kind]} />
      <p className="crm-state-title">{title}</p>
      <p className="crm-state-text">{text}</p>
      {action ? <div className="crm-state-action">{action}</div> : null}
      {note ? <p className="crm-state-note">{note}</p> : null}
    </div>
  )
}

interface Mending {
  readonly onRetry: () => void
  /** A selection that is part of the question, which may be at fault. */
  readonly selection: Selection | null | undefined
  /** Clears it; undefined where the widget cannot. */
  readonly onClear: (() => void) | undefined
}

export interface ErrorStateProps extends Mending {
  readonly error: Error
}

/** The error or refusal of a widget, in words by code, with a way on. */
export function ErrorState({ error, ...mending }: ErrorStateProps): ReactElement {
  const { words, text } = useCommonWords()
  const code = codeOf(error)
  const refused = isForbidden(error)
  return (
    <StateMessage
      kind={refused ? 'forbidden' : 'error'}
      title={refused ? words.forbiddenTitle : words.errorTitle}
      {...useErrorWords(mending)(error)}
      {...(code === null ? {} : { note: text(words.errorCode, { code }) })}
    />
  )
}

/** Three sentences for an error, by its code, else by its kind. */
export function useErrorText(): (error: Error) => string {
  const { words: errors } = useWords('errors', errorMessages)
  return (error) => {
    const code = codeOf(error)
    const kind = error.name === 'InvalidInputError' ? 'invalidInput' : error.name === 'UnsupportedError' ? 'unsupported' : 'other'
    return errors[code !== null && Object.hasOwn(errors, code) ? (code as keyof typeof errors) : kind]
  }
}

/**
 * The sentences for an error, and the button of the next step: asking again where that can help, dropping a selection
 * that does not fit, none where nothing here helps.
 */
function useErrorWords({ onRetry, selection, onClear }: Mending): (error: Error) => { readonly text: string; readonly action: ReactElement | null } {
  const { words: errors } = useWords('errors', errorMessages)
  const { words } = useCommonWords()
  const errorText = useErrorText()
  return (error) => {
    const code = codeOf(error)
    if (!(code !== null && Object.hasOwn(errors, code)) && isSelectionAtFault(error, selection)) {
      return { text: errors.selectionInvalid, action: onClear ? <CrmButton onClick={onClear}>{words.clearSelection}</CrmButton> : null }
    }
    return { text: errorText(error), action: canRetry(error) ? <CrmButton onClick={onRetry}>{words.retry}</CrmButton> : null }
  }
}

export interface BannersProps extends Mending {
  /** Why the update failed. */
  readonly error: Error | null
  readonly provenance: Provenance | null
}

/** What is wrong with a picture that is shown all the same: an update that failed, a part of the data that is missing. */
export function Banners({ error, provenance, ...mending }: BannersProps): ReactElement {
  const { words, text } = useCommonWords()
  const errorWords = useErrorWords(mending)
  const failure = error ? errorWords(error) : null
  const missing = provenance?.completeness.kind === 'partial' ? provenance.completeness.missing : null
  return (
    <>
      {failure ? (
        <Banner kind="error" action={failure.action}>
          {words.staleAfterError} {failure.text}
        </Banner>
      ) : null}
      {missing ? (
        <Banner kind="partial">
          {missing.length === 0 ? words.partialUnnamed : text(words.partial, { missing: missing.join(words.listSeparator) })}
        </Banner>
      ) : null}
    </>
  )
}

interface BannerProps {
  readonly kind: 'partial' | 'error'
  readonly children: ReactNode
  readonly action?: ReactNode
}

/** A line above a picture that is shown although something is wrong with it. */
function Banner({ kind, children, action }: BannerProps): ReactElement {
  return (
    <div className="crm-banner" data-kind={kind} role={kind === 'error' ? 'alert' : 'status'}>
      <Icon className="crm-banner-icon" path={BANNER_ICONS[kind]} />
      <span className="crm-banner-text">{children}</span>
      {action}
    </div>
  )
}

export interface CrmButtonProps extends ComponentPropsWithoutRef<'button'> {
  /** A button that reads as text, for a row of words. */
  readonly quiet?: boolean
}

/** The button of a next step. It goes away with what it mends, so the focus goes on to the grid. */
export function CrmButton({ quiet = false, onClick, ...theirs }: CrmButtonProps): ReactElement {
  return (
    <button
      type="button"
      className="crm-button"
      data-quiet={quiet || undefined}
      {...theirs}
      onClick={(event) => {
        onClick?.(event)
        focusGrid(event.currentTarget)
      }}
    />
  )
}

const ICONS: Readonly<Record<StateMessageProps['kind'], string>> = {
  empty: 'M4 5h16v14H4zM4 10h16M10 10v9',
  noMatch: 'M10.5 17a6.5 6.5 0 1 0 0-13 6.5 6.5 0 0 0 0 13zM15.5 15.5 20 20M8 10.5h5',
  error: 'M12 8v5m0 3.2v.1M12 3.5 2.8 19.5h18.4z',
  forbidden: 'M6 11h12v9H6zM8.5 11V8a3.5 3.5 0 0 1 7 0v3',
}

const BANNER_ICONS: Readonly<Record<BannerProps['kind'], string>> = {
  partial: 'M8 2a6 6 0 1 0 6 6H8z',
  error: 'M8 5.5v3.2m0 2v.1M8 2 1.8 13h12.4z',
}
