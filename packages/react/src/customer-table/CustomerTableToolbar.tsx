'use client'
import { createElement } from 'react'
import type { ReactElement } from 'react'
import { useCrm } from '../provider/context.ts'
import { useText } from '../provider/useText.ts'
import { useDelayed } from '../shared/useDelayed.ts'
import { ColumnsMenu } from './ColumnsMenu.tsx'
import { useCustomerTable } from './customerTableContext.ts'

export interface CustomerTableToolbarProps {
  /** Default: the word of the messages. */
  readonly title?: string | undefined
  /** 2..6, to fit the headings of the page. Default 3. */
  readonly headingLevel?: 2 | 3 | 4 | 5 | 6 | undefined
}

/** The head of the table: title, number of customers, search, columns. */
export function CustomerTableToolbar({ title, headingLevel = 3 }: CustomerTableToolbarProps): ReactElement {
  const { customers, ids } = useCustomerTable()
  const { messages, format } = useCrm()
  const text = useText()
  const { list } = customers
  const words = messages.customerTable
  const isLoading = useDelayed(list.status === 'loading')
  const isOutdated = useDelayed(list.isOutdated && list.error === null)
  const counted = (count: number): { count: number; countText: string } => ({ count, countText: format.number(count) })
  const facts = list.total === null ? [] : [text(words.customers, counted(list.total))]
  if (list.total !== null && customers.reachable < list.total) facts.push(text(words.reachable, counted(customers.reachable)))
  const isUsable = list.status !== 'forbidden' && list.status !== 'error'
  return (
    <div className="crm-table-toolbar">
      <div className="crm-table-title">
        {createElement(`h${headingLevel}`, { className: 'crm-title', id: ids.title }, title ?? words.title)}
        <span className="crm-table-count">
          {isOutdated ? messages.common.stale : isUsable && list.total !== null ? facts.join(messages.common.listSeparator) : isLoading ? words.loading : ''}
        </span>
      </div>
      {isUsable ? (
        <div className="crm-table-tools">
          <CustomerTableSearch />
          <ColumnsMenu />
        </div>
      ) : null}
    </div>
  )
}

/** The search field. Escape empties it. */
export function CustomerTableSearch(): ReactElement {
  const { customers } = useCustomerTable()
  const words = useCrm().messages.customerTable
  const { search, setSearch, list } = customers
  const hasName = list.searchFields.includes('name')
  return (
    <div className="crm-table-search">
      <svg viewBox="0 0 16 16" width="16" height="16" aria-hidden="true" focusable="false">
        <path d="M7 11.5a4.5 4.5 0 1 0 0-9 4.5 4.5 0 0 0 0 9zM10.3 10.3 13.5 13.5" />
      </svg>
      <input
        type="text"
        inputMode="search"
        autoComplete="off"
        spellCheck={false}
        className="crm-table-search-input"
        aria-label={hasName ? words.searchLabel : words.searchByIdLabel}
        placeholder={hasName ? words.searchPlaceholder : words.searchByIdPlaceholder}
        value={search}
        onChange={(event) => setSearch(event.target.value, { reason: 'input', event })}
        onKeyDown={(event) => {
          if (event.key !== 'Escape' || search === '') return
          event.preventDefault()
          setSearch('', { reason: 'clear', event })
        }}
      />
      {search === '' ? null : (
        <button type="button" className="crm-table-clear" aria-label={words.searchClear} onClick={(event) => setSearch('', { reason: 'clear', event })}>
          <ClearIcon />
        </button>
      )}
    </div>
  )
}

/** What was picked elsewhere, in words, and how to let it go. Nothing when everybody is shown. */
export function CustomerTableSelection(): ReactElement | null {
  const { customers } = useCustomerTable()
  const { messages, format } = useCrm()
  const text = useText()
  const words = messages.customerTable
  const { selection, clearSelection, list } = customers
  if (selection === null) return null
  const { label } = selection
  const count = list.selectionCount
  return (
    <div className="crm-table-chip">
      <span className="crm-table-chip-text">
        {count === null ? label : text(words.selection, { label, customers: text(words.customers, { count, countText: format.number(count) }) })}
      </span>
      <button type="button" className="crm-table-clear" aria-label={text(words.clearSelection, { label })} onClick={(event) => clearSelection(event)}>
        <ClearIcon />
      </button>
    </div>
  )
}

function ClearIcon(): ReactElement {
  return (
    <svg viewBox="0 0 16 16" width="16" height="16" aria-hidden="true" focusable="false">
      <path d="m4.5 4.5 7 7m0-7-7 7" />
    </svg>
  )
}
