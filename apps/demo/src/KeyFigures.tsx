import { rfmGridOperation, type RfmGridRequest } from '@crm/core/rfm'
import { useCrm, useOperation } from '@crm/react'
import type { ReactElement } from 'react'
import type { DemoWords } from './words.ts'

/** Four figures over all customers. The grid asks the same question, so they cost no request of their own. */
export function KeyFigures({ request, words }: { readonly request: RfmGridRequest; readonly words: DemoWords }): ReactElement {
  const { format } = useCrm()
  const { answer, isStale, error } = useOperation(rfmGridOperation, request)
  const grid = answer?.data
  const missing = error === null ? '' : '–'
  const figures: readonly (readonly [string, string])[] = [
    [words.figureCustomers, grid === undefined ? missing : format.number(grid.totals.customers)],
    [words.figureOrders, grid === undefined ? missing : format.number(grid.totals.orders)],
    [words.figureRevenue, grid === undefined ? missing : format.money(grid.totals.revenue, grid)],
    [words.figurePerCustomer, grid === undefined || grid.totals.customers === 0 ? missing : format.money(grid.totals.revenue / grid.totals.customers, grid)],
  ]
  return (
    <dl className="demo-figures" aria-label={words.figures} aria-busy={grid === undefined && error === null} data-stale={isStale || undefined}>
      {figures.map(([name, figure]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{figure}</dd>
        </div>
      ))}
    </dl>
  )
}
