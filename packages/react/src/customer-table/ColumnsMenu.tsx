'use client'
import { useEffect, useId, useRef, useState } from 'react'
import type { ReactElement } from 'react'
import { Icon } from '../shared/Icon.tsx'
import { useCustomerTable } from './customerTableContext.ts'
import { useTableWords } from './useTableWords.ts'

/** A button that opens a list of the columns to choose from. It stays open while choosing; Escape closes it. */
export function ColumnsMenu(): ReactElement {
  const { customers } = useCustomerTable()
  const { words } = useTableWords()
  const [isOpen, setOpen] = useState(false)
  const box = useRef<HTMLDivElement | null>(null)
  const button = useRef<HTMLButtonElement | null>(null)
  const id = useId()
  const { columns } = customers.list

  useEffect(() => {
    if (!isOpen) return
    box.current?.querySelector<HTMLElement>('input:enabled')?.focus()
    const page = box.current?.ownerDocument
    // The path, because inside a shadow root `target` is the host.
    const onPointerDown = (event: Event): void => {
      if (box.current !== null && !event.composedPath().includes(box.current)) setOpen(false)
    }
    page?.addEventListener('pointerdown', onPointerDown)
    return () => page?.removeEventListener('pointerdown', onPointerDown)
  }, [isOpen])

  return (
    <div
      className="crm-table-columns"
      role="presentation"
      ref={box}
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || !isOpen) return
        event.preventDefault()
        setOpen(false)
        button.current?.focus()
      }}
      onBlur={(event) => {
        if (event.relatedTarget instanceof Node && !event.currentTarget.contains(event.relatedTarget)) setOpen(false)
      }}
    >
      <button
        type="button"
        ref={button}
        className="crm-button"
        disabled={columns.length === 0}
        aria-expanded={isOpen}
        aria-controls={isOpen ? id : undefined}
        onClick={() => setOpen(!isOpen)}
      >
        <Icon className="crm-muted" path="M2.5 3.5h11v9h-11zM6.2 3.5v9M9.8 3.5v9" />
        {words.columns}
      </button>
      {isOpen ? (
        <fieldset id={id} className="crm-menu" aria-label={words.columnsLabel}>
          {columns.map((column) => (
            <label key={column.id} className="crm-menu-item">
              <input
                type="checkbox"
                checked={customers.isVisible(column)}
                disabled={column.isRowHeader}
                onChange={(event) => customers.setColumnVisible(column.id, event.target.checked, event)}
              />
              <span>{column.header}</span>
              {column.isRowHeader ? <span className="crm-note">{words.columnsAlways}</span> : null}
            </label>
          ))}
        </fieldset>
      ) : null}
    </div>
  )
}
