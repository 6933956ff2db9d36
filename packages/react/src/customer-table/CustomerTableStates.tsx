'use client'
import type { ReactElement } from 'react'
import { useCrm } from '../provider/context.ts'
import { useText } from '../provider/useText.ts'
import { ComputedFrom } from '../shared/ComputedFrom.tsx'
import { Banner, CrmButton, ErrorState, StateMessage } from '../shared/StateView.tsx'
import { useDelayed } from '../shared/useDelayed.ts'
import { useCustomerTable } from './customerTableContext.ts'

/** What stands in place of the rows: nobody there, nobody left, an error, no access. Nothing when there are rows. */
export function CustomerTableState(): ReactElement | null {
  const { customers } = useCustomerTable()
  const words = useCrm().messages.customerTable
  const { list, search, setSearch, selection, clearSelection } = customers
  const { status, error, retry } = list
  if ((status === 'error' || status === 'forbidden') && error !== null) return <ErrorState error={error} onRetry={retry} />
  if (status === 'empty') return <StateMessage kind="empty" title={words.emptyTitle} text={words.emptyText} />
  if (status !== 'noMatch') return null
  const hasSearch = search.trim() !== ''
  const clear = (): void => {
    if (hasSearch) setSearch('', { reason: 'clear', event: null })
    if (selection !== null) clearSelection(null)
  }
  const word = !hasSearch ? null : selection !== null ? words.clearFilters : words.clearSearchOnly
  const action = word ?? (selection === null ? null : words.clearSelectionShort)
  return (
    <StateMessage kind="noMatch" title={words.noMatchTitle} text={words.noMatchText} action={action === null ? null : <CrmButton onClick={clear}>{action}</CrmButton>} />
  )
}

/** Lines above the rows: some data missing, older figures shown, an update that failed. */
export function CustomerTableBanners(): ReactElement | null {
  const { customers } = useCustomerTable()
  const { messages, format } = useCrm()
  const text = useText()
  const { list } = customers
  const isOutdated = useDelayed(list.isOutdated && list.error === null)
  const hasRows = list.status === 'ready' || list.status === 'stale'
  if (!hasRows) return null
  const words = messages.common
  const missing = list.provenance?.completeness.kind === 'partial' ? list.provenance.completeness.missing : null
  return (
    <>
      {missing === null ? null : (
        <Banner kind="partial">
          {missing.length === 0 ? words.partialUnnamed : text(words.partial, { missing: new Intl.ListFormat(format.locale).format(missing) })}
        </Banner>
      )}
      {list.error === null ? null : (
        <Banner kind="error" action={<CrmButton quiet onClick={list.retry}>{words.retry}</CrmButton>}>
          {words.staleAfterError}
        </Banner>
      )}
      {isOutdated ? <Banner kind="stale">{words.stale}</Banner> : null}
    </>
  )
}

/** Reads changes out. Present from the start, because a live region that appears with its text is not heard. */
export function CustomerTableAnnouncer(): ReactElement {
  const { customers } = useCustomerTable()
  return (
    <div className="crm-visually-hidden" role="status" aria-live="polite">
      {customers.announcement}
    </div>
  )
}

/** The line that says what the rows were computed from. */
export function CustomerTableSource(): ReactElement | null {
  const { customers, spec } = useCustomerTable()
  const { list } = customers
  if (list.provenance === null || list.status === 'forbidden' || list.status === 'error') return null
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
