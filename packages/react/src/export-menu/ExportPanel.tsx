'use client'
import { useEffect, useRef } from 'react'
import type { KeyboardEvent, ReactElement, RefObject } from 'react'
import { exportMenuMessages } from '../messages/exportMenu.ts'
import { useWords } from '../provider/useWords.ts'
import { Icon } from '../shared/Icon.tsx'
import { menuItemsOf, nextMenuItem } from '../shared/menuKeys.ts'
import { useErrorText } from '../shared/StateView.tsx'
import { useDelayed } from '../shared/useDelayed.ts'
import { useSafeLayoutEffect } from '../shared/useSafeLayoutEffect.ts'
import type { ExportFormat } from './export.types.ts'
import type { ExportMenuProps, ExportPhase } from './ExportMenu.tsx'
import { useExport } from './useExport.ts'
import type { Export } from './useExport.ts'

const CROSS = 'm4.5 4.5 7 7m0-7-7 7'
const DONE_SHOWN_MS = 6000

export interface ExportPanelProps extends ExportMenuProps {
  /** Of the menu; the button's is the same with `button` behind. */
  readonly id: string
  readonly phase: ExportPhase
  readonly setPhase: (phase: ExportPhase) => void
  readonly focusButton: () => void
}

/** What hangs from the button: the menu, then what is being done and what became of it. */
export function ExportPanel({ id, phase, setPhase, focusButton, name, table, spec, picture, onExport }: ExportPanelProps): ReactElement {
  const { words } = useWords('exportMenu', exportMenuMessages)
  const menu = useRef<HTMLDivElement | null>(null)
  const job = useExport(
    (format, result) => onExport?.(format, result),
    () => setPhase('idle'),
  )
  const isOpen = phase === 'first' || phase === 'last'
  const { dismiss } = job
  useEffect(() => {
    if (!isOpen) return
    // What was said of the last export makes room.
    dismiss()
    const box = menu.current?.parentElement
    const page = box?.ownerDocument
    // The path, because inside a shadow root `target` is the host.
    const onPointerDown = (event: Event): void => {
      if (box != null && !event.composedPath().includes(box)) setPhase('idle')
    }
    page?.addEventListener('pointerdown', onPointerDown)
    return () => page?.removeEventListener('pointerdown', onPointerDown)
  }, [isOpen, dismiss, setPhase])

  const choose = (format: ExportFormat): void => {
    const root = menu.current?.closest('.crm-root')
    focusButton()
    setPhase('working')
    job.start({ format, name, table, spec, words, picture: (root && picture?.(root)) ?? null })
  }
  const close = (): void => {
    setPhase('idle')
    focusButton()
  }
  return (
    <>
      {isOpen ? <Menu menu={menu} id={id} formats={picture === undefined ? ['csv', 'json', 'copy'] : ['csv', 'json', 'png', 'svg', 'copy']} focusFirst={phase} onChoose={choose} onClose={close} onLeave={() => setPhase('idle')} /> : null}
      <Note {...job} onClosed={focusButton} />
    </>
  )
}

interface MenuProps {
  readonly menu: RefObject<HTMLDivElement | null>
  readonly id: string
  readonly formats: readonly ExportFormat[]
  readonly focusFirst: 'first' | 'last'
  readonly onChoose: (format: ExportFormat) => void
  readonly onClose: () => void
  readonly onLeave: () => void
}

function Menu({ menu, id, formats, focusFirst, onChoose, onClose, onLeave }: MenuProps): ReactElement {
  const { words } = useWords('exportMenu', exportMenuMessages)
  useAlignedInside(menu)
  useEffect(() => {
    menuItemsOf(menu.current).at(focusFirst === 'first' ? 0 : -1)?.focus()
  }, [menu, focusFirst])

  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === 'Tab') return onLeave()
    if (event.key === 'Escape') {
      // Handled here: a dialog around the widget stays open.
      event.stopPropagation()
      return onClose()
    }
    const next = nextMenuItem(menuItemsOf(menu.current), event)
    if (next === undefined) return
    event.preventDefault()
    next.focus()
  }
  return (
    <div role="menu" id={id} ref={menu} className="crm-menu crm-export-menu" aria-labelledby={`${id}button`} tabIndex={-1} onKeyDown={onKeyDown}>
      {formats.map((format) => (
        <button key={format} type="button" role="menuitem" tabIndex={-1} className="crm-menu-item" onClick={() => onChoose(format)}>
          {words[format]} <span className="crm-note">{words[`${format}Note`]}</span>
        </button>
      ))}
    </div>
  )
}

/** What is being done, and what became of it. Its live region is there from the start, or it would not be heard. */
function Note({ state, cancel, dismiss, onClosed }: Pick<Export, 'state' | 'cancel' | 'dismiss'> & { readonly onClosed: () => void }): ReactElement {
  const { words, text, format } = useWords('exportMenu', exportMenuMessages)
  const errorText = useErrorText()
  const note = useRef<HTMLDivElement | null>(null)
  useAlignedInside(note)
  // Most exports are done before anything could be read.
  const isSlow = useDelayed(state.kind === 'working')
  const isDone = state.kind === 'done' || state.kind === 'cancelled'
  useEffect(() => {
    if (!isDone) return
    const timer = setTimeout(dismiss, DONE_SHOWN_MS)
    return () => clearTimeout(timer)
  }, [isDone, dismiss])

  let said = ''
  if (isSlow) said = words.working
  else if (state.kind === 'cancelled') said = words.cancelled
  else if (state.kind === 'done') {
    const { rows, fileName } = state
    said = rows === null ? text(words.savedPicture, { file: fileName ?? '' }) : text(fileName === null ? words.copied : words.saved, { count: rows, file: fileName ?? '' })
  }
  const failure = state.kind !== 'failed' ? null : typeof state.error === 'string' ? words[state.error] : errorText(state.error)
  return (
    <div ref={note} className="crm-export-note" data-kind={failure === null ? undefined : 'error'} data-shown={said !== '' || failure !== null || undefined}>
      <span role="status">{said}</span>
      {failure === null ? null : <span role="alert">{text(words.failed, { reason: failure })}</span>}
      {isSlow && state.kind === 'working' ? (
        <>
          <progress aria-label={words.working} {...(state.total ? { max: state.total, value: state.rows } : {})} />
          <span className="crm-note">{state.total === null ? text(words.rows, { count: state.rows }) : text(words.rowsOf, { count: state.total, rowsText: format.number(state.rows) })}</span>
          <button type="button" className="crm-button" data-quiet onClick={() => { cancel(); onClosed() }}>
            {words.cancel}
          </button>
        </>
      ) : null}
      {failure === null ? null : (
        <button type="button" className="crm-clear" aria-label={words.dismiss} onClick={() => { dismiss(); onClosed() }}>
          <Icon path={CROSS} />
        </button>
      )}
    </div>
  )
}

/** What opens hangs from the end of its button, or from the start where it would leave the widget. */
function useAlignedInside(ref: RefObject<HTMLElement | null>): void {
  useSafeLayoutEffect(() => {
    const root = ref.current?.closest('.crm-root')?.getBoundingClientRect()
    if (ref.current === null || root === undefined) return
    ref.current.removeAttribute('data-align')
    const { left, right } = ref.current.getBoundingClientRect()
    if (left < root.left || right > root.right) ref.current.setAttribute('data-align', 'start')
  })
}
