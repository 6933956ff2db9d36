'use client'
import { createContext, useContext } from 'react'
import type { Context } from 'react'
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

/**
 * The model of the nearest `CustomerTableRoot`.
 *
 * @throws Error when there is no root above
 */
export function useCustomerTable(): CustomerTableContextValue {
  return present(useContext(CustomerTableContext))
}

export function useRowContext(): RowContextValue {
  return present(useContext(RowContext))
}

function present<Value>(value: Value | null): Value {
  if (value === null) {
    throw new Error('A part of CustomerTable was rendered outside CustomerTableRoot. It has no customers to show. Put it inside <CustomerTableRoot model={useCustomers(options)}>.')
  }
  return value
}
