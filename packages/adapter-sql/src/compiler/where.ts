import type { Expr, Range, Scalar } from '@crm/core/adapter'
import type { Dialect } from './dialect.ts'
import { isNumericId, type Value } from './model.ts'
import { double, integer, join, param, sql, text, type Sql } from './sql.ts'

type Comparison = 'eq' | 'ne' | 'lt' | 'le' | 'gt' | 'ge'

const SIGNS: Readonly<Record<Comparison, Sql>> = { eq: sql`=`, ne: sql`<>`, lt: sql`<`, le: sql`<=`, gt: sql`>`, ge: sql`>=` }

/** A checked filter as a condition with SQL's own three-valued logic, which is Kleene's. */
export function whereSql(expr: Expr, valueOf: (field: string) => Value, dialect: Dialect): Sql {
  switch (expr.op) {
    case 'and':
      return expr.of.length === 0 ? sql`TRUE` : sql`(${join(expr.of.map((part) => whereSql(part, valueOf, dialect)), ' AND ')})`
    case 'or':
      return expr.of.length === 0 ? sql`FALSE` : sql`(${join(expr.of.map((part) => whereSql(part, valueOf, dialect)), ' OR ')})`
    case 'not':
      return sql`(NOT ${whereSql(expr.of, valueOf, dialect)})`
    case 'isNull':
      return sql`(${valueOf(expr.field).value} IS NULL)`
    case 'in':
      return inSql(valueOf(expr.field), expr.values, dialect)
    case 'startsWith':
    case 'contains': {
      const { value } = valueOf(expr.field)
      if (!isWellFormed(expr.value)) return falseOrUnknown(value)
      const folded = expr.fold === 'ascii' ? dialect.foldAscii(value) : value
      const part = text(expr.fold === 'ascii' ? expr.value.replace(/[A-Z]+/g, (capitals) => capitals.toLowerCase()) : expr.value)
      return expr.op === 'contains' ? dialect.contains(folded, part) : dialect.startsWith(folded, part)
    }
    default:
      return compareSql(valueOf(expr.field), expr.op, expr.value, dialect)
  }
}

/** `above < value <= upTo`; NULL lies in no range, so a range without bounds still asks for a value. */
export function rangesSql(ranges: readonly Range[], valueOf: (field: string) => Value, dialect: Dialect): Sql[] {
  return ranges.flatMap(({ field, above, upTo }) => {
    const value = valueOf(field)
    return [
      sql`(${value.value} IS NOT NULL)`,
      ...(above === undefined ? [] : [compareSql(value, 'gt', above, dialect)]),
      ...(upTo === undefined ? [] : [compareSql(value, 'le', upTo, dialect)]),
    ]
  })
}

/** One comparison with a value from outside. */
export function compareSql(field: Value, op: Comparison, scalar: Scalar, dialect: Dialect): Sql {
  const { value, carrier, type } = field
  const sign = SIGNS[op]
  if (typeof scalar === 'string') {
    if (isNumericId(type) && op !== 'eq' && op !== 'ne') return sql`(${dialect.castInteger(value)} ${sign} ${integer(Number(scalar))})`
    return compareText(value, op, sign, scalar)
  }
  if (typeof scalar === 'boolean') return sql`(${value} ${sign} ${param('boolean', scalar)})`
  if (carrier === 'double') return sql`(${value} ${sign} ${double(scalar + 0)})`
  if (Number.isSafeInteger(scalar)) return sql`(${value} ${sign} ${integer(scalar)})`
  return sql`(${dialect.castDouble(value)} ${sign} ${double(scalar)})`
}

/**
 * Engines that store UTF-8 cannot hold a lone surrogate, and their drivers replace it silently. No stored text equals
 * one; it sorts between U+D7FF and U+E000, so in an ordering the text up to it, followed by U+E000, stands in.
 */
function compareText(value: Sql, op: Comparison, sign: Sql, scalar: string): Sql {
  if (isWellFormed(scalar)) return sql`(${value} ${sign} ${text(scalar)})`
  if (op === 'eq') return falseOrUnknown(value)
  if (op === 'ne') return sql`(${value} IS NOT NULL OR CAST(NULL AS BOOLEAN))`
  const standIn = text(scalar.slice(0, scalar.search(LONE_SURROGATE)) + '\ue000')
  return op === 'lt' || op === 'le' ? sql`(${value} < ${standIn})` : sql`(${value} >= ${standIn})`
}

/** Lists longer than this travel as one text: 10,000 parameters take DuckDB 0.3 s to parse, one takes 2 ms. */
const MOST_PARAMS = 32
const SEPARATORS = ['\x1f', '\x1e', '\x1d', '\x1c', '\x01', '\x02', '\x03', '\n']

function inSql({ value, carrier }: Value, values: readonly Scalar[], dialect: Dialect): Sql {
  if (values.length === 0) return sql`FALSE`
  // What the column cannot hold is equal to none of its values.
  const items = [...new Set(values)].filter((item) => (typeof item === 'string' ? isWellFormed(item) : carrier !== 'integer' || Number.isSafeInteger(item)))
  if (items.length === 0) return falseOrUnknown(value)
  return listSql(value, carrier, items, dialect)
}

/** Whether a value is one of several that its column could hold. */
export function listSql(value: Sql, carrier: Value['carrier'], items: readonly (Scalar | bigint)[], dialect: Dialect): Sql {
  if (items.length > MOST_PARAMS && carrier !== 'boolean') {
    const separator = SEPARATORS.find((one) => typeof items[0] !== 'string' || !items.some((item) => (item as string).includes(one)))
    if (separator !== undefined) {
      const parts = sql`(${dialect.splitText(text(items.map(String).join(separator)), text(separator))})`
      const column = carrier === 'text' ? dialect.text(sql`part`) : carrier === 'integer' ? dialect.castInteger(sql`part`) : dialect.castDouble(sql`part`)
      return sql`(${value} IN (SELECT ${column} FROM ${parts} AS listed(part)))`
    }
  }
  const params = items.map((item) => (typeof item === 'string' ? text(item) : typeof item === 'boolean' ? param('boolean', item) : carrier === 'double' ? double(Number(item) + 0) : integer(item)))
  return sql`(${value} IN (${join(params, ', ')}))`
}

/** False, or unknown for NULL. */
function falseOrUnknown(value: Sql): Sql {
  return sql`(${value} IS NULL AND CAST(NULL AS BOOLEAN))`
}

const LONE_SURROGATE = /\p{Surrogate}/u

export function isWellFormed(value: string): boolean {
  return !LONE_SURROGATE.test(value)
}
