import { PAIRS_COLUMNS, TOTALS_COLUMNS } from '../adapter/contract.ts'
import type { Batch, Column, StreamEnd, SummaryRequest } from '../adapter/contract.ts'
import { DataContractError } from '../errors/index.ts'

/**
 * Reads a stream to its end and checks that it is an answer.
 *
 * @param columns how many columns every batch must have
 * @param take called with each batch in order; the next one is asked for when it has resolved
 * @throws DataContractError `PROTOCOL`: no end, rows after the end, wrong number or length of columns
 */
export async function readStream(
  stream: AsyncIterable<Batch>,
  columns: number,
  signal: AbortSignal,
  take: (batch: Batch) => unknown,
): Promise<StreamEnd> {
  let end: StreamEnd | undefined
  let index = 0
  for await (const batch of stream) {
    signal.throwIfAborted()
    if (end !== undefined) throw broken(`sent batch ${index} after its end`)
    check(batch, columns, index++)
    end = batch.end
    await take(batch)
  }
  signal.throwIfAborted()
  if (end === undefined) throw broken(`stopped without an end after ${index} batches`)
  return end
}

/** How many columns the answer to a summary has. */
export function columnsOfSummary(request: SummaryRequest): number {
  switch (request.kind) {
    case 'totals':
      return TOTALS_COLUMNS.length
    case 'bins':
      return request.axes.length + 1 + 2 * request.sums.length
    case 'members':
      return request.select.length
    case 'pairs':
      return PAIRS_COLUMNS.length
  }
}

function check({ rows, columns }: Batch, expected: number, index: number): void {
  if (columns.length !== expected) throw broken(`sent ${columns.length} columns instead of ${expected} in batch ${index}`)
  const wrong = columns.findIndex((column) => lengthOf(column) !== rows)
  if (wrong >= 0) throw broken(`sent ${lengthOf(columns[wrong] as Column)} values for ${rows} rows in column ${wrong} of batch ${index}`)
}

/** -1 when values and validity differ. */
function lengthOf(column: Column): number {
  if (column.kind === 'text') return column.codes.length
  const { values, validity } = column
  return validity === undefined || validity.length === values.length ? values.length : -1
}

function broken(what: string): DataContractError {
  return new DataContractError(
    'PROTOCOL',
    `The data source ${what}. Part of the answer may be missing, so none of it was used. Check the adapter with the contract test kit.`,
  )
}
