'use client'
import type { Answer } from '@crm/core/adapter'
import type { CrmClient } from '@crm/core/client'
import { customersOperation } from '@crm/core/customers'
import type { CustomersPage, CustomersRequest } from '@crm/core/customers'
import { useQueries, useQuery } from '@tanstack/react-query'
import type { QueryClient } from '@tanstack/react-query'
import { useEffect, useMemo, useRef, useState } from 'react'
import { reverseOrder } from './customerRequest.ts'
import { rowsOfAnswer } from './customerRows.ts'
import type { CustomerRow } from './customerRows.ts'
import { customersQueryOptions } from './customersQueryOptions.ts'
import { addBookmark, createBookmarks, planRead, readSpan, spanOfPage } from './pageWindow.ts'
import type { Bookmarks, SpanRows } from './pageWindow.ts'

/**
 * The rule of memory: the first page, the pages in view and those seen last, twelve in all. Others are let go a second
 * after they left; their bookmarks stay, so going back costs one request.
 */
export const PAGES_KEPT = 12
const LET_GO_AFTER_MS = 1000

export interface CustomerPagesOptions {
  readonly client: CrmClient
  readonly queryClient: QueryClient
  /** Request of the first page; its `order` names the key, its `limit` is the size of a page. */
  readonly request: CustomersRequest
  /** False asks nothing. */
  readonly enabled: boolean
  /** Length of the list, null until it is counted. */
  readonly total: number | null
  /** Pages in view. */
  readonly pages: readonly number[]
  /** The view moves: what lies far from all that is known is read when it rests. */
  readonly isMoving: boolean
  /** The list turned out longer or shorter than `total`. Called once for one list. */
  readonly onDisagree: (listKey: readonly unknown[]) => void
}

export interface CustomerPageState {
  readonly rows: readonly CustomerRow[] | null
  readonly error: Error | null
  readonly retry: () => void
}

export interface CustomerPages {
  /** Names the list: client, data version, order, filter, columns. */
  readonly listKey: string
  /** Of the pages kept, by number. */
  readonly states: ReadonlyMap<number, CustomerPageState>
  /** The answer that brought the first page. */
  readonly first: Answer<CustomersPage> | null
}

interface SeenPages {
  readonly listKey: string
  /** Kept at the last render, those in view first. */
  readonly pages: readonly number[]
}

/**
 * Reads pages of a keyset-paged list in any order, keeps a bounded number of them and aborts what is no longer wanted.
 * Every list has its own keys, so a late page of an earlier sort can never stand in a newer one.
 */
export function useCustomerPages(options: CustomerPagesOptions): CustomerPages {
  const { client, queryClient, request, enabled, total, pages, isMoving, onDisagree } = options
  const base = customersQueryOptions(client, request)
  const listKey = JSON.stringify(base.queryKey)
  const pageSize = request.limit
  const bookmarks = useKept(`${listKey}\n${total}`, () => createBookmarks(total))

  const first = useQuery({ ...base, enabled }, queryClient)
  const firstRows = useMemo(() => (first.data === undefined ? null : rowsOfAnswer(first.data.data, 0, (row) => row)), [first.data])
  const next = first.data?.data.next ?? null
  if (next !== null) addBookmark(bookmarks.forward, { position: pageSize, cursor: next })

  const keyOf = (page: number): readonly unknown[] => [...base.queryKey, page]
  const [seen, setSeen] = useState<SeenPages>({ listKey, pages: [] })
  const seenEarlier = seen.listKey === listKey ? seen.pages : []
  const isThere = (page: number): boolean => page > 0 && total !== null && page * pageSize < total
  const wanted = enabled ? pages.filter(isThere) : []
  const stillHeld = seenEarlier.filter((page) => isThere(page) && !wanted.includes(page) && queryClient.getQueryData(keyOf(page)) !== undefined)
  const kept = [...wanted, ...stillHeld].slice(0, PAGES_KEPT - 1)
  const keptList = kept.join()
  useEffect(() => {
    if (seen.listKey !== listKey || seen.pages.join() !== keptList) setSeen({ listKey, pages: keptList === '' ? [] : keptList.split(',').map(Number) })
  }, [seen, listKey, keptList])

  const others = useQueries(
    {
      queries: kept.map((page) => ({
        ...base,
        queryKey: keyOf(page),
        queryFn: ({ signal }: { readonly signal: AbortSignal }) => readPage(client, request, page, total ?? 0, bookmarks, signal),
        enabled: !(isMoving && planRead(spanOfPage(page, pageSize, total), bookmarks).rows > pageSize),
        gcTime: LET_GO_AFTER_MS,
      })),
    },
    queryClient,
  )

  const states = new Map<number, CustomerPageState>([[0, { rows: firstRows, error: first.error, retry: () => void first.refetch() }]])
  kept.forEach((page, at) => {
    const result = others[at]
    if (result !== undefined) states.set(page, { rows: result.data?.rows ?? null, error: result.error, retry: () => void result.refetch() })
  })

  // A first page that ends the list knows its length; one that does not, knows that there is more.
  const firstAgrees = first.data === undefined || total === null || (next === null ? first.data.data.rows === total : first.data.data.rows < total)
  const agrees = firstAgrees && others.every(({ data }) => data?.agrees !== false)
  const told = useRef('')
  useEffect(() => {
    if (agrees || told.current === listKey) return
    told.current = listKey
    onDisagree(base.queryKey)
  })

  return { listKey, states, first: first.data ?? null }
}

/** A value that is made once for each key in a row. */
function useKept<Value>(key: string, make: () => Value): Value {
  const [kept, setKept] = useState(() => ({ key, value: make() }))
  if (kept.key === key) return kept.value
  const value = make()
  setKept({ key, value })
  return value
}

async function readPage(
  client: CrmClient,
  request: CustomersRequest,
  page: number,
  total: number,
  bookmarks: Bookmarks,
  signal: AbortSignal,
): Promise<SpanRows<CustomerRow>> {
  const span = spanOfPage(page, request.limit, total)
  const reversed: CustomersRequest = { ...request, order: reverseOrder(request.order) }
  const { rows, agrees } = await readSpan(span, total, bookmarks, async (direction, after, limit, from) => {
    const { data } = await client.run(
      customersOperation,
      { ...(direction === 'forward' ? request : reversed), limit, ...(after === null ? {} : { after }) },
      { signal },
    )
    return { count: data.rows, rows: rowsOfAnswer(data, from, () => 0), next: data.next }
  })
  return { rows: rows.map((row, at) => ({ ...row, index: span.start + at })), agrees }
}
