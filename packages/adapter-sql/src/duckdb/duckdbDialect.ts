import type { FieldType } from '@crm/core/adapter'
import type { ColumnReader, Dialect } from '../compiler/dialect.ts'
import type { FieldMapping } from '../compiler/mapping.ts'
import { integer, sql, trusted, type ParamKind, type Sql } from '../compiler/sql.ts'

const TYPES: Readonly<Record<ParamKind, string>> = { text: 'VARCHAR', integer: 'BIGINT', double: 'DOUBLE', boolean: 'BOOLEAN' }

export const duckdbDialect: Dialect = {
  engine: 'DuckDB',
  identifier: (name) => trusted(`"${name.replaceAll('"', '""')}"`),
  placeholder: (position, kind) => `CAST($${position} AS ${TYPES[kind]})`,
  // A column or the session may carry NOCASE; an explicit collation wins over both and costs nothing in the plan.
  text: (value) => sql`(${value} COLLATE C)`,
  castText: (value) => sql`(CAST(${value} AS VARCHAR) COLLATE C)`,
  sendText: (value) => value,
  castInteger: (value) => sql`TRY_CAST(${value} AS BIGINT)`,
  castDouble: (value) => sql`CAST(${value} AS DOUBLE)`,
  // `//` rounds towards zero.
  floorDivide: (value, divisor) => sql`((${value} - CASE WHEN ${value} < 0 THEN ${divisor} - 1 ELSE 0 END) // ${divisor})`,
  divide: (value, divisor) => sql`(${value} // ${divisor})`,
  startsWith: (value, part) => sql`starts_with(${value}, ${part})`,
  contains: (value, part) => sql`contains(${value}, ${part})`,
  foldAscii: (value) => sql`translate(${value}, 'ABCDEFGHIJKLMNOPQRSTUVWXYZ', 'abcdefghijklmnopqrstuvwxyz')`,
  splitText: (value, separator) => sql`SELECT unnest(string_split(${value}, ${separator}))`,
  materialized: sql`MATERIALIZED`,
  notMaterialized: sql`NOT MATERIALIZED`,
}

/**
 * For drivers that decode with a `TextDecoder` of default options (node-api 1.5): it takes a leading byte order mark
 * away, so it is sent two.
 */
export const duckdbDialectForBomStripping: Dialect = {
  ...duckdbDialect,
  sendText: (value) => sql`(CASE WHEN starts_with(${value}, chr(65279)) THEN chr(65279) || ${value} ELSE ${value} END)`,
}

const INTEGERS = new Set(['TINYINT', 'SMALLINT', 'INTEGER', 'BIGINT', 'UTINYINT', 'USMALLINT', 'UINTEGER'])
const WIDE_INTEGERS = new Set(['UBIGINT', 'HUGEINT', 'UHUGEINT'])
const MICROS = new Set(['TIMESTAMP', 'TIMESTAMP WITH TIME ZONE', 'TIMESTAMP_S', 'TIMESTAMP_MS'])
const MAX = sql`9007199254740991`

/**
 * How to read a column as a field, by the type the catalog names; a text says why it cannot be read so.
 *
 * @param name quoted, of the table aliased `s`
 */
export function duckdbReader(name: Sql, catalogType: string, type: FieldType, mapping: FieldMapping): ColumnReader | string {
  const column = sql`s.${name}`
  const plain = (carrier: ParamKind, strict: Sql, canBreak = false): ColumnReader => ({ carrier, strict, canBreak, column })
  const decimal = /^DECIMAL\((\d+),(\d+)\)$/.exec(catalogType)
  const scale = decimal === null ? 0 : Number(decimal[2])
  switch (type.kind) {
    case 'id': {
      if (type.numericId && catalogType !== 'VARCHAR' && !INTEGERS.has(catalogType)) return `a numeric id is stored as an integer or as VARCHAR, not as ${kindOf(catalogType)}`
      if (INTEGERS.has(catalogType)) return { ...plain('text', duckdbDialect.castText(column)), key: { family: 'integer', value: sql`CAST(${column} AS BIGINT)` } }
      if (catalogType === 'UUID') return { ...plain('text', duckdbDialect.castText(column)), key: { family: 'uuid', value: column } }
      return plain('text', catalogType === 'VARCHAR' ? duckdbDialect.text(column) : duckdbDialect.castText(column))
    }
    case 'text':
      return plain('text', catalogType === 'VARCHAR' ? duckdbDialect.text(column) : duckdbDialect.castText(column))
    case 'boolean':
      return catalogType === 'BOOLEAN' ? plain('boolean', column) : `a boolean is stored as BOOLEAN, not as ${kindOf(catalogType)}`
    case 'number':
      if (decimal !== null || INTEGERS.has(catalogType) || WIDE_INTEGERS.has(catalogType) || catalogType === 'FLOAT' || catalogType === 'DOUBLE') return plain('double', duckdbDialect.castDouble(column))
      return `a number is stored in a numeric column, not as ${kindOf(catalogType)}`
    case 'integer':
      return wholeNumber(column, catalogType, decimal !== null) ?? `an integer is stored in a numeric column, not as ${kindOf(catalogType)}`
    case 'date':
      if (catalogType !== 'DATE') return `a date is stored as DATE, not as ${kindOf(catalogType)}`
      return plain('integer', sql`(CASE WHEN isfinite(${column}) THEN ${column} - DATE '1970-01-01' END)`, true)
    case 'instant':
      return instant(column, catalogType) ?? `an instant is stored as TIMESTAMP, TIMESTAMPTZ or BIGINT milliseconds, not as ${kindOf(catalogType)}`
    case 'money': {
      if (mapping.stored !== 'minor' && mapping.stored !== 'decimal') return '"stored" says neither minor nor decimal'
      if (mapping.stored === 'minor') {
        return catalogType !== 'DOUBLE' ? (wholeNumber(column, catalogType, decimal !== null) ?? `money in minor units is stored as an integer, not as ${kindOf(catalogType)}`) : 'money in minor units is stored as an integer, not as DOUBLE'
      }
      if (catalogType === 'DOUBLE') return decimalFromDouble(column, type.scale)
      if (decimal !== null) return scale > 18 ? 'a DECIMAL of more than 18 decimals is not read as money' : decimalFromDecimal(column, Number(decimal[1]), scale, type.scale)
      return INTEGERS.has(catalogType) || WIDE_INTEGERS.has(catalogType) ? decimalFromDecimal(column, 38, 0, type.scale) : `decimal money is stored as DECIMAL or DOUBLE, not as ${kindOf(catalogType)}`
    }
  }
}

function wholeNumber(column: Sql, catalogType: string, isDecimal: boolean): ColumnReader | null {
  if (INTEGERS.has(catalogType)) return { carrier: 'integer', strict: sql`CAST(${column} AS BIGINT)`, canBreak: false, column }
  if (WIDE_INTEGERS.has(catalogType)) return { carrier: 'integer', strict: sql`TRY_CAST(${column} AS BIGINT)`, canBreak: true, column }
  if (catalogType !== 'DOUBLE' && catalogType !== 'FLOAT' && !isDecimal) return null
  const strict = sql`(CASE WHEN ${column} = trunc(${column}) AND abs(${column}) <= ${MAX} THEN CAST(${column} AS BIGINT) END)`
  return { carrier: 'integer', strict, canBreak: true, column }
}

/** Exact only if a decimal of this scale gives this double, which one division, rounded correctly, tells. */
function decimalFromDouble(column: Sql, scale: number): ColumnReader {
  const factor = powerOfTen(scale)
  const units = sql`round(${column} * CAST(${factor} AS DOUBLE))`
  const strict = sql`(CASE WHEN abs(${units}) <= ${MAX} AND ${units} / CAST(${factor} AS DOUBLE) = ${column} THEN CAST(${units} AS BIGINT) END)`
  return { carrier: 'integer', strict, canBreak: true, column }
}

function decimalFromDecimal(column: Sql, width: number, stored: number, scale: number): ColumnReader {
  const factor = sql`CAST(${powerOfTen(scale)} AS DECIMAL(${trusted(String(scale + 1))},0))`
  if (stored <= scale && width + scale + 1 <= 38 && width - stored + scale <= 18) {
    return { carrier: 'integer', strict: sql`CAST(${column} * ${factor} AS BIGINT)`, canBreak: false, column }
  }
  // The cast rounds surplus decimals away; where that changed the value, it was not exact.
  const fitted = sql`TRY_CAST(${column} AS DECIMAL(18,${trusted(String(scale))}))`
  return { carrier: 'integer', strict: sql`(CASE WHEN ${fitted} = ${column} THEN CAST(${fitted} * ${factor} AS BIGINT) END)`, canBreak: true, column }
}

function instant(column: Sql, catalogType: string): ColumnReader | null {
  if (MICROS.has(catalogType)) {
    // NULL for the infinities.
    const micros = sql`epoch_us(${column})`
    return { carrier: 'integer', strict: duckdbDialect.floorDivide(micros, sql`1000`), canBreak: true, column, ticks: { value: micros, perMs: 1000n } }
  }
  if (catalogType === 'TIMESTAMP_NS') {
    const micros = sql`(CASE WHEN isfinite(${column}) THEN ${duckdbDialect.floorDivide(sql`epoch_ns(${column})`, sql`1000`)} END)`
    return { carrier: 'integer', strict: duckdbDialect.floorDivide(micros, sql`1000`), canBreak: true, column, ticks: { value: micros, perMs: 1000n } }
  }
  if (!INTEGERS.has(catalogType)) return null
  const strict = catalogType === 'BIGINT' ? sql`(CASE WHEN ${column} BETWEEN -8640000000000000 AND 8640000000000000 THEN ${column} END)` : sql`CAST(${column} AS BIGINT)`
  return { carrier: 'integer', strict, canBreak: true, column, ticks: { value: strict, perMs: 1n } }
}

function powerOfTen(scale: number): Sql {
  return trusted(`1${'0'.repeat(scale)}`)
}

/** An ENUM lists its values in its type: they are data. */
function kindOf(catalogType: string): string {
  return (/^[A-Z_]+(?: WITH TIME ZONE)?/.exec(catalogType) ?? ['another type'])[0]
}

/** The condition that a column equals a value of the scope; a text says why it cannot. */
export function duckdbScope(name: Sql, catalogType: string, value: string | number | boolean, param: (kind: ParamKind) => Sql): Sql | string {
  const column = sql`s.${name}`
  if (typeof value === 'boolean') return catalogType === 'BOOLEAN' ? sql`${column} = ${param('boolean')}` : 'a scope of true or false needs a BOOLEAN column'
  if (typeof value === 'number') {
    if (!Number.isSafeInteger(value)) return 'a number of the scope is whole'
    return INTEGERS.has(catalogType) || WIDE_INTEGERS.has(catalogType) ? sql`${column} = ${integer(value)}` : 'a scope by number needs an integer column'
  }
  return catalogType === 'VARCHAR' ? sql`${duckdbDialect.text(column)} = ${param('text')}` : sql`${duckdbDialect.castText(column)} = ${param('text')}`
}
