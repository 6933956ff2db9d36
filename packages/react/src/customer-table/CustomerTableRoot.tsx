'use client'
import { useId, useMemo } from 'react'
import type { ReactElement, ReactNode } from 'react'
import { useCrm } from '../provider/context.ts'
import { useText } from '../provider/useText.ts'
import { CrmRoot } from '../shared/CrmRoot.tsx'
import type { CrmRootState } from '../shared/CrmRoot.tsx'
import type { PartProps } from '../shared/part.ts'
import { CustomerTableContext, RowContext } from './customerTableContext.ts'
import { useCustomers } from './useCustomers.ts'
import type { UseCustomersOptions } from './useCustomers.ts'

export interface CustomerTableRootProps extends UseCustomersOptions, PartProps<CrmRootState> {
  readonly id?: string | undefined
  readonly children?: ReactNode
}

/** The element around the parts of a customer table. It holds their state; they find it by context. */
export function CustomerTableRoot(props: CustomerTableRootProps): ReactElement {
  const { id, children, render, className, ...options } = props
  const customers = useCustomers(options)
  const { format, messages } = useCrm()
  const text = useText()
  const hint = useId()
  const title = useId()
  const { columns, virtualizer, canOpen } = customers
  const value = { customers, spec: options.spec, ids: { hint, title } }
  const ofRows = useMemo(
    () => ({ columns, virtualizer, canOpen, format, text, words: messages.customerTable, retryWord: messages.common.retry }),
    [columns, virtualizer, canOpen, format, text, messages],
  )
  return (
    <CustomerTableContext.Provider value={value}>
      <RowContext.Provider value={ofRows}>
        <CrmRoot
          {...(id === undefined ? {} : { id })}
          {...(render === undefined ? {} : { render })}
          className={(state) => ['crm-table', typeof className === 'function' ? className(state) : className].filter(Boolean).join(' ')}
          aria-labelledby={title}
          data-status={customers.list.status}
          busy={customers.list.status === 'loading'}
        >
          {children}
        </CrmRoot>
      </RowContext.Provider>
    </CustomerTableContext.Provider>
  )
}
