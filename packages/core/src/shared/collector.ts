import type { Batch, ComputeTables, DataSchema, Operation, ResidentColumns, ResidentTables, Steps, SummaryRequest, TableRead, WarningCount } from '../adapter/contract.ts'
import { createResidentBuilder } from './resident.ts'
import { createTablesBuilder } from './residentTables.ts'
import { summariseLocally } from './summariseLocally.ts'

/** What operations work on: customers with their lines clustered, or whole sets. */
export type ResidentData = ResidentColumns | ResidentTables

/** Collects batches of sets and makes of them what operations work on. */
export interface Collector {
  /** What to scan, in this order. */
  readonly reads: readonly TableRead[]
  /** @param read place in `reads` */
  add(read: number, batch: Batch): void
  /** Once, after the last batch. */
  finish(): Steps<ResidentData>
  /** Bytes held now, estimated. */
  bytes(): number
}

/** @param reads whole sets; null for customers and their lines */
export function createCollector(schema: DataSchema, reads: readonly TableRead[] | null): Collector {
  if (reads !== null) return { reads, ...createTablesBuilder(schema, reads) }
  const builder = createResidentBuilder(schema)
  const parts = [
    ...(builder.customerFields.length === 0 ? [] : [{ set: 'customers', select: builder.customerFields, add: builder.addCustomers } as const]),
    { set: 'transactions', select: builder.lineFields, add: builder.addLines } as const,
  ]
  return {
    reads: parts.map(({ set, select }) => ({ set, select })),
    add: (read, batch) => parts[read]?.add(batch),
    finish: builder.finish,
    bytes: builder.bytes,
  }
}

/** The whole of an operation where the data are, once what it computes with is there. */
export async function loadRun<Request, Sums, Result extends { readonly warnings: readonly WarningCount[] }>(
  operation: Operation<Request, Sums, Result>,
): Promise<(request: Request, data: ResidentData) => Steps<Result>> {
  const compute = await operation.tables?.load()
  return (request, data) => runLocally(operation, request, data, compute)
}

/** {@link loadRun} of an operation over customers and their lines, for which nothing has to be loaded. */
export function* runLocally<Request, Sums, Result extends { readonly warnings: readonly WarningCount[] }>(
  operation: Operation<Request, Sums, Result>,
  request: Request,
  data: ResidentData,
  compute?: ComputeTables<Request, Sums>,
): Steps<Result> {
  const sums =
    'sets' in data && compute !== undefined
      ? yield* compute(request, data)
      : yield* summariseLocally(operation, operation.request(request, data.schema) as SummaryRequest, data as ResidentColumns)
  return operation.finish(sums, request, data.schema)
}
