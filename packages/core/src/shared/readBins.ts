import type { Batch, WarningCount } from '../adapter/contract.ts'
import { DataContractError } from '../errors/index.ts'

/** A `bins` answer over axes that are cut, where all is numbers. */
export interface BinsAnswer {
  /** Per bin: its number on every axis, customers, then high and low part of every sum. */
  readonly rows: readonly (readonly number[])[]
  readonly cuts: readonly (readonly number[])[]
  readonly counts: readonly WarningCount[]
}

/**
 * Reads the few bins of an answer.
 *
 * @throws DataContractError `PROTOCOL` for an answer without end or cuts, of other columns, or with a hole
 */
export function readBins(batches: readonly Batch[], axes: number, sums: number): BinsAnswer {
  const rows: number[][] = []
  const last = batches.at(-1)
  for (const batch of batches) {
    if (batch.columns.length !== axes + 1 + 2 * sums || (batch === last) !== (batch.end !== undefined)) throw strangeBins()
    for (let row = 0; row < batch.rows; row++) {
      rows.push(
        batch.columns.map((column) => {
          const value = column.kind === 'float64' && column.validity?.[row] !== 0 ? column.values[row] : undefined
          if (value === undefined) throw strangeBins()
          return value
        }),
      )
    }
  }
  const end = last?.end
  if (end?.cuts?.length !== axes) throw strangeBins()
  return { rows, cuts: end.cuts, counts: end.counts ?? [] }
}

export function strangeBins(): DataContractError {
  return new DataContractError('PROTOCOL', 'The data source answered bins nobody asked for. Its figures have no place. Check the adapter with the test kit.')
}
