import { createMemoryAdapter } from '@crm/core/adapter'
import type { DataAdapter, DataField, Column } from '@crm/core/adapter'
import type { KitData } from './testkit.types.ts'

/** The memory adapter of `@crm/core` over the data of the kit: the reference that random requests are compared with. */
export function memoryAdapterOf({ schema, sets }: KitData): DataAdapter {
  const data: Record<string, { readonly columns: readonly Column[]; readonly fields: readonly DataField[] }> = {}
  for (const { name, columns, fields } of sets) data[name] = { columns, fields }
  return createMemoryAdapter({ timeZone: schema.timeZone, data })
}
