import type { DataSchema, TableRead } from '../adapter/contract.ts'

/** Two copies of a line (28 bytes each, before and after clustering) are alive for a moment. */
const BYTES_A_LINE = 56
/** An id: its text, its place in a list and in a Map. */
export const BYTES_AN_ID = 96

/**
 * Estimated peak memory of the resident columns, or null when the schema does not know its row counts.
 */
export function estimateResidentBytes(schema: DataSchema): number | null {
  const lines = schema.sets.find((set) => set.name === 'transactions')
  if (lines === undefined || lines.estimatedRows === null) return null
  const customers = schema.sets.find((set) => set.name === 'customers')
  // Without a customers set: a handful of lines each, the usual shape of a shop.
  const people = customers === undefined ? lines.estimatedRows / 4 : (customers.estimatedRows ?? lines.estimatedRows / 4)
  const attributes = customers === undefined ? 0 : customers.fields.length - 1
  return Math.ceil(lines.estimatedRows * BYTES_A_LINE + people * (BYTES_AN_ID + 12 * attributes))
}

/**
 * Estimated peak memory of whole sets: two copies of each column while its pieces are joined, and the ids of each set. null
 * when the schema does not know its row counts.
 */
export function estimateTableBytes(schema: DataSchema, reads: readonly TableRead[]): number | null {
  let bytes = 0
  for (const { set, select } of reads) {
    const known = schema.sets.find(({ name }) => name === set)
    if (known === undefined || known.estimatedRows === null) return null
    for (const name of select) {
      const kind = known.fields.find((field) => field.name === name)?.type.kind
      bytes += 2 * known.estimatedRows * (kind === 'id' || kind === 'text' ? 4 : kind === 'boolean' ? 1 : 8)
    }
  }
  return bytes
}
