import type { ParamKind, Sql } from './sql.ts'

/** What differs between engines. All else is plain SQL with common table expressions and window functions. */
export interface Dialect {
  /** Name to show. */
  readonly engine: string
  /** Quotes a name. */
  identifier(name: string): Sql
  /** A typed placeholder: engines guess types otherwise, and each guesses differently. */
  placeholder(position: number, kind: ParamKind): string
  /** Text compared and ordered by code point, whatever collation the column or the session has. */
  text(value: Sql): Sql
  castText(value: Sql): Sql
  /** Text as it must leave the engine for the driver to hand it over unchanged. */
  sendText(value: Sql): Sql
  castInteger(value: Sql): Sql
  castDouble(value: Sql): Sql
  /** Integer quotient rounded towards minus infinity; `divisor` is positive. */
  floorDivide(value: Sql, divisor: Sql): Sql
  /** Integer quotient of non-negative operands. */
  divide(value: Sql, divisor: Sql): Sql
  startsWith(value: Sql, part: Sql): Sql
  contains(value: Sql, part: Sql): Sql
  foldAscii(value: Sql): Sql
  /** A query with one row for each part of a text. */
  splitText(value: Sql, separator: Sql): Sql
  /** Keyword after `AS` of a common table expression that several others read. */
  readonly materialized: Sql
  readonly notMaterialized: Sql
}

/** How the compiler sees one mapped column; made by a dialect from the column's type in the catalog. */
export interface ColumnReader {
  /** What arrives: `integer` is a 64-bit integer. */
  readonly carrier: ParamKind
  /** The contract's value; NULL where the column is NULL or holds what the field's type does not allow. */
  readonly strict: Sql
  /** Whether `strict` can be NULL although the column is not. */
  readonly canBreak: boolean
  /** The bare column. */
  readonly column: Sql
  /** Ids only: what to join and group by. Two ids with one family may be compared as they are; else as text. */
  readonly key?: { readonly family: string; readonly value: Sql }
  /** Instants only: finer than milliseconds, without a division per row. */
  readonly ticks?: { readonly value: Sql; readonly perMs: bigint }
}
