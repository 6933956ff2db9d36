'use client'
import type { ReactElement, ReactNode } from 'react'
import { ComputedFrom } from '../shared/ComputedFrom.tsx'
import { Banners, CrmButton, ErrorState, StateMessage } from '../shared/StateView.tsx'
import { useCustomerTable } from './customerTableContext.ts'
import type { Customers } from './useCustomers.ts'
import { useTableWords } from './useTableWords.ts'

/** What may stand in the place of the kit's own states. */
export interface CustomerTableSlots {
  readonly empty?: (model: Customers) => ReactNode
  readonly noMatch?: (model: Customers) => ReactNode
  readonly error?: (model: Customers) => ReactNode
  readonly forbidden?: (model: Customers) => ReactNode
}

/** What stands in place of the rows: nobody there, nobody left, an error, no access. Nothing when there are rows. */
export function CustomerTableState({ slots = {} }: { readonly slots?: CustomerTableSlots | undefined }): ReactElement | null {
  const { customers } = useCustomerTable()
  const { words, text } = useTableWords()
  const { list, search, setSearch, selection, clearSelection } = customers
  const { status, error, retry } = list
  const slot = status === 'loading' || status === 'ready' || status === 'stale' ? undefined : slots[status]
  if (slot) return <div className="crm-state">{slot(customers)}</div>
  if ((status === 'error' || status === 'forbidden') && error !== null) return <ErrorState error={error} onRetry={retry} selection={selection} onClear={clearSelection} />
  if (status === 'empty') return <StateMessage kind="empty" title={words.emptyTitle} text={words.emptyText} />
  if (status !== 'noMatch') return null
  const hasSearch = search.trim() !== ''
  const clear = (): void => {
    if (hasSearch) setSearch('', { reason: 'clear', event: null })
    if (selection !== null) clearSelection()
  }
  const word = !hasSearch ? null : selection !== null ? words.clearFilters : words.clearSearchOnly
  const action = word ?? (selection === null ? null : words.clearSelectionShort)
  return (
    <StateMessage kind="noMatch" title={words.noMatchTitle} text={text(hasSearch ? (selection === null ? words.noMatchSearch : words.noMatchBoth) : words.noMatchText, { search: search.trim(), label: selection?.label ?? '' })} action={action === null ? null : <CrmButton onClick={clear}>{action}</CrmButton>} />
  )
}

/** Lines above the rows: some data missing, an update that failed. */
export function CustomerTableBanners(): ReactElement | null {
  const { list, selection, clearSelection } = useCustomerTable().customers
  const { status, error, retry, provenance } = list
  if (status !== 'ready' && status !== 'stale') return null
  return <Banners error={error} onRetry={retry} selection={selection} onClear={clearSelection} provenance={provenance} />
}

/** Reads changes out. Present from the start, because a live region that appears with its text is not heard. */
export function CustomerTableAnnouncer(): ReactElement {
  const { customers } = useCustomerTable()
  return (
    <div className="crm-visually-hidden" aria-live="polite">
      {customers.announcement}
    </div>
  )
}

/** The line that says what the rows were computed from. */
export function CustomerTableSource(): ReactElement {
  const { customers } = useCustomerTable()
  const { list, spec } = customers
  // The line keeps its place while its facts are on the way.
  if (list.provenance === null || list.status === 'forbidden' || list.status === 'error') return <p className="crm-from">{'\u00a0'}</p>
  return (
    <ComputedFrom
      provenance={list.provenance}
      warnings={list.warnings}
      asOf={spec.asOf}
      timeZone={spec.timeZone}
      {...(list.count === null ? {} : { customers: list.count.customers, orders: list.count.orders })}
    />
  )
}
