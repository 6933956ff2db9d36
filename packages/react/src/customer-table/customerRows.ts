import type { Scalar } from '@crm/core/adapter'
import { customerValue } from '@crm/core/customers'
import type { CustomersPage } from '@crm/core/customers'

/** One customer of the table. */
export interface CustomerRow {
  /** Place in the sorted list, from 0. */
  readonly index: number
  readonly customerId: string
  /** Names of the values: the `select` of the request. Shared by all rows of a page. */
  readonly fields: readonly string[]
  /** In the order of `fields`; null = no value. An array, because a record must not have data as its keys. */
  readonly values: readonly (Scalar | null)[]
}

/** Value of a field; undefined when it was not asked for, which is not the same as null. */
export function valueOf(row: CustomerRow, field: string): Scalar | null | undefined {
  const at = row.fields.indexOf(field)
  return at < 0 ? undefined : row.values[at]
}

/** Rows of an answer, from `from` to the end. `indexOf` gives each its place in the list. `customerId` must be selected. */
export function rowsOfAnswer(page: CustomersPage, from: number, indexOf: (row: number) => number): CustomerRow[] {
  const fields = page.columns.map(({ name }) => name)
  const rows: CustomerRow[] = []
  for (let row = from; row < page.rows; row += 1) {
    const values = fields.map((field) => customerValue(page, row, field) ?? null)
    rows.push({ index: indexOf(row), customerId: String(customerValue(page, row, 'customerId')), fields, values })
  }
  return rows
}
