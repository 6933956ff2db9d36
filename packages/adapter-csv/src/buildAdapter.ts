import { createMemoryAdapter, type Column, type DataAdapter, type FieldOverride, type ImportPlan, type ImportProgress, type MemoryAdapter } from '@crm/core/adapter'
import { AdapterError } from '@crm/core/errors'
import type { BuiltSet } from './build/setBuilder.ts'
import { READING_SHARE } from './reading.ts'
import type { ReadTable } from './readTable.ts'

/**
 * Puts the columns behind a memory adapter. In slices, as the adapter's `append` works, and without a copy of the columns.
 */
export async function buildAdapter(
  { sets, report, digest }: ReadTable,
  plan: ImportPlan,
  bytes: number,
  signal: AbortSignal,
  onProgress: (progress: ImportProgress) => void,
): Promise<DataAdapter> {
  signal.throwIfAborted()
  const adapter = createMemoryAdapter({ name: 'csv', scopeKey: `csv:${digest}:${fingerprintOfPlan(plan)}`, timeZone: plan.timeZone, data: {} })
  const onAbort = (): void => void adapter.close()
  signal.addEventListener('abort', onAbort, { once: true })
  try {
    for (const [i, set] of sets.entries()) {
      await append(adapter, set)
      onProgress({ phase: 'building', rows: report.rows, bytes, share: READING_SHARE + ((1 - READING_SHARE) * (i + 1)) / sets.length })
    }
  } catch (error) {
    void adapter.close()
    signal.throwIfAborted()
    throw error instanceof AdapterError && error.code === 'ADAPTER_CLOSED' ? new AdapterError('INTERNAL', { cause: error }) : error
  } finally {
    signal.removeEventListener('abort', onAbort)
  }
  signal.throwIfAborted()
  return adapter
}

/** By name, as the ids of lines that the file does not name are made by the adapter when somebody asks for them. */
function append(adapter: MemoryAdapter, { name, fields, columns }: BuiltSet): Promise<void> {
  const named = fields.map(({ name: field }, i) => [field, columns[i] as Column] as const)
  const overrides = fields.map(({ name: field, type, nullable, varies }) => [field, { ...type, nullable, ...(varies === undefined ? {} : { varies }) } satisfies FieldOverride] as const)
  // `fromEntries` defines own members: a field may be named `__proto__`.
  return adapter.append(name, { columns: Object.fromEntries(named), fields: Object.fromEntries(overrides) })
}

/** Another reading of the same rows shows other data. FNV-1a, as text. */
function fingerprintOfPlan(plan: ImportPlan): string {
  let hash = 0x811c9dc5
  const text = JSON.stringify([plan.roles, plan.attributes, plan.header, plan.decimal, plan.dates, plan.timeZone, plan.currency, plan.duplicates, plan.rejects])
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193)
  return (hash >>> 0).toString(16).padStart(8, '0')
}
