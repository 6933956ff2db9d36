'use client'
import type { Selection } from '@crm/core/adapter'
import type { CustomersWindow } from '@crm/core/customers'
import { columnVisibilityFeature, rowSortingFeature, tableFeatures, useTable } from '@tanstack/react-table'
import type { ColumnDef, ReactTable } from '@tanstack/react-table'
import { useVirtualizer } from '@tanstack/react-virtual'
import type { ReactVirtualizer } from '@tanstack/react-virtual'
import { useCallback, useEffect, useMemo, useRef, useState } from 'react'
import type { HTMLAttributes, KeyboardEvent, MouseEvent, RefCallback, SyntheticEvent } from 'react'
import { useCrmSettings } from '../provider/context.ts'
import type { ChangeDetails } from '../shared/changeDetails.ts'
import type { CellPlace } from '../shared/rovingFocus.ts'
import { useControlled } from '../shared/useControlled.ts'
import { useSafeLayoutEffect } from '../shared/useSafeLayoutEffect.ts'
import { sameColumns } from './customerColumns.ts'
import type { CustomerColumn, ResolvedColumn } from './customerColumns.ts'
import { valueOf } from './customerRows.ts'
import type { CustomerRow } from './customerRows.ts'
import type { CustomerSort } from './customerRequest.ts'
import { DEFAULT_SORT, isColumnVisible } from './customersQueryOptions.ts'
import type { CustomersQuery } from './customersQueryOptions.ts'
import { useAnnouncement } from './useAnnouncement.ts'
import { useCustomerList } from './useCustomerList.ts'
import type { CustomerList, PageFailure } from './useCustomerList.ts'
import { placeOf, useGridFocus } from './useGridFocus.ts'
import { useSettled } from './useSettled.ts'
import { useTableWords } from './useTableWords.ts'

/** Rows in the HTML of a server, and skeleton rows while the length is not known. */
export const FIRST_ROWS = 20
const OVERSCAN = 6
/** Rows beyond the view that are read before they are reached; more than are drawn there. */
const READ_AHEAD = 24
/** Firefox draws nothing beyond 17.9 million pixels, other browsers nothing beyond 33.5. */
const MAX_HEIGHT_PX = 15_000_000
/** Rows before anything is measured, by density. Corrected after mounting by what the stylesheet says. */
const ROW_HEIGHTS = { comfortable: 52, cozy: 44, compact: 28 } as const

export interface CustomerTableFeatures {
  readonly rowSortingFeature: typeof rowSortingFeature
  readonly columnVisibilityFeature: typeof columnVisibilityFeature
  readonly columnMeta: ResolvedColumn
}
/** Only what the table uses is registered: sorting and filtering are the adapter's work. */
const features: CustomerTableFeatures = tableFeatures({ rowSortingFeature, columnVisibilityFeature, columnMeta: {} as ResolvedColumn })

/** By the button, or by Escape in the grid. */
export type SelectionReason = 'clear'
export type SortReason = 'heading' | 'code'
export type SearchReason = 'input' | 'clear'
export type ColumnVisibilityReason = 'menu' | 'code'
export type RowOpenReason = 'press' | 'key'

export interface UseCustomersOptions extends Pick<CustomersQuery, 'spec' | 'where' | 'pageSize'> {
  /** Fields or columns, in order. Default: customer, last purchase, orders, revenue, mean order value. Keep it stable between renders. */
  readonly columns?: readonly (string | CustomerColumn)[] | undefined
  /** Who is shown; null = everybody. Leave out to keep it inside. */
  readonly selection?: Selection | null | undefined
  readonly defaultSelection?: Selection | null | undefined
  readonly onSelectionChange?: ((selection: Selection | null, details: ChangeDetails<SelectionReason>) => void) | undefined
  readonly sort?: CustomerSort | undefined
  /** Default: highest revenue first. */
  readonly defaultSort?: CustomerSort | undefined
  readonly onSortChange?: ((sort: CustomerSort, details: ChangeDetails<SortReason>) => void) | undefined
  readonly search?: string | undefined
  readonly defaultSearch?: string | undefined
  readonly onSearchChange?: ((search: string, details: ChangeDetails<SearchReason>) => void) | undefined
  /** By column id; columns left out are shown as `columns` says. */
  readonly columnVisibility?: Readonly<Record<string, boolean>> | undefined
  readonly defaultColumnVisibility?: Readonly<Record<string, boolean>> | undefined
  readonly onColumnVisibilityChange?: ((visibility: Readonly<Record<string, boolean>>, details: ChangeDetails<ColumnVisibilityReason>) => void) | undefined
  /** A customer was clicked, or Enter was pressed on one. Without it rows do not open. */
  readonly onRowOpen?: ((customerId: string, details: ChangeDetails<RowOpenReason>) => void) | undefined
}

/** A row to draw: its customer, or a place kept while the customer is on the way. */
export interface CustomerTableItem {
  /** From 0. */
  readonly index: number
  readonly row: CustomerRow | null
  /** Why the page of this row could not be read. */
  readonly failure: PageFailure | null
  /** This row says so, for all rows of its page: the first one clear of the heading. */
  readonly saysFailure: boolean
}

/** Props of an element; spread them. */
export type ElementProps = HTMLAttributes<HTMLElement> & { readonly ref?: RefCallback<HTMLElement> } & Readonly<Record<`data-${string}`, string | number | boolean | undefined>>

export interface Customers {
  readonly spec: CustomersWindow
  /** Whom the list shows, and how: what was typed counts once it has settled. */
  readonly query: CustomersQuery
  readonly list: CustomerList
  /** TanStack Table over the rows drawn: sorting and visibility of columns. */
  readonly table: ReactTable<CustomerTableFeatures, CustomerRow>
  readonly virtualizer: ReactVirtualizer<HTMLElement, HTMLElement>
  /** Columns shown, in order. */
  readonly columns: readonly ResolvedColumn[]
  readonly items: readonly CustomerTableItem[]
  /** How many rows can be scrolled to: all, or what a browser can draw. The rest is reached by sorting or searching. */
  readonly reachable: number
  /** Rows stand where the virtualizer puts them; before that they flow. */
  readonly isPlaced: boolean
  readonly active: CellPlace
  readonly selection: Selection | null
  readonly sort: CustomerSort
  /** As typed. The list follows a moment later. */
  readonly search: string
  readonly clearSelection: (event?: SyntheticEvent) => void
  readonly setSort: (sort: CustomerSort, event?: SyntheticEvent | null) => void
  readonly setSearch: (search: string, details: ChangeDetails<SearchReason>) => void
  readonly setColumnVisible: (id: string, isVisible: boolean, event: SyntheticEvent | null) => void
  readonly isVisible: (column: ResolvedColumn) => boolean
  readonly canOpen: boolean
  /** To be read out, politely. */
  readonly announcement: string
  readonly getGridProps: () => ElementProps
  readonly getHeadRowProps: () => ElementProps
  readonly getHeadCellProps: (column: ResolvedColumn, columnIndex: number) => ElementProps
  readonly getSortButtonProps: (column: ResolvedColumn, columnIndex: number) => ElementProps
  readonly getBodyProps: () => ElementProps
  /** An unseen element of the height of a row, from which that height is read. */
  readonly getProbeProps: () => ElementProps
}

/**
 * Everything of a customer table but its markup: a window on a list of any length, sorting, search, columns, the
 * keyboard and what is read out.
 *
 * @example
 * const customers = useCustomers({ spec })
 * customers.items.map(({ index, row }) => <Row key={index} {...getCustomerRowProps(index, customers.virtualizer)}>…</Row>)
 */
export function useCustomers(options: UseCustomersOptions): Customers {
  const { spec, where, pageSize, onRowOpen } = options
  const lastColumns = useRef(options.columns)
  const askedColumns = sameColumns(lastColumns.current, options.columns) ? lastColumns.current : options.columns
  useEffect(() => {
    lastColumns.current = askedColumns
  })
  const { density, direction } = useCrmSettings()
  const { words } = useTableWords()
  const [selection, setOwnSelection] = useControlled(options.selection, options.defaultSelection ?? null)
  const [sort, setOwnSort] = useControlled(options.sort, options.defaultSort ?? DEFAULT_SORT)
  const [search, setOwnSearch] = useControlled(options.search, options.defaultSearch ?? '')
  const [visibility, setOwnVisibility] = useControlled(options.columnVisibility, options.defaultColumnVisibility ?? {})
  const settledSearch = useSettled(search, 200)

  const virtualizerRef = useRef<ReactVirtualizer<HTMLElement, HTMLElement> | null>(null)
  const range = virtualizerRef.current?.range
  const inView = {
    first: (range?.startIndex ?? 0) - READ_AHEAD,
    last: (range?.endIndex ?? FIRST_ROWS - 1) + READ_AHEAD,
    isMoving: virtualizerRef.current?.isScrolling ?? false,
  }
  const query: CustomersQuery = { spec, columns: askedColumns, selection, where, sort, search: settledSearch, columnVisibility: visibility, pageSize }
  const list = useCustomerList(query, inView)
  const isVisible = (column: ResolvedColumn): boolean => isColumnVisible(column, visibility)
  const columns = useMemo(() => list.columns.filter((column) => isColumnVisible(column, visibility)), [list.columns, visibility])

  // geometry
  const gridRef = useRef<HTMLElement | null>(null)
  const [rowHeight, setRowHeight] = useState<number>(ROW_HEIGHTS[density])
  const reachable = Math.min(list.total ?? FIRST_ROWS, Math.floor(MAX_HEIGHT_PX / rowHeight))
  const rowCount = list.status === 'forbidden' || list.status === 'error' ? 0 : reachable
  const [headHeight, setHeadHeight] = useState(0)
  const [isPlaced, setPlaced] = useState(false)
  useSafeLayoutEffect(() => setPlaced(true), [])
  const activeRow = useRef(1)
  const virtualizer = useVirtualizer<HTMLElement, HTMLElement>({
    count: rowCount,
    getScrollElement: () => gridRef.current,
    estimateSize: () => rowHeight,
    measureElement: () => rowHeight,
    overscan: OVERSCAN,
    scrollMargin: headHeight,
    scrollPaddingStart: headHeight,
    initialRect: { width: 0, height: FIRST_ROWS * ROW_HEIGHTS[density] },
    // Styles through the DOM, so that the server writes no style attribute. `top` instead of `transform`, because the first column is sticky inside the row.
    directDomUpdates: true,
    directDomUpdatesMode: 'position',
    rangeExtractor: ({ startIndex, endIndex, overscan, count }) => {
      const first = Math.max(0, startIndex - overscan)
      const last = Math.min(count - 1, endIndex + overscan)
      const indexes = Array.from({ length: Math.max(0, last - first + 1) }, (_, i) => first + i)
      // The row that holds the focus is always drawn.
      const kept = activeRow.current - 1
      if (kept >= 0 && kept < first) indexes.unshift(kept)
      else if (kept > last && kept < count) indexes.push(kept)
      return indexes
    },
  })
  virtualizerRef.current = virtualizer
  const lastRowHeight = useRef(rowHeight)
  useSafeLayoutEffect(() => {
    if (lastRowHeight.current === rowHeight) return
    const ratio = rowHeight / lastRowHeight.current
    lastRowHeight.current = rowHeight
    virtualizer.measure()
    if (gridRef.current !== null) gridRef.current.scrollTop *= ratio
  }, [rowHeight, virtualizer])

  const focus = useGridFocus({
    grid: gridRef,
    rows: rowCount + 1,
    columns: columns.length,
    pageRows: () => Math.max(1, Math.floor(((virtualizer.scrollRect?.height ?? 0) - headHeight) / rowHeight) - 1),
    direction,
    onReveal: (row) => {
      activeRow.current = row
      if (row > 0) virtualizer.scrollToIndex(row - 1)
    },
  })
  const { active } = focus
  activeRow.current = active.row

  // Another list starts at its top.
  const listId = JSON.stringify([sort, settledSearch, selection, where])
  const lastListId = useRef(listId)
  useEffect(() => {
    if (lastListId.current === listId) return
    lastListId.current = listId
    focus.reset()
    if (gridRef.current !== null) gridRef.current.scrollTop = 0
  })

  const virtualItems = virtualizer.getVirtualItems()
  // The first row in range may be cut, and the next be under the heading.
  const firstClear = (virtualizer.range?.startIndex ?? 0) + 2
  const items = virtualItems.map(({ index }): CustomerTableItem => {
    const row = list.rowAt(index)
    const failure = row === null ? list.failureAt(index) : null
    const saysFailure = failure !== null && index === Math.min(Math.max(failure.first, firstClear), failure.last)
    return { index, row, failure, saysFailure }
  })

  // changes
  const setSort = (next: CustomerSort, event: SyntheticEvent | null = null): void => {
    setOwnSort(next)
    options.onSortChange?.(next, { reason: event === null ? 'code' : 'heading', event })
  }
  const setVisibility = (next: Readonly<Record<string, boolean>>, event: SyntheticEvent | null): void => {
    setOwnVisibility(next)
    options.onColumnVisibilityChange?.(next, { reason: event === null ? 'code' : 'menu', event })
  }
  const clearSelection = (event?: SyntheticEvent): void => {
    setOwnSelection(null)
    options.onSelectionChange?.(null, { reason: 'clear', event: event ?? null })
  }
  const cause = useRef<SyntheticEvent | null>(null)

  const sortedColumn = list.columns.find((column) => column.sortField === sort.field)
  const columnDefs = useMemo(
    () =>
      list.columns.map((column): ColumnDef<CustomerTableFeatures, CustomerRow> => ({
        id: column.id,
        header: column.header,
        accessorFn: (row) => valueOf(row, column.fields[0] ?? ''),
        meta: column,
        enableHiding: !column.isRowHeader,
        sortDescFirst: column.firstDirection === 'descending',
      })),
    [list.columns],
  )
  const sortedId = sortedColumn?.id
  const sorting = useMemo(() => (sortedId === undefined ? [] : [{ id: sortedId, desc: sort.direction === 'descending' }]), [sortedId, sort.direction])
  const columnVisibility = useMemo(() => Object.fromEntries(list.columns.map((column) => [column.id, isColumnVisible(column, visibility)])), [list.columns, visibility])
  const table = useTable<CustomerTableFeatures, CustomerRow>({
    features,
    columns: columnDefs,
    data: items.map(({ row }) => row).filter((row) => row !== null),
    getRowId: ({ index }) => String(index),
    manualSorting: true,
    enableMultiSort: false,
    enableSortingRemoval: false,
    state: { sorting, columnVisibility },
    onSortingChange: (update) => {
      const [next] = typeof update === 'function' ? update(sorting) : update
      const column = list.columns.find(({ id }) => id === next?.id)
      if (next && column) setSort({ field: column.sortField, direction: next.desc ? 'descending' : 'ascending' }, cause.current)
    },
    onColumnVisibilityChange: (update) => {
      setVisibility(typeof update === 'function' ? update(columnVisibility) : update, cause.current)
    },
  })
  /** Tells callbacks of the table's own setters which event they come from. */
  const causedBy = (event: SyntheticEvent | null, change: () => void): void => {
    cause.current = event
    change()
    cause.current = null
  }

  const openRow = (index: number, reason: RowOpenReason, event: SyntheticEvent): boolean => {
    const row = list.rowAt(index)
    if (row === null || onRowOpen === undefined || list.isStale) return false
    onRowOpen(row.customerId, { reason, event })
    return true
  }
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.defaultPrevented || event.altKey || focus.onKeyDown(event)) return
    const place = placeOf(event.target as Element)
    if (event.key === 'Enter' && place !== null && place.row > 0) {
      const failure = list.rowAt(place.row - 1) === null ? list.failureAt(place.row - 1) : null
      if (failure !== null) failure.retry()
      else openRow(place.row - 1, 'key', event)
    } else if (event.key === 'Escape' && selection !== null) {
      event.preventDefault()
      clearSelection(event)
    }
  }
  const onClick = (event: MouseEvent): void => {
    const target = event.target as Element
    const place = placeOf(target)
    if (place === null || place.row === 0 || target.closest('a, button, input') !== null) return
    // A click that ends a selection of text is not meant to open anything.
    if (target.ownerDocument.getSelection()?.isCollapsed === false) return
    openRow(place.row - 1, 'press', event)
  }

  const probe = useSizeRef(setRowHeight)
  const head = useSizeRef(setHeadHeight)
  const setGrid = useCallback((element: HTMLElement | null) => {
    gridRef.current = element
  }, [])
  const announcement = useAnnouncement({ list, sort, search: settledSearch, selection, sortedColumn: sortedColumn ?? null })

  return {
    spec,
    query,
    list,
    table,
    virtualizer,
    columns,
    items,
    reachable,
    isPlaced,
    active,
    selection,
    sort,
    search,
    clearSelection,
    setSort,
    setSearch: (next, details) => {
      setOwnSearch(next)
      options.onSearchChange?.(next, details)
    },
    setColumnVisible: (id, shown, event) => causedBy(event, () => table.getColumn(id)?.toggleVisibility(shown)),
    isVisible,
    canOpen: onRowOpen !== undefined,
    announcement,
    getGridProps: () => ({
      ref: setGrid,
      role: 'grid',
      'aria-label': words.title,
      'aria-rowcount': list.total === null ? -1 : list.total + 1,
      'aria-colcount': columns.length,
      'aria-busy': list.status === 'loading' || list.isStale || undefined,
      'data-stale': list.isStale || undefined,
      onKeyDown,
      onClick,
      onFocus: focus.onFocus,
    }),
    getHeadRowProps: () => ({ ref: head, role: 'row', 'aria-rowindex': 1, 'data-row': 0 }),
    getHeadCellProps: (column, columnIndex) => ({
      role: 'columnheader',
      'aria-colindex': columnIndex + 1,
      'aria-sort': column === sortedColumn ? sort.direction : 'none',
      'data-column-index': columnIndex,
      'data-align': column.align,
      'data-width': column.width,
      'data-sorted': column === sortedColumn ? sort.direction : undefined,
    }),
    getSortButtonProps: (column, columnIndex) => ({
      'aria-label': column.label,
      'data-cell-focus': true,
      tabIndex: active.row === 0 && active.column === columnIndex ? 0 : -1,
      onClick: (event) => causedBy(event, () => table.getColumn(column.id)?.toggleSorting()),
    }),
    getBodyProps: () => ({ ref: virtualizer.containerRef, role: 'rowgroup', 'data-placed': isPlaced || undefined }),
    getProbeProps: () => ({ ref: probe, 'aria-hidden': true }),
  }
}

/** Props of a row. They depend on nothing else, so a drawn row renders again only when its own data change. */
export function getCustomerRowProps(index: number, virtualizer: Pick<Customers['virtualizer'], 'measureElement'>): ElementProps {
  return { ref: virtualizer.measureElement, role: 'row', 'aria-rowindex': index + 2, 'data-index': index, 'data-row': index + 1 }
}

/** Props of a cell; `isActive` on the one cell that Tab reaches. */
export function getCustomerCellProps(column: ResolvedColumn, columnIndex: number, isActive: boolean): ElementProps {
  return {
    role: column.isRowHeader ? 'rowheader' : 'gridcell',
    'aria-colindex': columnIndex + 1,
    tabIndex: isActive ? 0 : -1,
    'data-column-index': columnIndex,
    'data-align': column.align,
    'data-width': column.width,
  }
}

/** A ref that reports the height of its element, now and whenever it changes. */
function useSizeRef(report: (height: number) => void): RefCallback<HTMLElement> {
  const observer = useRef<ResizeObserver | null>(null)
  return useCallback(
    (element) => {
      observer.current?.disconnect()
      observer.current = null
      if (element === null) return
      const read = (): void => {
        const { height } = element.getBoundingClientRect()
        if (height > 0) report(height)
      }
      read()
      observer.current = new ResizeObserver(read)
      observer.current.observe(element)
    },
    [report],
  )
}
