'use client'
import { createElement } from 'react'
import type { ReactElement } from 'react'
import { focusGrid } from '../shared/focusGrid.ts'
import { Icon } from '../shared/Icon.tsx'
import { useCommonWords } from '../shared/useCommonWords.ts'
import { useDelayed } from '../shared/useDelayed.ts'
import type { ExportMenuProps } from '../export-menu/ExportMenu.tsx'
import { ColumnsMenu } from './ColumnsMenu.tsx'
import { CustomerTableExport } from './CustomerTableExport.tsx'
import { useCustomerTable } from './customerTableContext.ts'
import { useTableWords } from './useTableWords.ts'

const CROSS = 'm4.5 4.5 7 7m0-7-7 7'

export interface CustomerTableToolbarProps {
  /** Default: the word of the messages. */
  readonly title?: string | undefined
  /** 2..6, to fit the headings of the page. Default 3. */
  readonly headingLevel?: 2 | 3 | 4 | 5 | 6 | undefined
  /** After an export. */
  readonly onExport?: ExportMenuProps['onExport']
}

/** The head of the table: title, number of customers, search, columns. */
export function CustomerTableToolbar({ title, headingLevel = 3, onExport }: CustomerTableToolbarProps): ReactElement {
  const { customers, ids } = useCustomerTable()
  const { words, text } = useTableWords()
  const { words: common } = useCommonWords()
  const { list } = customers
  const isLoading = useDelayed(list.status === 'loading')
  const isOutdated = useDelayed(list.isOutdated && list.error === null)
  const facts = list.total === null ? [] : [text(words.customers, { count: list.total })]
  if (list.total !== null && customers.reachable < list.total) facts.push(text(words.reachable, { count: customers.reachable }))
  const isUsable = list.status !== 'forbidden' && list.status !== 'error'
  return (
    <div className="crm-table-toolbar">
      <div className="crm-table-title">
        {createElement(`h${headingLevel}`, { className: 'crm-title', id: ids.title }, title ?? words.title)}
        <span className="crm-table-count">
          {isOutdated ? common.stale : isUsable && list.total !== null ? facts.join(common.listSeparator) : isLoading ? words.loading : ''}
        </span>
      </div>
      {isUsable ? (
        <div className="crm-table-tools">
          <CustomerTableSearch />
          <ColumnsMenu />
          <CustomerTableExport onExport={onExport} />
        </div>
      ) : null}
    </div>
  )
}

/** The search field. Escape empties it. */
export function CustomerTableSearch(): ReactElement {
  const { customers } = useCustomerTable()
  const { words } = useTableWords()
  const { search, setSearch, list } = customers
  const hasName = list.searchFields.includes('name')
  return (
    <div className="crm-table-search">
      <Icon path="M7 11.5a4.5 4.5 0 1 0 0-9 4.5 4.5 0 0 0 0 9zM10.3 10.3 13.5 13.5" />
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
        <button
          type="button"
          className="crm-clear"
          aria-label={words.searchClear}
          onClick={(event) => {
            setSearch('', { reason: 'clear', event })
            event.currentTarget.parentElement?.querySelector('input')?.focus()
          }}
        >
          <Icon path={CROSS} />
        </button>
      )}
    </div>
  )
}

/** What was picked elsewhere, in words, and how to let it go. Nothing when everybody is shown. */
export function CustomerTableSelection(): ReactElement | null {
  const { customers } = useCustomerTable()
  const { words, text } = useTableWords()
  const { selection, clearSelection, list } = customers
  if (selection === null) return null
  const { label } = selection
  const count = list.selectionCount
  return (
    <div className="crm-table-chip">
      <span className="crm-table-chip-text">
        {count === null ? label : text(words.selection, { label, customers: text(words.customers, { count }) })}
      </span>
      <button
        type="button"
        className="crm-clear"
        aria-label={text(words.clearSelection, { label })}
        onClick={(event) => {
          clearSelection(event)
          focusGrid(event.currentTarget)
        }}
      >
        <Icon path={CROSS} />
      </button>
    </div>
  )
}
