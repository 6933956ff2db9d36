'use client'
import { useId, useMemo } from 'react'
import type { ReactElement } from 'react'
import { CrmRoot } from '../shared/CrmRoot.tsx'
import type { CrmRootProps, CrmRootState } from '../shared/CrmRoot.tsx'
import { useCommonWords } from '../shared/useCommonWords.ts'
import { CustomerTableContext, RowContext } from './customerTableContext.ts'
import type { Customers } from './useCustomers.ts'
import { useTableWords } from './useTableWords.ts'

export type CustomerTableRootState = CrmRootState

export interface CustomerTableRootProps extends CrmRootProps {
  /** What `useCustomers` returned. */
  readonly model: Customers
}

/** The element around the parts of a customer table; gives its model to the parts inside. `data-status` carries the state. */
export function CustomerTableRoot({ model, ...theirs }: CustomerTableRootProps): ReactElement {
  const wording = useTableWords()
  const { retry } = useCommonWords().words
  const hint = useId()
  const title = useId()
  const { columns, virtualizer, canOpen, list } = model
  const ofRows = useMemo(
    () => ({ ...wording, columns, virtualizer, canOpen, retryWord: retry }),
    [wording, columns, virtualizer, canOpen, retry],
  )
  return (
    <CustomerTableContext.Provider value={{ customers: model, ids: { hint, title } }}>
      <RowContext.Provider value={ofRows}>
        <CrmRoot aria-labelledby={title} {...theirs} widget="crm-table" status={list.status} busy={list.status === 'loading'} />
      </RowContext.Provider>
    </CustomerTableContext.Provider>
  )
}
