import type { Column, Expr, FieldType, Scalar, Steps } from '../adapter/contract.ts'
import { InvalidInputError } from '../errors/index.ts'
import { columnKindOf, viewOf } from './columns.ts'
import { compareText, containsText, foldAscii, isNumericId, startsWithText } from './text.ts'

/** Longest list of `in`, and the deepest nesting: both bound what one request may cost. */
export const MAX_IN_VALUES = 10_000
const MAX_DEPTH = 100

/**
 * Checks a filter against the fields it may name, before any work.
 *
 * @throws InvalidInputError `FIELD_UNKNOWN`, `FIELD_TYPE`, `ID_NOT_NUMERIC`, `LIST_TOO_LONG`, `REQUEST_INVALID`
 */
export function checkExpr(expr: Expr, fields: ReadonlyMap<string, FieldType>, depth = 0): void {
  if (typeof expr !== 'object' || expr === null || depth > MAX_DEPTH) throw notAnExpr()
  switch (expr.op) {
    case 'and':
    case 'or':
      if (!Array.isArray(expr.of)) throw notAnExpr()
      for (const part of expr.of) checkExpr(part, fields, depth + 1)
      return
    case 'not':
      return checkExpr(expr.of, fields, depth + 1)
    case 'isNull':
      fieldType(expr.field, fields)
      return
    case 'in': {
      const type = fieldType(expr.field, fields)
      if (!Array.isArray(expr.values)) throw notAnExpr()
      if (expr.values.length > MAX_IN_VALUES) {
        throw new InvalidInputError(
          'LIST_TOO_LONG',
          `The list of "in" has ${expr.values.length} values, more than ${MAX_IN_VALUES}. It would not fit the engines behind other adapters. Describe the customers by a rule instead.`,
          { values: expr.values.length, limit: MAX_IN_VALUES },
        )
      }
      for (const value of expr.values) checkScalar(expr.field, type, value, expr.op)
      return
    }
    case 'startsWith':
    case 'contains': {
      const type = fieldType(expr.field, fields)
      if (columnKindOf(type) !== 'text' || typeof expr.value !== 'string') throw wrongType(expr.field, type, expr.op)
      if (expr.fold !== 'none' && expr.fold !== 'ascii') throw notAnExpr()
      return
    }
    case 'eq':
    case 'ne':
    case 'lt':
    case 'le':
    case 'gt':
    case 'ge':
      return checkScalar(expr.field, fieldType(expr.field, fields), expr.value, expr.op)
    default:
      throw notAnExpr()
  }
}

/**
 * Evaluates a checked filter over columns of `rows` rows, in slices: 1 where it is true, 0 where it is false or unknown.
 *
 * Three-valued after Kleene: a comparison with NULL is unknown, `not` of unknown is unknown. The filter is prepared once.
 */
export function* evaluateInSlices(expr: Expr, columnOf: (field: string) => Column, types: ReadonlyMap<string, FieldType>, rows: number): Steps<Uint8Array> {
  const evaluate = compileExpr(expr, types)
  if (rows <= STEP_ROWS) return onlyTrue(evaluate(columnOf, rows))
  const truth = new Uint8Array(rows)
  for (let start = 0; start < rows; start += STEP_ROWS) {
    const end = Math.min(rows, start + STEP_ROWS)
    truth.set(onlyTrue(evaluate((field) => viewOf(columnOf(field), start, end), end - start)), start)
    yield
  }
  return truth
}

const FALSE = 0
const TRUE = 1
const UNKNOWN = 2

/** Rows of one slice of {@link evaluateInSlices}: below 2 ms for a filter of a few parts. */
const STEP_ROWS = 32_768

type Evaluate = (columnOf: (field: string) => Column, rows: number) => Uint8Array

function onlyTrue(truth: Uint8Array): Uint8Array {
  for (let row = 0; row < truth.length; row++) if (truth[row] === UNKNOWN) truth[row] = FALSE
  return truth
}

function compileExpr(expr: Expr, types: ReadonlyMap<string, FieldType>): Evaluate {
  switch (expr.op) {
    case 'and':
    case 'or': {
      // `and` is ruled by FALSE and neutral in TRUE; `or` the other way round.
      const ruling = expr.op === 'and' ? FALSE : TRUE
      const parts = expr.of.map((part) => compileExpr(part, types))
      return (columnOf, rows) => {
        const truth = new Uint8Array(rows).fill(1 - ruling)
        for (const part of parts) {
          const other = part(columnOf, rows)
          for (let row = 0; row < rows; row++) {
            const b = other[row] as number
            if (b === ruling) truth[row] = ruling
            else if (b === UNKNOWN && truth[row] !== ruling) truth[row] = UNKNOWN
          }
        }
        return truth
      }
    }
    case 'not': {
      const inner = compileExpr(expr.of, types)
      return (columnOf, rows) => {
        const truth = inner(columnOf, rows)
        for (let row = 0; row < rows; row++) if (truth[row] !== UNKNOWN) truth[row] = 1 - (truth[row] as number)
        return truth
      }
    }
    case 'isNull':
      return (columnOf, rows) => evaluateNull(columnOf(expr.field), rows)
    case 'in':
      if (expr.values.length === 0) return (_, rows) => new Uint8Array(rows)
  }
  const test = leafTest(expr, types.get(expr.field) as FieldType)
  return (columnOf, rows) => evaluateLeaf(columnOf(expr.field), test, rows)
}

function evaluateNull(column: Column, rows: number): Uint8Array {
  const truth = new Uint8Array(rows)
  if (column.kind === 'text') {
    for (let row = 0; row < rows; row++) truth[row] = (column.codes[row] as number) < 0 ? TRUE : FALSE
  } else if (column.validity !== undefined) {
    for (let row = 0; row < rows; row++) truth[row] = 1 - (column.validity[row] as number)
  }
  return truth
}

function evaluateLeaf(column: Column, test: (value: Scalar) => boolean, rows: number): Uint8Array {
  const truth = new Uint8Array(rows)
  if (column.kind === 'text') {
    const { codes, dictionary } = column
    // Each text once, and none that no row holds; a dictionary much longer than the slice would cost more than it saves.
    const known = dictionary.length <= 2 * rows ? new Uint8Array(dictionary.length).fill(UNKNOWN) : null
    for (let row = 0; row < rows; row++) {
      const code = codes[row] as number
      if (code < 0) truth[row] = UNKNOWN
      else if (known === null) truth[row] = test(dictionary[code] as string) ? TRUE : FALSE
      else {
        if (known[code] === UNKNOWN) known[code] = test(dictionary[code] as string) ? TRUE : FALSE
        truth[row] = known[code] as number
      }
    }
    return truth
  }
  const { values, validity } = column
  const isBoolean = column.kind === 'boolean'
  for (let row = 0; row < rows; row++) {
    if (validity !== undefined && validity[row] === 0) truth[row] = UNKNOWN
    else truth[row] = test(isBoolean ? values[row] === 1 : (values[row] as number)) ? TRUE : FALSE
  }
  return truth
}

type Leaf = Exclude<Expr, { op: 'and' | 'or' | 'not' | 'isNull' }>

function leafTest(expr: Leaf, type: FieldType): (value: Scalar) => boolean {
  if (expr.op === 'in') {
    const wanted = new Set<Scalar>(expr.values)
    return (value) => wanted.has(value)
  }
  if (expr.op === 'startsWith' || expr.op === 'contains') {
    const fold = expr.fold === 'ascii' ? foldAscii : (text: string) => text
    const part = fold(expr.value)
    return expr.op === 'contains' ? (value) => containsText(fold(value as string), part) : (value) => startsWithText(fold(value as string), part)
  }
  const { op, value: wanted } = expr
  if (op === 'eq') return (value) => value === wanted
  if (op === 'ne') return (value) => value !== wanted
  if (typeof wanted === 'string' && !(type.kind === 'id' && type.numericId)) {
    if (op === 'lt') return (value) => compareText(value as string, wanted) < 0
    if (op === 'le') return (value) => compareText(value as string, wanted) <= 0
    if (op === 'gt') return (value) => compareText(value as string, wanted) > 0
    return (value) => compareText(value as string, wanted) >= 0
  }
  const limit = Number(wanted)
  if (op === 'lt') return (value) => Number(value) < limit
  if (op === 'le') return (value) => Number(value) <= limit
  if (op === 'gt') return (value) => Number(value) > limit
  return (value) => Number(value) >= limit
}

function checkScalar(field: string, type: FieldType, value: unknown, op: string): void {
  const kind = columnKindOf(type)
  if (kind === 'text') {
    if (typeof value !== 'string') throw wrongType(field, type, op)
    if (type.kind === 'id' && type.numericId && !isNumericId(value)) {
      throw new InvalidInputError(
        'ID_NOT_NUMERIC',
        `The filter compares "${field}" with a text that is no whole number. This id is ordered by number on every engine. Pass the id in decimal digits.`,
        { field },
      )
    }
  } else if (kind === 'boolean') {
    if (typeof value !== 'boolean' || (op !== 'eq' && op !== 'ne' && op !== 'in')) throw wrongType(field, type, op)
  } else if (!Number.isFinite(value)) {
    throw wrongType(field, type, op)
  }
}

function fieldType(field: unknown, fields: ReadonlyMap<string, FieldType>): FieldType {
  const type = typeof field === 'string' ? fields.get(field) : undefined
  if (type === undefined) throw unknownField(field)
  return type
}

/** For everything that names a field: filters, orders, selections, axes, ranges. */
export function unknownField(field: unknown): InvalidInputError {
  const name = typeof field === 'string' ? field : String(typeof field)
  return new InvalidInputError('FIELD_UNKNOWN', `There is no field "${name}" here. The request cannot be answered without it. Use a field of the schema.`, {
    field: name,
  })
}

function wrongType(field: string, type: FieldType, op: string): InvalidInputError {
  return new InvalidInputError(
    'FIELD_TYPE',
    `"${op}" with this value does not fit the field "${field}" of kind "${type.kind}". The comparison would mean something else on every engine. Text takes strings, numbers take finite numbers, booleans take eq, ne and in; use isNull for NULL.`,
    { field, kind: type.kind, op },
  )
}

function notAnExpr(): InvalidInputError {
  return new InvalidInputError(
    'REQUEST_INVALID',
    `The filter is no expression, or it is nested deeper than ${MAX_DEPTH}. It cannot be evaluated. Pass an Expr as the contract describes it.`,
  )
}
