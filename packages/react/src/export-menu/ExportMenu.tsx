'use client'
import { useId, useRef, useState } from 'react'
import type { ReactElement } from 'react'
import { useCrmSettings } from '../provider/context.ts'
import { Icon } from '../shared/Icon.tsx'
import { useCommonWords } from '../shared/useCommonWords.ts'
import type { ExportFormat, ExportJob, ExportResult } from './export.types.ts'
import type { ExportPanel } from './ExportPanel.tsx'

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

/** What the button does: nothing, its menu open at the first or last item, an export under way. */
export type ExportPhase = 'idle' | 'first' | 'last' | 'working'

const ARROW = 'M8 2.5v7.5M5 7l3 3 3-3M2.5 10.5v3h11v-3'

/**
 * The button "Export" in the head of a widget: CSV, JSON, pictures, clipboard, each exactly what the view shows. A menu
 * button as the ARIA practices describe it. Only the button is there from the start; the menu is loaded when the mouse or
 * the focus comes near, and what writes files when it is asked for.
 *
 * @example
 * <ExportMenu name="segments" table={() => table} spec={spec} picture={(root) => root.querySelector('svg')} />
 */
export function ExportMenu(props: ExportMenuProps): ReactElement | null {
  return useCrmSettings().canExport ? <MenuButton {...props} /> : null
}

function MenuButton(props: ExportMenuProps): ReactElement {
  const { words } = useCommonWords()
  const [phase, setPhase] = useState<ExportPhase>('idle')
  const [Panel, setPanel] = useState<typeof ExportPanel | 'failed' | null>(null)
  const button = useRef<HTMLButtonElement | null>(null)
  const id = useId()
  const isReady = Panel !== null && Panel !== 'failed'
  const isOpen = isReady && (phase === 'first' || phase === 'last')
  const isStopped = props.disabled === true || phase === 'working'

  const load = (): void => {
    if (isReady) return
    import('./ExportPanel.tsx').then(
      (loaded) => setPanel(() => loaded.ExportPanel),
      () => {
        setPanel('failed')
        setPhase('idle')
      },
    )
  }
  const toggle = (next: ExportPhase): void => {
    if (isStopped) return
    load()
    setPhase(isOpen ? 'idle' : next)
  }
  return (
    <div
      className="crm-export"
      role="presentation"
      onBlur={(event) => {
        if (phase !== 'working' && event.relatedTarget instanceof Node && !event.currentTarget.contains(event.relatedTarget)) setPhase('idle')
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
        onPointerEnter={load}
        onFocus={load}
        onClick={() => toggle('first')}
        onKeyDown={(event) => {
          if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return
          event.preventDefault()
          toggle(event.key === 'ArrowUp' ? 'last' : 'first')
        }}
      >
        <Icon className="crm-muted" path={ARROW} />
        {words.export}
      </button>
      {isReady ? (
        <Panel {...props} id={id} phase={phase} setPhase={setPhase} focusButton={() => button.current?.focus()} />
      ) : Panel === 'failed' ? (
        <span className="crm-export-note" data-kind="error" data-shown role="alert">{words.exportUnloaded}</span>
      ) : null}
    </div>
  )
}
