import type { FieldType, Scalar } from '../adapter/contract.ts'
import type { ExportColumn, ExportRow, ExportTable, ReadyExportTable, StreamOptions } from './export.types.ts'
import { decimalText, machineText } from './machineText.ts'
import { writeAll, writeInChunks } from './rowWriter.ts'
import type { RowWriter } from './rowWriter.ts'

export interface JsonOptions {
  /** What the view was asked with, as plain JSON: with it the same figures can be computed again. */
  readonly spec?: unknown
  /** What is exported, for example `segments`. */
  readonly name?: string
  /** Epoch milliseconds. */
  readonly exportedAt?: number
}

/**
 * What {@link toJson} writes. Values: text, booleans, integers and numbers as JSON has them; money as decimal text of
 * its scale (`"1234.50"`), dates `"2017-12-31"`, instants `"2017-12-31T23:59:59.000Z"`; null = no value.
 */
export interface JsonExport {
  readonly kind: 'crm-export'
  readonly version: 1
  readonly name: string | null
  readonly exportedAt: string | null
  readonly spec: unknown
  readonly columns: readonly { readonly name: string; readonly type: FieldType }[]
  readonly rows: readonly (readonly (Scalar | null)[])[]
}

/**
 * Writes a table as JSON with what it was asked with: {@link JsonExport}, one row a line.
 *
 * @throws InvalidInputError `LENGTH_MISMATCH`, `VALUE_NOT_FINITE`, `DATE_INVALID`, `REQUEST_INVALID`
 * @example
 * JSON.parse(toJson({ columns: [{ name: 'Orders', type: { kind: 'integer' } }], rows: [[3]] }, { spec })).rows // [[3]]
 */
export function toJson(table: ReadyExportTable, options: JsonOptions = {}): string {
  return writeAll(table, jsonWriter(table.columns, options))
}

/**
 * {@link toJson} in chunks that make valid JSON together, for rows that come one after the other or are many.
 *
 * @throws on abort `signal.reason`; what the rows throw
 */
export function streamJson(table: ExportTable, options: JsonOptions & StreamOptions = {}): AsyncGenerator<string, void, undefined> {
  return writeInChunks(table, jsonWriter(table.columns, options), options)
}

function jsonWriter(columns: readonly ExportColumn[], { spec = null, name, exportedAt }: JsonOptions): RowWriter {
  const facts = {
    kind: 'crm-export',
    version: 1,
    name: name ?? null,
    exportedAt: exportedAt === undefined ? null : machineText(exportedAt, { kind: 'instant' }),
    spec,
    columns: columns.map((column) => ({ name: column.name, type: column.type })),
  } satisfies Omit<JsonExport, 'rows'>
  return {
    head: `${JSON.stringify(facts).slice(0, -1)},"rows":[`,
    row: (row: ExportRow, index) => `${index === 0 ? '\n' : ',\n'}[${row.map((value, column) => jsonValue(value, columns[column]!.type)).join(',')}]`,
    tail: '\n]}\n',
  }
}

function jsonValue(value: Scalar | null, type: FieldType): string {
  if (typeof value !== 'number') return JSON.stringify(value)
  const isNumber = type.kind !== 'money' && type.kind !== 'date' && type.kind !== 'instant'
  return isNumber ? decimalText(value) : `"${machineText(value, type)}"`
}
