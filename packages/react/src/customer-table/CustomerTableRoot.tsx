'use client'
import { useId, useMemo } from 'react'
import type { ReactElement } from 'react'
import { CrmRoot } from '../shared/CrmRoot.tsx'
import type { CrmRootProps } from '../shared/CrmRoot.tsx'
import { useCommonWords } from '../shared/useCommonWords.ts'
import type { WidgetStatus } from '../shared/widgetState.ts'
import { CustomerTableContext, RowContext } from './customerTableContext.ts'
import type { Customers } from './useCustomers.ts'
import { useTableWords } from './useTableWords.ts'

export interface CustomerTableRootState {
  readonly status: WidgetStatus
}

export interface CustomerTableRootProps extends Omit<CrmRootProps, 'className' | 'render' | 'busy'> {
  /** What `useCustomers` returned. */
  readonly model: Customers
  readonly className?: string | undefined | ((state: CustomerTableRootState) => string | undefined)
  readonly render?: CrmRootProps['render']
}

/** The element around the parts of a customer table; gives its model to the parts inside. `data-status` carries the state. */
export function CustomerTableRoot({ model, className, render, children, ...rest }: CustomerTableRootProps): ReactElement {
  const wording = useTableWords()
  const { retry } = useCommonWords().words
  const hint = useId()
  const title = useId()
  const { columns, virtualizer, canOpen, list } = model
  const ofRows = useMemo(
    () => ({ ...wording, columns, virtualizer, canOpen, retryWord: retry }),
    [wording, columns, virtualizer, canOpen, retry],
  )
  const own = typeof className === 'function' ? className({ status: list.status }) : className
  return (
    <CustomerTableContext.Provider value={{ customers: model, ids: { hint, title } }}>
      <RowContext.Provider value={ofRows}>
        <CrmRoot
          aria-labelledby={title}
          {...rest}
          {...(render === undefined ? {} : { render })}
          className={own === undefined ? 'crm-table' : `crm-table ${own}`}
          busy={list.status === 'loading'}
          data-status={list.status}
        >
          {children}
        </CrmRoot>
      </RowContext.Provider>
    </CustomerTableContext.Provider>
  )
}
