'use client'
import type { ReactElement, ReactNode } from 'react'
import { useCrm } from '../provider/context.ts'
import { useText } from '../provider/useText.ts'
import { codeOf, isForbidden } from './widgetState.ts'

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
      <StateIcon kind={kind} />
      <p className="crm-state-title">{title}</p>
      <p className="crm-state-text">{text}</p>
      {action ? <div className="crm-state-action">{action}</div> : null}
      {note ? <p className="crm-state-note">{note}</p> : null}
    </div>
  )
}

export interface ErrorStateProps {
  readonly error: Error
  readonly onRetry: () => void
}

/** The error or refusal of a widget, in words by code, with a way on. */
export function ErrorState({ error, onRetry }: ErrorStateProps): ReactElement {
  const { messages } = useCrm()
  const text = useText()
  const code = codeOf(error)
  const refused = isForbidden(error)
  return (
    <StateMessage
      kind={refused ? 'forbidden' : 'error'}
      title={refused ? messages.common.forbiddenTitle : messages.common.errorTitle}
      text={useErrorText()(error)}
      action={<CrmButton onClick={onRetry}>{messages.common.retry}</CrmButton>}
      {...(code === null ? {} : { note: text(messages.common.errorCode, { code }) })}
    />
  )
}

/** Three sentences for an error, by its code. */
export function useErrorText(): (error: Error) => string {
  const { errors } = useCrm().messages
  return (error) => {
    const code = codeOf(error)
    return code !== null && Object.hasOwn(errors, code) ? errors[code as keyof typeof errors] : errors.other
  }
}

export interface BannerProps {
  readonly kind: 'stale' | 'partial' | 'error'
  readonly children: ReactNode
  readonly action?: ReactNode
}

/** A line above a picture that is shown although something is wrong with it. */
export function Banner({ kind, children, action }: BannerProps): ReactElement {
  return (
    <div className="crm-banner" data-kind={kind} role={kind === 'error' ? 'alert' : 'status'}>
      <BannerIcon kind={kind} />
      <span className="crm-banner-text">{children}</span>
      {action}
    </div>
  )
}

export interface CrmButtonProps {
  readonly onClick: () => void
  readonly children: ReactNode
  /** A button that reads as text, for a row of words. */
  readonly quiet?: boolean
}

/** The kit's one button. */
export function CrmButton({ onClick, children, quiet = false }: CrmButtonProps): ReactElement {
  return (
    <button type="button" className="crm-button" data-quiet={quiet || undefined} onClick={onClick}>
      {children}
    </button>
  )
}

const ICONS: Readonly<Record<StateMessageProps['kind'], string>> = {
  empty: 'M4 5h16v14H4zM4 10h16M10 10v9',
  noMatch: 'M10.5 17a6.5 6.5 0 1 0 0-13 6.5 6.5 0 0 0 0 13zM15.5 15.5 20 20M8 10.5h5',
  error: 'M12 8v5m0 3.2v.1M12 3.5 2.8 19.5h18.4z',
  forbidden: 'M6 11h12v9H6zM8.5 11V8a3.5 3.5 0 0 1 7 0v3',
}

function StateIcon({ kind }: { readonly kind: StateMessageProps['kind'] }): ReactElement {
  return (
    <svg className="crm-state-icon" viewBox="0 0 24 24" width="24" height="24" aria-hidden="true" focusable="false">
      <path d={ICONS[kind]} />
    </svg>
  )
}

const BANNER_ICONS: Readonly<Record<BannerProps['kind'], string>> = {
  stale: 'M8 4.5V8l2.2 1.6M8 14A6 6 0 1 0 8 2a6 6 0 0 0 0 12z',
  partial: 'M8 2a6 6 0 1 0 6 6H8z',
  error: 'M8 5.5v3.2m0 2v.1M8 2 1.8 13h12.4z',
}

function BannerIcon({ kind }: { readonly kind: BannerProps['kind'] }): ReactElement {
  return (
    <svg className="crm-banner-icon" viewBox="0 0 16 16" width="16" height="16" aria-hidden="true" focusable="false">
      <path d={BANNER_ICONS[kind]} />
    </svg>
  )
}
