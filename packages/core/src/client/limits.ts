import type { DataSchema } from '../adapter/contract.ts'
import { AdapterError } from '../errors/index.ts'

/** Largest number of transactions that is computed on the calling thread. */
export const CALLING_THREAD_ROWS = 200_000

/** @throws AdapterError `RESOURCE_EXHAUSTED` when the schema tells of more transactions than allowed here */
export function checkSchemaRows(schema: DataSchema, limitRows: number): void {
  checkRows(schema.sets.find(({ name }) => name === 'transactions')?.estimatedRows ?? 0, limitRows)
}

export function checkRows(estimatedRows: number, limitRows: number): void {
  if (estimatedRows > limitRows) throw new AdapterError('RESOURCE_EXHAUSTED', { details: { estimatedRows, limitRows } })
}

export function checkBytes(estimatedBytes: number, limitBytes: number): void {
  if (estimatedBytes > limitBytes) throw new AdapterError('RESOURCE_EXHAUSTED', { details: { estimatedBytes, limitBytes } })
}
