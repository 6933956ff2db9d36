import type { DataSchema } from '../adapter/contract.ts'

/** Currency and scale of all money of the schema; none when amounts are plain integers. */
export function moneyOf(schema: DataSchema): { readonly currency: string; readonly scale: number } {
  const type = schema.sets.find(({ name }) => name === 'transactions')?.fields.find(({ name }) => name === 'amount')?.type
  return type?.kind === 'money' ? { currency: type.currency, scale: type.scale } : { currency: '', scale: 0 }
}
