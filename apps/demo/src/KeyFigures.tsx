import { rfmGridOperation, type RfmGridRequest } from '@crm/core/rfm'
import { useCrm, useOperation } from '@crm/react'
import type { ReactElement } from 'react'

/** Four figures over all customers. The grid asks the same question, so they cost no request of their own. */
export function KeyFigures({ request }: { readonly request: RfmGridRequest }): ReactElement {
  const { format } = useCrm()
  const { answer, isStale } = useOperation(rfmGridOperation, request)
  const grid = answer?.data
  const money = (amount: number): string => (grid === undefined ? '' : format.money(amount, grid))
  const figures: readonly (readonly [string, string])[] = [
    ['Customers', grid === undefined ? '' : format.number(grid.totals.customers)],
    ['Orders', grid === undefined ? '' : format.number(grid.totals.orders)],
    ['Revenue', grid === undefined ? '' : money(grid.totals.revenue)],
    ['Revenue per customer', grid === undefined || grid.totals.customers === 0 ? '' : money(grid.totals.revenue / grid.totals.customers)],
  ]
  return (
    <dl className="demo-figures" aria-label="Key figures" aria-busy={grid === undefined} data-stale={isStale || undefined}>
      {figures.map(([name, figure]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{figure}</dd>
        </div>
      ))}
    </dl>
  )
}
