'use client'
import { createContext } from 'react'
import type { Context } from 'react'
import { useInside } from '../shared/useInside.ts'
import type { ResolvedColumn } from './customerColumns.ts'
import type { Customers } from './useCustomers.ts'
import type { TableWords } from './useTableWords.ts'

/** What the rows need. It changes with the columns only, so scrolling leaves drawn rows alone. */
export interface RowContextValue extends TableWords {
  readonly columns: readonly ResolvedColumn[]
  readonly virtualizer: Pick<Customers['virtualizer'], 'measureElement'>
  readonly canOpen: boolean
  readonly retryWord: string
}

export interface CustomerTableContextValue {
  readonly customers: Customers
  /** Ids that tie the parts together for assistive technology. */
  readonly ids: { readonly hint: string; readonly title: string }
}

export const CustomerTableContext: Context<CustomerTableContextValue | null> = createContext<CustomerTableContextValue | null>(null)
export const RowContext: Context<RowContextValue | null> = createContext<RowContextValue | null>(null)
const ROOT = ['CustomerTableRoot', 'model={useCustomers(…)}'] as const

/**
 * The model of the nearest `CustomerTableRoot`.
 *
 * @throws Error when there is no root above
 */
export function useCustomerTable(): CustomerTableContextValue {
  return useInside(CustomerTableContext, ...ROOT)
}

export function useRowContext(): RowContextValue {
  return useInside(RowContext, ...ROOT)
}
