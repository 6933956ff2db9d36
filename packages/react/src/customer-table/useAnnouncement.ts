'use client'
import type { Selection } from '@crm/core/adapter'
import { useEffect, useRef, useState } from 'react'
import type { ResolvedColumn } from './customerColumns.ts'
import type { CustomerSort } from './customerRequest.ts'
import type { CustomerList } from './useCustomerList.ts'
import { useTableWords } from './useTableWords.ts'

export interface AnnouncementOptions {
  readonly list: CustomerList
  readonly sort: CustomerSort
  readonly search: string
  readonly selection: Selection | null
  readonly sortedColumn: ResolvedColumn | null
}

interface Told {
  readonly sort: string
  readonly search: string
  readonly selection: string | null
}

/** What a live region says once a change has arrived: never on the first list, never before the rows are there. */
export function useAnnouncement({ list, sort, search, selection, sortedColumn }: AnnouncementOptions): string {
  const { words, text } = useTableWords()
  const [said, setSaid] = useState('')
  const told = useRef<Told | null>(null)
  const { status, total } = list
  const isSettled = (status === 'ready' || status === 'empty' || status === 'noMatch') && total !== null
  useEffect(() => {
    if (!isSettled) return
    const now: Told = { sort: `${sort.field} ${sort.direction}`, search: search.trim(), selection: selection?.label ?? null }
    const before = told.current
    told.current = now
    if (before === null) return
    const customers = text(words.customers, { count: total })
    if (before.search !== now.search || before.selection !== now.selection) {
      if (total === 0) setSaid(words.noneFound)
      else if (before.search !== now.search) setSaid(now.search === '' ? text(words.filterCleared, { customers }) : text(words.filtered, { customers, search: now.search }))
      else setSaid(now.selection === null ? text(words.selectionCleared, { customers }) : text(words.selectionApplied, { customers, label: now.selection }))
    } else if (before.sort !== now.sort) {
      const field = sortedColumn?.header ?? sort.field
      setSaid(text(sort.direction === 'ascending' ? words.sortedAscending : words.sortedDescending, { field, customers }))
    }
  }, [isSettled, total, sort, search, selection, sortedColumn, words, text])
  return said
}
