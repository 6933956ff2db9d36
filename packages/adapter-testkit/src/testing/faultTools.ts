import type { Batch, CallContext, Column, DataAdapter, Expr, ScanRequest, SummaryRequest } from '@crm/core/adapter'

export type AnyRequest = ScanRequest | SummaryRequest

export const isScan = (request: AnyRequest): request is ScanRequest => 'set' in request

/** The adapter with some of its parts replaced. */
export function wrap(inner: DataAdapter, parts: Partial<DataAdapter>): DataAdapter {
  return {
    manifest: inner.manifest,
    schema: (context) => inner.schema(context),
    scan: (request, context) => inner.scan(request, context),
    summarise: (request, context) => inner.summarise?.(request, context) ?? null,
    ...(inner.changes === undefined ? {} : { changes: (signal: AbortSignal) => inner.changes?.(signal) as never }),
    close: () => inner.close(),
    ...parts,
  }
}

type Open<Request extends AnyRequest = AnyRequest> = (request?: Request, context?: CallContext) => AsyncIterable<Batch>

/** Replaces every stream, of scans and of summaries alike. `open` is the right way, for this or another request. */
export function onStreams(inner: DataAdapter, transform: (open: Open, request: AnyRequest, context: CallContext) => AsyncIterable<Batch>): DataAdapter {
  return wrap(inner, {
    scan: (request, context) => transform((other = request, its = context) => inner.scan(other as ScanRequest, its), request, context),
    summarise: (request, context) => transform((other = request, its = context) => inner.summarise?.(other as SummaryRequest, its) as AsyncIterable<Batch>, request, context),
  })
}

export function onRequests(inner: DataAdapter, rewrite: <Request extends AnyRequest>(request: Request) => Request): DataAdapter {
  return onStreams(inner, (open, request) => open(rewrite(request)))
}

export function onContext(inner: DataAdapter, rewrite: (context: CallContext) => CallContext): DataAdapter {
  return onStreams(inner, (open, request, context) => open(request, rewrite(context)))
}

export function onBatches(inner: DataAdapter, map: (batch: Batch, request: AnyRequest) => Batch): DataAdapter {
  return onStreams(inner, async function* (open, request) {
    for await (const batch of open()) yield map(batch, request)
  })
}

export function onColumns(inner: DataAdapter, map: (column: Column, index: number, request: AnyRequest) => Column): DataAdapter {
  return onBatches(inner, (batch, request) => ({ ...batch, columns: batch.columns.map((column, c) => map(column, c, request)) }))
}

export function onNumbers(inner: DataAdapter, map: (value: number, isNull: boolean) => number): DataAdapter {
  return onColumns(inner, (column) => (column.kind === 'float64' ? { ...column, values: column.values.map((value, i) => map(value, column.validity?.[i] === 0)) } : column))
}

export function onTexts(inner: DataAdapter, map: (text: string) => string): DataAdapter {
  return onColumns(inner, (column) => (column.kind === 'text' ? { ...column, dictionary: column.dictionary.map(map) } : column))
}

/** Replaces leaves of every filter. */
export function onLeaves(inner: DataAdapter, map: (leaf: Expr, request: AnyRequest) => Expr): DataAdapter {
  return onRequests(inner, (request) => (request.where === undefined ? request : { ...request, where: mapLeaves(request.where, (leaf) => map(leaf, request)) }))
}

function mapLeaves(expr: Expr, map: (leaf: Expr) => Expr): Expr {
  // What is no expression goes through, so that it is refused.
  if (typeof expr !== 'object' || expr === null) return expr
  if (expr.op === 'not') return typeof expr.of === 'object' ? { op: 'not', of: mapLeaves(expr.of, map) } : expr
  if (expr.op === 'and' || expr.op === 'or') return Array.isArray(expr.of) ? { op: expr.op, of: expr.of.map((part) => mapLeaves(part, map)) } : expr
  return map(expr)
}

/** Some rows of a batch, in this order. */
export function takeRows(batch: Batch, rows: readonly number[]): Batch {
  return {
    ...batch,
    rows: rows.length,
    columns: batch.columns.map((column): Column => {
      if (column.kind === 'text') return { ...column, codes: Int32Array.from(rows, (row) => column.codes[row] as number) }
      const validity = column.validity === undefined ? {} : { validity: Uint8Array.from(rows, (row) => column.validity?.[row] as number) }
      if (column.kind === 'boolean') return { kind: 'boolean', values: Uint8Array.from(rows, (row) => column.values[row] as number), ...validity }
      return { kind: 'float64', values: Float64Array.from(rows, (row) => column.values[row] as number), ...validity }
    }),
  }
}

export async function allBatches(stream: AsyncIterable<Batch>): Promise<Batch[]> {
  const batches: Batch[] = []
  for await (const batch of stream) batches.push(batch)
  return batches
}
