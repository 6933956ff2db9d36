'use client'
import type { Provenance, WarningCount } from '@crm/core/adapter'
import type { CustomerCount } from '@crm/core/customers'
import { useQuery } from '@tanstack/react-query'
import { useCallback, useMemo, useState } from 'react'
import { schemaQueryOptions } from '../hooks/schemaQueryOptions.ts'
import { useDataVersion } from '../hooks/useDataVersion.ts'
import { useCrmSettings } from '../provider/context.ts'
import { isForbidden } from '../shared/widgetState.ts'
import type { WidgetStatus } from '../shared/widgetState.ts'
import { resolveColumns } from './customerColumns.ts'
import type { ResolvedColumn } from './customerColumns.ts'
import { customerCountQueryOptions, customerCountRequest, customersRequest } from './customersQueryOptions.ts'
import type { CustomersQuery } from './customersQueryOptions.ts'
import type { CustomerRow } from './customerRows.ts'
import { pagesOf } from './pageWindow.ts'
import { useCustomerPages } from './useCustomerPages.ts'
import type { CustomerPageState } from './useCustomerPages.ts'
import { useTableWords } from './useTableWords.ts'

/** First and last row in view. */
export interface RowsInView {
  readonly first: number
  readonly last: number
  readonly isMoving: boolean
}

/** A list of customers of which a window is in memory. */
export interface CustomerList {
  readonly status: WidgetStatus
  /** All columns that can be shown, the row header first; empty until the schema is known. */
  readonly columns: readonly ResolvedColumn[]
  readonly searchFields: readonly string[]
  /** Length of the list shown; null until it is counted. */
  readonly total: number | null
  /** The row at a place, or null while it is not in memory. */
  readonly rowAt: (index: number) => CustomerRow | null
  /** Why the rows around a place could not be read, and how to try again; null when nothing is wrong there. */
  readonly failureAt: (index: number) => PageFailure | null
  /** Earlier rows are shown while those of the present request are on the way. */
  readonly isStale: boolean
  /** The figures themselves changed, not only their order or choice. */
  readonly isOutdated: boolean
  readonly error: Error | null
  readonly retry: () => void
  readonly provenance: Provenance | null
  readonly warnings: readonly WarningCount[]
  readonly count: CustomerCount | null
  /** How many the selection holds, whatever is searched within it. */
  readonly selectionCount: number | null
  /** Changes when the list shown becomes another one. */
  readonly shownKey: string
}

export interface PageFailure {
  /** Rows of the page, `first` from 0. */
  readonly first: number
  readonly last: number
  readonly error: Error
  readonly retry: () => void
}

interface Shown {
  readonly source: string
  readonly dataVersion: string
  readonly listKey: string
  readonly total: number | null
  readonly pageSize: number
  readonly states: ReadonlyMap<number, CustomerPageState>
  readonly provenance: Provenance | null
  readonly warnings: readonly WarningCount[]
  readonly count: CustomerCount | null
}

function isSame(a: Shown | null, b: Shown): boolean {
  if (a === null || a.listKey !== b.listKey || a.total !== b.total || a.count !== b.count || a.states.size !== b.states.size) return false
  for (const [page, { rows }] of b.states) if (a.states.get(page)?.rows !== rows) return false
  return true
}

/**
 * Keeps one list of customers: asks for the schema, the length and the pages in view, and goes on showing the earlier
 * list, marked stale, until the new one can fill the view.
 */
export function useCustomerList(query: CustomersQuery, inView: RowsInView): CustomerList {
  const { client, queryClient } = useCrmSettings()
  const { words, format } = useTableWords()
  const dataVersion = useDataVersion(client)
  const schema = useQuery(schemaQueryOptions(client), queryClient)
  const { columns, searchFields } = useMemo(
    () => (schema.data === undefined ? { columns: [], searchFields: ['customerId'] } : resolveColumns(query.columns, schema.data, words, format)),
    [schema.data, query.columns, words, format],
  )
  const isReady = schema.data !== undefined
  const request = customersRequest(query, columns, searchFields)
  const pageSize = request.limit

  const countOptions = customerCountQueryOptions(client, customerCountRequest(query, searchFields))
  const count = useQuery({ ...countOptions, enabled: isReady }, queryClient)
  const ofSelection = useQuery(
    { ...customerCountQueryOptions(client, customerCountRequest({ ...query, search: '' }, searchFields)), enabled: isReady && query.selection != null },
    queryClient,
  )
  const total = count.data?.data.customers ?? null

  const countKey = JSON.stringify(countOptions.queryKey)
  const onDisagree = useCallback(
    (listKey: readonly unknown[]) => {
      // The pages after the count, because the way to them is planned from it.
      void queryClient.invalidateQueries({ queryKey: JSON.parse(countKey) as unknown[] }).then(() => queryClient.invalidateQueries({ queryKey: listKey }))
    },
    [queryClient, countKey],
  )
  const wanted = pagesOf(inView.first, inView.last, pageSize, total ?? pageSize)
  const pages = useCustomerPages({ client, queryClient, request, enabled: isReady, total, pages: wanted, isMoving: inView.isMoving, onDisagree })

  const firstState = pages.states.get(0)
  const canFill =
    wanted.every((page) => pages.states.get(page)?.rows != null || pages.states.get(page)?.error != null) && firstState?.rows != null && (total !== null || count.error !== null)
  const present: Shown = {
    source: client.id,
    dataVersion,
    listKey: pages.listKey,
    total: total ?? (firstState?.rows == null ? null : firstState.rows.length),
    pageSize,
    states: pages.states,
    provenance: pages.first?.provenance ?? null,
    warnings: pages.first?.warnings ?? [],
    count: count.data?.data ?? null,
  }
  const [filled, setFilled] = useState<Shown | null>(null)
  if (canFill && !isSame(filled, present)) setFilled(present)
  // Once shown, a list stays: what is missing in it is a skeleton, not a step back.
  const before = filled?.source === client.id ? filled : null
  const shown = canFill || before === null || before.listKey === present.listKey ? present : before
  const isStale = shown !== present

  const error = schema.error ?? firstState?.error ?? count.error
  const hasRows = shown.states.get(0)?.rows != null
  const retry = (): void => {
    if (schema.error !== null) void schema.refetch()
    if (count.error !== null) void count.refetch()
    if (firstState?.error != null) firstState.retry()
  }
  const rowAt = (index: number): CustomerRow | null => {
    const page = Math.floor(index / shown.pageSize)
    return shown.states.get(page)?.rows?.[index - page * shown.pageSize] ?? null
  }
  const failureAt = (index: number): PageFailure | null => {
    const page = Math.floor(index / shown.pageSize)
    const state = shown.states.get(page)
    if (page === 0 || state === undefined || state.rows !== null || state.error === null) return null
    const first = page * shown.pageSize
    return { first, last: Math.min(first + shown.pageSize, shown.total ?? first + 1) - 1, error: state.error, retry: state.retry }
  }
  const isNarrowed = query.selection != null || query.where !== undefined || (query.search ?? '').trim() !== ''
  const emptyStatus = isNarrowed ? 'noMatch' : 'empty'
  const status: WidgetStatus = isForbidden(error)
    ? 'forbidden'
    : !hasRows
      ? error === null ? 'loading' : 'error'
      : shown.total === 0 ? emptyStatus : isStale ? 'stale' : 'ready'

  return {
    status,
    columns,
    searchFields,
    total: shown.total,
    rowAt,
    failureAt,
    isStale,
    isOutdated: isStale && shown.dataVersion !== dataVersion,
    error,
    retry,
    provenance: shown.provenance,
    warnings: shown.warnings,
    count: shown.count,
    selectionCount: ofSelection.data?.data.customers ?? null,
    shownKey: shown.listKey,
  }
}
