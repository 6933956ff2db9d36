'use client'
import { useEffect, useId, useRef, useState } from 'react'
import type { KeyboardEvent, ReactElement, RefObject } from 'react'
import { exportMenuMessages } from '../messages/exportMenu.ts'
import { useCrmSettings } from '../provider/context.ts'
import { useWords } from '../provider/useWords.ts'
import { Icon } from '../shared/Icon.tsx'
import { useErrorText } from '../shared/StateView.tsx'
import { useDelayed } from '../shared/useDelayed.ts'
import { useSafeLayoutEffect } from '../shared/useSafeLayoutEffect.ts'
import type { ExportFormat, ExportJob, ExportResult } from './export.types.ts'
import { useExport } from './useExport.ts'
import type { Export } from './useExport.ts'

export interface ExportMenuProps {
  /** First part of the file's name, for example `segments`. The day and the ending follow. */
  readonly name: string
  /** What the view shows, asked for on use. Rows may come one after the other; `signal` ends them. */
  readonly table: ExportJob['table']
  /** What the view was asked with, as plain JSON: goes into the JSON file. */
  readonly spec?: unknown
  /** The drawn picture of the widget whose root element is `root`. Left out: no PNG, no SVG. */
  readonly picture?: ((root: Element) => SVGSVGElement | null) | undefined
  /** There is nothing to export yet. */
  readonly disabled?: boolean | undefined
  /** After a file was handed to the browser, or the clipboard written. */
  readonly onExport?: ((format: ExportFormat, result: ExportResult) => void) | undefined
}

const ICONS = { export: 'M8 2.5v7.5M5 7l3 3 3-3M2.5 10.5v3h11v-3', cross: 'm4.5 4.5 7 7m0-7-7 7' } as const
const DONE_SHOWN_MS = 6000

/**
 * The button "Export" in the head of a widget: CSV, JSON, pictures, clipboard, each exactly what the view shows. A menu
 * button as the ARIA practices describe it; what writes the files is loaded when it is asked for.
 *
 * @example
 * <ExportMenu name="segments" table={() => table} spec={spec} picture={(root) => root.querySelector('svg')} />
 */
export function ExportMenu(props: ExportMenuProps): ReactElement | null {
  return useCrmSettings().canExport ? <MenuButton {...props} /> : null
}

function MenuButton({ name, table, spec, picture, disabled = false, onExport }: ExportMenuProps): ReactElement {
  const { words } = useWords('exportMenu', exportMenuMessages)
  const [focusFirst, setFocusFirst] = useState<'first' | 'last' | null>(null)
  const box = useRef<HTMLDivElement | null>(null)
  const button = useRef<HTMLButtonElement | null>(null)
  const id = useId()
  const job = useExport(onExport)
  const isOpen = focusFirst !== null
  const isStopped = disabled || job.state.kind === 'working'

  useEffect(() => {
    if (!isOpen) return
    const page = box.current?.ownerDocument
    // The path, because inside a shadow root `target` is the host.
    const onPointerDown = (event: Event): void => {
      if (box.current !== null && !event.composedPath().includes(box.current)) setFocusFirst(null)
    }
    page?.addEventListener('pointerdown', onPointerDown)
    return () => page?.removeEventListener('pointerdown', onPointerDown)
  }, [isOpen])

  const open = (first: 'first' | 'last'): void => {
    if (isStopped) return
    job.dismiss()
    setFocusFirst(first)
  }
  const close = (): void => {
    setFocusFirst(null)
    button.current?.focus()
  }
  const choose = (format: ExportFormat): void => {
    close()
    const root = box.current?.closest('.crm-root')
    job.start({ format, name, table, spec, picture: (root && picture?.(root)) ?? null })
  }
  return (
    <div
      className="crm-export"
      role="presentation"
      ref={box}
      onBlur={(event) => {
        if (isOpen && event.relatedTarget instanceof Node && !event.currentTarget.contains(event.relatedTarget)) setFocusFirst(null)
      }}
    >
      <button
        type="button"
        ref={button}
        id={`${id}button`}
        className="crm-button"
        aria-haspopup="menu"
        aria-expanded={isOpen}
        aria-controls={isOpen ? id : undefined}
        // Not `disabled`: the focus that comes back after an export would be lost.
        aria-disabled={isStopped || undefined}
        onClick={() => (isOpen ? close() : open('first'))}
        onKeyDown={(event) => {
          if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return
          event.preventDefault()
          open(event.key === 'ArrowUp' ? 'last' : 'first')
        }}
      >
        <Icon className="crm-button-icon" path={ICONS.export} />
        {words.title}
      </button>
      {isOpen ? <Menu id={id} labelledBy={`${id}button`} formats={picture === undefined ? ['csv', 'json', 'copy'] : ['csv', 'json', 'png', 'svg', 'copy']} focusFirst={focusFirst} onChoose={choose} onClose={close} onLeave={() => setFocusFirst(null)} /> : null}
      <Note {...job} onClosed={() => button.current?.focus()} />
    </div>
  )
}

interface MenuProps {
  readonly id: string
  readonly labelledBy: string
  readonly formats: readonly ExportFormat[]
  readonly focusFirst: 'first' | 'last'
  readonly onChoose: (format: ExportFormat) => void
  readonly onClose: () => void
  readonly onLeave: () => void
}

function Menu({ id, labelledBy, formats, focusFirst, onChoose, onClose, onLeave }: MenuProps): ReactElement {
  const { words } = useWords('exportMenu', exportMenuMessages)
  const menu = useRef<HTMLDivElement | null>(null)
  useAlignedInside(menu)
  const items = (): HTMLElement[] => [...(menu.current?.querySelectorAll<HTMLElement>('[role="menuitem"]') ?? [])]
  useEffect(() => {
    items().at(focusFirst === 'first' ? 0 : -1)?.focus()
  }, [focusFirst])

  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === 'Tab') return onLeave()
    if (event.key === 'Escape') {
      // Handled here: a dialog around the widget stays open.
      event.stopPropagation()
      return onClose()
    }
    const all = items()
    const at = all.indexOf(event.target as HTMLElement)
    const byLetter = event.key.length === 1 && !event.ctrlKey && !event.metaKey ? [...all.slice(at + 1), ...all.slice(0, at + 1)].find(({ textContent }) => textContent?.toLowerCase().startsWith(event.key.toLowerCase())) : undefined
    const next = { ArrowDown: all[(at + 1) % all.length], ArrowUp: all.at(at - 1), Home: all[0], End: all.at(-1) }[event.key] ?? byLetter
    if (next === undefined) return
    event.preventDefault()
    next.focus()
  }
  return (
    <div role="menu" id={id} ref={menu} className="crm-menu crm-export-menu" aria-labelledby={labelledBy} tabIndex={-1} onKeyDown={onKeyDown}>
      {formats.map((format) => (
        <button key={format} type="button" role="menuitem" tabIndex={-1} className="crm-menu-item" onClick={() => onChoose(format)}>
          {words[format]} <span className="crm-menu-note">{words[`${format}Note`]}</span>
        </button>
      ))}
    </div>
  )
}

/** What is being done, and what became of it. Its live region is there from the start, or it would not be heard. */
function Note({ state, cancel, dismiss, onClosed }: Export & { readonly onClosed: () => void }): ReactElement {
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
          <span className="crm-menu-note">{state.total === null ? text(words.rows, { count: state.rows }) : text(words.rowsOf, { count: state.total, rowsText: format.number(state.rows) })}</span>
          <button type="button" className="crm-button" data-quiet onClick={() => { cancel(); onClosed() }}>
            {words.cancel}
          </button>
        </>
      ) : null}
      {failure === null ? null : (
        <button type="button" className="crm-clear" aria-label={words.dismiss} onClick={() => { dismiss(); onClosed() }}>
          <Icon path={ICONS.cross} />
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
