/**
 * The one data-adapter contract. Plain data in, columns out, no SQL text anywhere, so a request crosses a worker or
 * HTTP unchanged. Why each thing is as it is: ARCHITECTURE.md beside this file.
 */
import type { WarningCode } from '../errors/codes.ts'

/** Raised when a change would break adapters written against the version before. */
export const CONTRACT_VERSION = 1

export type DataSetName = 'customers' | 'transactions' | 'interactions' | 'products' | 'ratings'

export type FieldType =
  | { readonly kind: 'id'; /** Ordered by number instead of by text; every value is a canonical decimal integer. */ readonly numericId?: true }
  | { readonly kind: 'text' | 'integer' | 'number' | 'boolean' }
  /** Integer count of 10^-scale currency units. */
  | { readonly kind: 'money'; readonly currency: string; readonly scale: number }
  /** Integer epoch milliseconds UTC, floored. */
  | { readonly kind: 'instant' }
  /** Integer days since 1970-01-01, no zone, never shifted. */
  | { readonly kind: 'date' }

export interface DataField {
  readonly name: string
  readonly type: FieldType
  readonly nullable: boolean
  /** Who may see it. `personal` is shown by widgets only when the host allows it. Default `public`. */
  readonly sensitivity?: 'public' | 'personal'
  /** The source held several values for one row (for example a customer's city by order); the last one is kept. */
  readonly varies?: true
}

export interface DataSetSchema {
  readonly name: DataSetName
  /** Number of rows if known at no cost, else null. */
  readonly estimatedRows: number | null
  readonly fields: readonly DataField[]
}

export interface DataSchema {
  /** IANA zone in which the shop counts its days. */
  readonly timeZone: string
  readonly sets: readonly DataSetSchema[]
}

export interface AdapterManifest {
  readonly contract: typeof CONTRACT_VERSION
  readonly name: string
  /** Opaque: two adapters with the same key show the same data to the same people. Part of every cache key. */
  readonly scopeKey: string
  readonly summaries: readonly SummaryRequest['kind'][]
  readonly snapshot: 'none' | 'monotonic' | 'snapshot'
  /** What an abort stops: nothing, the wait of the caller, or the work of the engine. */
  readonly cancel: 'none' | 'client' | 'engine'
  readonly maxConcurrency: number
  /** Where `summarise` burns CPU: in the calling thread, or somewhere a page does not feel it. */
  readonly runs: 'here' | 'elsewhere'
}

export interface CallContext {
  readonly signal: AbortSignal
  /** Epoch milliseconds. */
  readonly deadlineAt?: number
  readonly requestId: string
}

export interface DataAdapter {
  /** Frozen JSON. The test kit verifies every claim. */
  readonly manifest: AdapterManifest
  schema(context: CallContext): Promise<DataSchema>
  scan(request: ScanRequest, context: CallContext): AsyncIterable<Batch>
  /** `null` at once, from the request alone, means "cannot": the client computes it from `scan`. */
  summarise?(request: SummaryRequest, context: CallContext): AsyncIterable<Batch> | null
  changes?(signal: AbortSignal): AsyncIterable<DataChange>
  /** Idempotent. Ends what is running with `ADAPTER_CLOSED`. */
  close(): Promise<void>
}

export interface DataChange {
  readonly sets: readonly DataSetName[]
  readonly version: string
}

/** A column. Values at a NULL place are 0; `validity` holds one byte a row, 1 = there is a value; no validity = no NULL. */
export type Column =
  | { readonly kind: 'float64'; readonly values: Float64Array; readonly validity?: Uint8Array }
  /** `codes` point into `dictionary`; -1 = NULL. */
  | { readonly kind: 'text'; readonly codes: Int32Array; readonly dictionary: readonly string[] }
  | { readonly kind: 'boolean'; readonly values: Uint8Array; readonly validity?: Uint8Array }

/** The columns stand in the order of `select`: no record has data as its keys. The last batch carries `end`. */
export interface Batch {
  readonly rows: number
  readonly columns: readonly Column[]
  readonly end?: StreamEnd
}

export interface StreamEnd {
  /** Cursor of the next page, or null on the last. */
  readonly next: string | null
  readonly provenance: Provenance
  /** `bins` only: the cut points of each axis in the order asked, `[]` for `values` and for an axis without values. */
  readonly cuts?: readonly (readonly number[])[]
  /** Summaries only: what was left out or is doubtful, counted before `where`. Codes with count 0 are left out. */
  readonly counts?: readonly WarningCount[]
}

export interface WarningCount {
  readonly code: WarningCode
  readonly count: number
}

export interface Provenance {
  readonly computedBy: 'backend' | 'local'
  /** Name to show: "memory", "DuckDB". */
  readonly engine: string
  readonly exactness: 'exact' | 'approximate'
  readonly completeness: { readonly kind: 'complete' } | { readonly kind: 'partial'; readonly missing: readonly string[] }
  readonly snapshot: string | null
}

export interface ScanRequest {
  readonly set: DataSetName
  readonly select: readonly string[]
  readonly where?: Expr
  /**
   * Rows come in this order, then by the key of the set. Without `order`, `limit` and `after` the order is the
   * adapter's own: a bulk read, which no engine should have to sort.
   */
  readonly order?: readonly Order[]
  readonly limit?: number
  readonly after?: string
  readonly snapshot?: string
}

export interface Order {
  readonly field: string
  readonly direction: 'ascending' | 'descending'
  readonly nulls: 'first' | 'last'
}

export type Scalar = string | number | boolean

/** Three-valued: a comparison with NULL is unknown, and only what is true passes. */
export type Expr =
  | { readonly op: 'eq' | 'ne' | 'lt' | 'le' | 'gt' | 'ge'; readonly field: string; readonly value: Scalar }
  /** At most 10,000 values; an empty list is false for every row, NULL ones too. */
  | { readonly op: 'in'; readonly field: string; readonly values: readonly Scalar[] }
  | { readonly op: 'isNull'; readonly field: string }
  | { readonly op: 'startsWith' | 'contains'; readonly field: string; readonly value: string; readonly fold: 'none' | 'ascii' }
  | { readonly op: 'and' | 'or'; readonly of: readonly Expr[] }
  | { readonly op: 'not'; readonly of: Expr }

/** Statistics only: what to count over whom. Which rank, which way round, what a bin is called: core. */
export type SummaryRequest = TotalsRequest | BinsRequest | MembersRequest | PairsRequest

interface SummaryBase {
  readonly totals: TotalsSpec
  /** Narrows customers; names fields of `customers` and measures alike. */
  readonly where?: Expr
  readonly snapshot?: string
}

/** A row per customer in order of `customerId`; columns are {@link TOTALS_COLUMNS}. */
export interface TotalsRequest extends SummaryBase {
  readonly kind: 'totals'
  readonly limit?: number
  readonly after?: string
}

/**
 * A row per bin that holds customers. Columns: one per axis (bin number from 0, NULL = the bin of NULLs; a `values`
 * axis carries the value itself), `customers`, then two per sum: the exact parts `high`, `low` of
 * `high * 2^26 + low` with `0 <= low < 2^26`. Rows ascend by the axes, NULL last. No axes: one row for all.
 */
export interface BinsRequest extends SummaryBase {
  readonly kind: 'bins'
  readonly axes: readonly Axis[]
  readonly sums: readonly SummableMeasure[]
}

/** Customers in `ranges`, as asked by `select`, in the asked order, then by `customerId`. */
export interface MembersRequest extends SummaryBase {
  readonly kind: 'members'
  readonly select: readonly string[]
  readonly ranges: readonly Range[]
  readonly order: readonly Order[]
  readonly limit: number
  readonly after?: string
}

/**
 * What customers have in common with those of `targets`, or products with products: enough for cosine, MSD, Jaccard and
 * Pearson. A row for each target and each other id that share at least one partner; columns are {@link PAIRS_COLUMNS}.
 * Rows ascend by target, then by the other, as ids are ordered.
 */
export interface PairsRequest extends SummaryBase {
  readonly kind: 'pairs'
  /** Who is compared. The partners are the other: the products of customers, the customers of products. */
  readonly over: 'customers' | 'products'
  /** 1..1,000 different ids; one that is not in the data has no rows. */
  readonly targets: readonly string[]
  /**
   * Of a customer and a product: 1 where they were bought, the number of orders with a purchase line of it, or the
   * rating. Ratings have no window.
   */
  readonly weight: 'one' | 'count' | 'rating'
}

/** Integer statistics of one customer. Days are whole days since 1970-01-01 in the zone of the totals. */
export type SummableMeasure = 'recencyDays' | 'firstDay' | 'lastDay' | 'orders' | 'revenue' | 'returnedRevenue' | 'lines'

/** `meanOrderValue` = revenue / orders, one IEEE division, NULL without orders: equal everywhere, but not summable. */
export type Measure = SummableMeasure | 'meanOrderValue'

export interface Axis {
  readonly field: Measure | (string & {})
  /** Cut points given, cut points at ranks, or one bin per distinct value. NULL is always its own bin. */
  readonly cut: { readonly at: readonly number[] } | { readonly ranks: readonly Rank[] } | 'values'
}

/** The value at position `(n * of + in - 1) div in`, 1-based, ascending, of the non-null values in scope. */
export interface Rank {
  readonly of: number
  readonly in: number
}

/** `above < value <= upTo`: the bins that {@link Axis} cuts. NULL lies in no range. */
export interface Range {
  readonly field: Measure | (string & {})
  readonly above?: number
  readonly upTo?: number
}

/** How transaction lines become one row per customer. */
export interface TotalsSpec {
  /** Epoch milliseconds. Later lines are left out and counted; with day-based data, lines of later days. */
  readonly asOf: number
  /** Epoch milliseconds. Earlier lines are left out and counted. */
  readonly from?: number
  /** Offsets of the zone, ascending; the first also holds before its `since`. Day-based data are never shifted. */
  readonly zone: ZoneOffsets
  readonly order: 'orderId' | 'day' | 'line'
  readonly returns: 'net' | 'drop'
}

export type ZoneOffsets = readonly { readonly since: number; readonly offsetMinutes: number }[]

/** Columns of a `totals` answer, in this order. */
export const TOTALS_COLUMNS = ['customerId', 'firstDay', 'lastDay', 'recencyDays', 'orders', 'revenue', 'returnedRevenue', 'lines'] as const

/**
 * Columns of a `pairs` answer, in this order. x is the weight of the target, y that of the other; `n` and the sums named by
 * them run over the partners they share, those of `target` and `other` over all partners of that side.
 */
export const PAIRS_COLUMNS = [
  'target', 'other', 'n', 'sumX', 'sumY', 'sumXy', 'sumXx', 'sumYy',
  'targetN', 'targetSum', 'targetSquares', 'otherN', 'otherSum', 'otherSquares',
] as const

/**
 * A choice of customers: what a picked cell, segment, stage or leaf becomes. Plain JSON, never a score, never a list
 * of ids (hand-picked customers: `in`). Narrows every widget, goes into the URL and is what `members` takes.
 */
export interface Selection {
  readonly label: string
  readonly where?: Expr
  readonly ranges: readonly Range[]
}

/**
 * Work that can be cut into slices: it yields every few thousand rows, and the driver decides when to go on. A number
 * yielded is how much of the work is done, 0..1, for a progress bar.
 */
export type Steps<Result> = Generator<number | undefined, Result, undefined>

/**
 * The second waist: an analysis as a value. The client runs it, pushed down or locally; nothing in the client
 * imports a topic, so an unused algorithm costs nothing.
 */
export interface Operation<Request, Sums, Result extends { readonly warnings: readonly WarningCount[] }> {
  /** `topic/name`; the worker loads the topic by it. */
  readonly name: string
  /** What a backend would be asked; null when no summary says it, so that `tables` must. */
  readonly request: (request: Request, schema: DataSchema) => SummaryRequest | null
  /** The local twin of the push-down. Left out: what the memory adapter would answer, decoded by `read`. */
  readonly summarise?: (request: SummaryRequest, columns: ResidentColumns) => Steps<Sums>
  /** The local twin of an operation that reads whole sets instead of customers and their lines. */
  readonly tables?: TablesTwin<Request, Sums>
  /** Decode what a backend sent. */
  readonly read: (batches: readonly Batch[]) => Sums
  /** The only place with meaning. `schema` for currency, scale and types. The counts of the sums go into `warnings`. */
  readonly finish: (sums: Sums, request: Request, schema: DataSchema) => Result
}

/** Work on whole sets, where they are loaded: in the worker, or in slices on the page. */
export interface TablesTwin<Request, Sums> {
  /** Which fields of which sets. Operations that read the same share one copy, so ask alike where you can. */
  readonly reads: (request: Request, schema: DataSchema) => readonly TableRead[]
  /** The work itself, imported on demand: a page whose worker computes never downloads it. */
  readonly load: () => Promise<ComputeTables<Request, Sums>>
}

/** `tables` is the same object as long as the data are: a key for what was fitted to them. */
export type ComputeTables<Request, Sums> = (request: Request, tables: ResidentTables) => Steps<Sums>

export interface TableRead {
  readonly set: DataSetName
  readonly select: readonly string[]
}

/** Whole sets as columns, in the order of the adapter's bulk read. */
export interface ResidentTables {
  readonly schema: DataSchema
  /** In the order of `reads`. */
  readonly sets: readonly ResidentTable[]
}

/** `columns` in the order of `select`. The texts of a dictionary are distinct. */
export interface ResidentTable extends TableRead {
  readonly rows: number
  readonly columns: readonly Column[]
}

/** An answer says from what and how surely it was computed. */
export interface Answer<Result> {
  readonly data: Result
  readonly provenance: Provenance
  readonly warnings: readonly WarningCount[]
}

/**
 * Customers and their lines, clustered: the lines of customer `c` stand at `offsets[c] .. offsets[c + 1]`, those of
 * one order side by side. What the local twin of a summary works on.
 */
export interface ResidentColumns {
  readonly schema: DataSchema
  /** Number of customers: the rows of `customers` and the distinct ids of `transactions`. */
  readonly count: number
  /** Ids in order of first appearance. */
  readonly ids: readonly string[]
  /** Attributes of `customers`, one row per id; all NULL for ids that only occur in `transactions`. */
  readonly fields: ReadonlyMap<string, Column>
  readonly offsets: Int32Array
  /** Instants (ms) or dates (days), as `atKind` says. */
  readonly at: Float64Array
  readonly atKind: 'instant' | 'date'
  /** Code of the order; equal codes of one customer are neighbours. */
  readonly order: Int32Array
  readonly amount: Float64Array
  readonly linesWithoutCustomer: number
}
