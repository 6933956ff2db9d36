import type { Batch, Column, Scalar, WarningCount } from '@crm/core/adapter'
import { DataContractError } from '@crm/core/errors'
import type { SummaryPlan } from '../compiler/summaries.ts'
import { META_COLUMNS } from '../compiler/totals.ts'
import { createColumnBuilder, type ColumnShape } from './columnReader.ts'
import type { DuckdbChunk } from './driver.ts'

/** The first rows of a result as columns of the given shapes, which may start at a later column. */
export class BatchReader {
  readonly #builders: readonly ReturnType<typeof createColumnBuilder>[]
  readonly #first: number
  rows = 0

  constructor(shapes: readonly ColumnShape[], first = 0) {
    this.#builders = shapes.map(createColumnBuilder)
    this.#first = first
  }

  append(chunk: DuckdbChunk, from: number, to: number): void {
    if (to <= from) return
    this.#builders.forEach((builder, i) => builder.append(chunk.getColumnVector(this.#first + i), from, to))
    this.rows += to - from
  }

  take(): { readonly rows: number; readonly columns: readonly Column[] } {
    const { rows } = this
    this.rows = 0
    return { rows, columns: this.#builders.map((builder) => builder.take()) }
  }
}

/** One value of a column that was read, NULL told apart. */
export function valueAt(column: Column, row: number): Scalar | null {
  if (column.kind === 'text') {
    const code = column.codes[row] as number
    return code < 0 ? null : (column.dictionary[code] as string)
  }
  if (column.validity?.[row] === 0) return null
  return column.kind === 'boolean' ? column.values[row] === 1 : (column.values[row] as number)
}

/** Drops rows from `rows` on: the one that was read to see whether there is a next page. */
export function headOf({ columns }: Pick<Batch, 'columns'>, rows: number): Column[] {
  return columns.map((column): Column => {
    if (column.kind === 'text') {
      const codes = column.codes.slice(0, rows)
      // Codes ascend by first appearance, so what the last row alone held stands at the end.
      let used = 0
      for (const code of codes) if (code >= used) used = code + 1
      return { kind: 'text', codes, dictionary: column.dictionary.slice(0, used) }
    }
    const validity = column.validity?.slice(0, rows)
    const values = column.values.slice(0, rows)
    const kept = validity === undefined || validity.every((bit) => bit === 1) ? { kind: column.kind, values } : { kind: column.kind, values, validity }
    return kept as Column
  })
}

type Meta = Readonly<Record<(typeof META_COLUMNS)[number], number>>

/**
 * The counts of a summary, in order of code and without zeros.
 *
 * @throws DataContractError `DATA_INVALID`, `CURRENCY_MIXED`, `MONEY_RANGE`
 */
export function readMeta(chunk: DuckdbChunk): readonly WarningCount[] {
  const meta = Object.fromEntries(META_COLUMNS.map((name, i) => [name, Number(chunk.getColumnVector(i).getItem(0) ?? 0)])) as Meta
  refuse('at', meta.badAt)
  refuse('amount', meta.badAmount)
  refuse('orderId', meta.badOrder)
  refuse('customerId', meta.badCustomer)
  refuse('rating', meta.badRating)
  if (meta.mixedCurrency > 0) {
    throw new DataContractError(
      'CURRENCY_MIXED',
      `${meta.mixedCurrency} transaction lines are in another currency than the mapping declares. Amounts of two currencies cannot be added. Convert them, or leave those lines out.`,
      { count: meta.mixedCurrency },
    )
  }
  if (meta.outOfRange > 0) {
    throw new DataContractError(
      'MONEY_RANGE',
      `The purchases or the returns of ${meta.outOfRange} customers sum to more than 2^53 - 1 units. Beyond it a number loses single units. Use a smaller scale for the money field, or correct the amounts.`,
      { customers: meta.outOfRange },
    )
  }
  const codes = ['CUSTOMERS_WITHOUT_PURCHASE', 'LINES_AFTER_AS_OF', 'LINES_BEFORE_FROM', 'LINES_WITHOUT_CUSTOMER', 'LINES_WITHOUT_PRODUCT', 'ORDERS_NOT_POSITIVE', 'RETURNS_DROPPED'] as const
  return Object.freeze(codes.filter((code) => meta[code] > 0).map((code) => Object.freeze({ code, count: meta[code] })))
}

function refuse(field: string, count: number): void {
  if (count === 0) return
  throw new DataContractError(
    'DATA_INVALID',
    `${count} stored values of "${field}" are missing or not what the type of the field allows. Totals over the rest would be wrong. Correct the data, or map the field with a type and scale that fit.`,
    { field, count },
  )
}

/** The cut points of each axis, `[]` for an axis without values. */
export function readCuts(plan: SummaryPlan, chunk: DuckdbChunk, axes: readonly { readonly cut: 'values' | { readonly at: readonly number[] } | object }[]): readonly (readonly number[])[] {
  let column = META_COLUMNS.length
  return Object.freeze(
    plan.cuts.map(({ count, carrier }, axis) => {
      const { cut } = axes[axis]!
      if (cut !== 'values' && 'at' in cut) return Object.freeze([...(cut as { at: readonly number[] }).at])
      const cuts: number[] = []
      for (let i = 0; i < count; i++) {
        const builder = createColumnBuilder({ name: 'cut', type: carrier === 'double' ? { kind: 'number' } : { kind: 'integer' }, carrier, nullable: true })
        builder.append(chunk.getColumnVector(column++), 0, 1)
        const value = valueAt(builder.take(), 0)
        if (value !== null) cuts.push(value as number)
      }
      return Object.freeze(cuts)
    }),
  )
}
