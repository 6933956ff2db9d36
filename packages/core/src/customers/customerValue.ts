import type { Scalar } from '../adapter/contract.ts'
import { valueAt } from '../shared/readColumns.ts'
import type { CustomersPage } from './customers.types.ts'

/**
 * One value of a page; null = NULL, undefined = no such field or row.
 *
 * @param row from 0 within the page
 * @example customerValue(page, 0, 'revenue') // 1250000, format with the column's `type`
 */
export function customerValue(page: CustomersPage, row: number, field: string): Scalar | null | undefined {
  const found = page.columns.find(({ name }) => name === field)
  return found && row >= 0 && row < page.rows ? valueAt(found.column, row) : undefined
}
