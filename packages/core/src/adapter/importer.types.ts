import type { DataAdapter, DataField, Scalar } from './contract.ts'

/**
 * What turns a person's own file into data for the widgets. `@crm/adapter-csv` is one; an importer of another format
 * that fulfils these types works in the same `ImportWizard`.
 */
export interface TableImporter {
  /** Endings and media types for a file chooser: `.csv,.tsv,.txt,text/csv`. */
  readonly accept: string
  /** The file does not leave the device. The wizard says so where it asks for one. */
  readonly isLocal?: boolean
  /**
   * Reads the beginning of a file and suggests how to read it all. Suggests only: nothing is settled before `run`.
   *
   * @throws DataContractError `FILE_MALFORMED` for an empty or binary file, or one that is not in the encoding settled:
   * `details.fault` (an {@link ImportFault}) says which, so that a page can say it in its own language
   */
  open(source: ImportSource, options?: ImportOpenOptions): Promise<ImportDraft>
  /**
   * Reads the whole file as `run` would and keeps nothing but the report and the first rows.
   *
   * @throws InvalidInputError `MAPPING_INVALID`, `OPTION_INVALID`, `FIELD_RESERVED`, `FIELD_DUPLICATE`, `TIME_ZONE_UNKNOWN` for the plan
   * @throws DataContractError `FILE_MALFORMED` with `details.line` and `details.fault`; `details.suggestedEncoding` where another one fits.
   * `DATA_INVALID` with `details.line` and `details.finding` (an {@link ImportFindingCode}) under `rejects: 'stop'`
   * @throws AdapterError `RESOURCE_EXHAUSTED` with `details.estimatedBytes` and `details.limitBytes`
   */
  dryRun(source: ImportSource, plan: ImportPlan, options?: ImportOptions): Promise<ImportTrial>
  /** Reads the whole file into memory. All or nothing: a failed or aborted run leaves no data behind. Throws as `dryRun`. */
  run(source: ImportSource, plan: ImportPlan, options?: ImportOptions): Promise<ImportResult>
}

/** Why a file cannot be read to its end: a quote that is never closed, a line without end, bytes of another encoding. */
export type ImportFault = 'empty' | 'binary' | 'encoding' | 'quote' | 'lineTooLong'

/** A `File` or `Blob`, a text, or anything whose bytes can be read more than once. */
export type ImportSource = string | ImportFile

export interface ImportFile {
  readonly name?: string
  /** Bytes, where known. */
  readonly size?: number
  stream(): AsyncIterable<Uint8Array> | ByteStream
}

/** What a `ReadableStream` of bytes has, so that these types need no names of the browser. */
export interface ByteStream {
  getReader(): {
    read(): Promise<{ readonly done: boolean; readonly value?: Uint8Array | undefined }>
    cancel(reason?: unknown): Promise<void>
    releaseLock(): void
  }
}

export interface ImportOptions {
  readonly signal?: AbortSignal
  readonly onProgress?: (progress: ImportProgress) => void
}

export interface ImportOpenOptions extends ImportOptions {
  /** What a person has settled: the file is read so, and columns, samples and the rest of the plan follow from it. */
  readonly reading?: Partial<Pick<ImportPlan, 'encoding' | 'delimiter' | 'header'>>
}

export interface ImportProgress {
  readonly phase: 'reading' | 'building'
  readonly rows: number
  readonly bytes: number
  /** 0..1 of the whole work, never falling; null when the size is not known. */
  readonly share: number | null
}

/** What a column can mean. Each role is taken by one column at most. `customerId`, `at` and an amount are needed. */
export type ImportRole =
  | 'customerId'
  | 'orderId'
  | 'lineId'
  | 'productId'
  | 'at'
  /** Amount of the line. Without it: quantity x unit price, multiplied exactly. */
  | 'amount'
  | 'quantity'
  | 'unitPrice'
  | 'customerName'
  | 'productName'
  | 'category'

/** A column that is kept as an attribute under its own name. */
export interface ImportAttribute {
  readonly column: number
  readonly name: string
  readonly of: 'customers' | 'products' | 'transactions'
  readonly kind: 'text' | 'integer' | 'number' | 'boolean' | 'date'
}

/** How a file is read, as plain JSON: save it, and the next file of the same kind needs no questions. */
export interface ImportPlan {
  readonly encoding: string
  readonly delimiter: string
  /** Is the first row a header? */
  readonly header: boolean
  /**
   * Names of the columns that the plan uses, as in the file it was made for. A saved plan fits another file where they
   * are there under the same names, in whatever order. Importers read by number and pass it over.
   */
  readonly columns?: readonly { readonly index: number; readonly name: string }[]
  /** Column numbers from 0: a file may have two columns of one name, or one called `__proto__`. */
  readonly roles: Readonly<Partial<Record<ImportRole, number>>>
  readonly attributes: readonly ImportAttribute[]
  /** `1,234.50` has the point, `1.234,50` the comma. The other one, spaces and apostrophes may group digits. */
  readonly decimal: '.' | ','
  /** Order of the parts of a date that is not ISO. */
  readonly dates: 'iso' | 'dayFirst' | 'monthFirst'
  /** IANA zone of times without an offset, and in which days are counted. */
  readonly timeZone: string
  /** ISO 4217. */
  readonly currency: string
  /** Order ids that begin with this are cancellations, counted in the report. Empty: none are known. */
  readonly cancellationPrefix: string
  /** Rows equal in every column. Kept unless asked. */
  readonly duplicates: 'keep' | 'drop'
  /** `skip` leaves out rows that cannot be read and lists them; `stop` ends the import at the first. */
  readonly rejects: 'skip' | 'stop'
}

export interface ImportColumn {
  readonly index: number
  /** As in the header; `Column 3` without one. */
  readonly name: string
  /** The first few values that are not empty, as they stand. */
  readonly samples: readonly string[]
}

/** What the beginning of a file suggests. */
export interface ImportDraft {
  readonly name: string
  /** Bytes; null when not known. */
  readonly size: number | null
  /** Without those that have neither a name nor a value, and at most 1,000: use `index`, not the place in this list. */
  readonly columns: readonly ImportColumn[]
  readonly plan: ImportPlan
  /** What was decided although the first rows leave it open, so that a person looks at it. */
  readonly doubts: readonly ImportDoubt[]
}

export type ImportDoubt = 'dates' | 'decimal' | 'currency' | 'timeZone' | 'encoding' | 'header'

/** Why a row was left out, or what is to be known of rows that were kept. */
export type ImportFindingCode =
  | 'AMOUNT_UNREADABLE' // rejected
  | 'AMOUNT_MISSING' // rejected
  | 'DATE_UNREADABLE' // rejected
  | 'DATE_MISSING' // rejected
  | 'COLUMNS_DIFFER' // rejected: the row has more or fewer columns than the header
  | 'QUOTES_BROKEN' // rejected: other text follows a closing quote, and lines ran together
  | 'DUPLICATE_ROW' // kept unless asked
  | 'CANCELLATION' // kept: its order id has the prefix
  | 'RETURN' // kept: quantity or amount below zero
  | 'CUSTOMER_MISSING' // kept: counts for no customer
  | 'ORDER_MISSING' // kept: the line is an order of its own
  | 'AMOUNT_ZERO' // kept
  | 'PRICE_NEGATIVE' // kept
  | 'DECIMALS_RAISED' // kept: a later line had more decimals than the lines before
  | 'LINE_ID_REPEATED' // kept: its line id occurred before, or is missing; it gets one of its own
  | 'VALUE_UNREADABLE' // kept: a value of an attribute is not of its kind and is left empty

export interface ImportFinding {
  readonly code: ImportFindingCode
  readonly rows: number
  readonly isRejected: boolean
  /** The first few, by line of the file, from 1. */
  readonly examples: readonly { readonly line: number; readonly value: string }[]
}

export interface ImportReport {
  readonly kind: 'import-report'
  readonly version: 1
  /** Data rows, without the header and empty lines. */
  readonly rows: number
  readonly accepted: number
  readonly rejected: number
  readonly findings: readonly ImportFinding[]
  readonly customers: number
  readonly orders: number
  readonly products: number
  /** First and last instant or day; null without rows. */
  readonly from: number | null
  readonly to: number | null
  readonly atKind: 'instant' | 'date'
  /** 10^-scale units; the sum of all accepted lines and of those above zero. */
  readonly net: number
  readonly gross: number
  readonly currency: string
  readonly scale: number
  /** Attributes with several values for one customer or product; the last is kept. */
  readonly varies: readonly { readonly name: string; readonly of: 'customers' | 'products'; readonly ids: number }[]
  /** The rows left out, as CSV: line, reason, then the columns as they stand; the first 10,000. null when none was. */
  readonly rejectedCsv: string | null
}

export interface ImportTrial {
  readonly report: ImportReport
  /** The first 20 rows as they would be read; values in the order of `fields`, typed as their fields say. */
  readonly fields: readonly DataField[]
  readonly preview: readonly (readonly (Scalar | null)[])[]
}

export interface ImportResult {
  readonly report: ImportReport
  readonly adapter: DataAdapter
}
