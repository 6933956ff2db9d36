import type { Column, ResidentTable } from '../adapter/contract.ts'
import { valueAt } from '../shared/readColumns.ts'

/** What is known of a customer besides what they have. */
export interface CustomerFacts {
  readonly customerId: string
  readonly name?: string | null
  /** Whoever has nothing yet is shown what is popular among customers of the same value. */
  readonly segment?: string | null
}

/** Looks customers up by id. */
export interface CustomerDirectory {
  readonly find: (customerId: string) => CustomerFacts | null
}

export function directoryOfRows(customers: readonly CustomerFacts[]): CustomerDirectory {
  const rows = new Map(customers.map((one) => [one.customerId, one]))
  return { find: (customerId) => rows.get(customerId) ?? null }
}

/** Over a resident table, without a record per customer. Ids are indexed when the first one is asked for. */
export function directoryOfTable(table: ResidentTable, segmentField: string | undefined): CustomerDirectory {
  const columnOf = (field: string | undefined): Column | undefined => (field === undefined ? undefined : table.columns[table.select.indexOf(field)])
  const ids = columnOf('customerId')
  const names = columnOf('name')
  const segments = columnOf(segmentField)
  let rows: Map<string, number> | null = null
  const textAt = (column: Column | undefined, row: number): string | null => {
    const value = column === undefined ? null : valueAt(column, row)
    return value === null ? null : String(value)
  }
  return {
    find(customerId) {
      if (rows === null) {
        rows = new Map()
        for (let row = 0; row < table.rows; row++) rows.set(textAt(ids, row) as string, row)
      }
      const row = rows.get(customerId)
      return row === undefined ? null : { customerId, name: textAt(names, row), segment: textAt(segments, row) }
    },
  }
}
