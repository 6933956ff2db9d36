import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Column, Expr, FieldType, Scalar } from '../adapter/contract.ts'
import { checkExpr, evaluateInSlices } from './expr.ts'
import { runToEnd } from './steps.ts'
import { columnFromValues } from './testing/columnFromValues.ts'

const TYPES = new Map<string, FieldType>([
  ['name', { kind: 'text' }],
  ['id', { kind: 'id', numericId: true }],
  ['amount', { kind: 'money', currency: 'EUR', scale: 2 }],
  ['isBusiness', { kind: 'boolean' }],
])
type Row = Readonly<Record<string, Scalar | null>>

function columnsOf(rows: readonly Row[]): Map<string, Column> {
  return new Map([...TYPES].map(([name, type]) => [name, columnFromValues(type, rows.map((row) => row[name] ?? null))]))
}

function evaluate(expr: Expr, rows: readonly Row[]): boolean[] {
  checkExpr(expr, TYPES)
  const columns = columnsOf(rows)
  return [...runToEnd(evaluateInSlices(expr, (field) => columns.get(field) as Column, TYPES, rows.length))].map((bit) => bit === 1)
}

const T = { op: 'and', of: [] } as const
const F = { op: 'or', of: [] } as const
const U = { op: 'eq', field: 'amount', value: 1 } as const // over a NULL
const NULL_ROW = [{ name: null, id: null, amount: null, isBusiness: null }]

/** Truth as seen from outside: true, or (by negation) false, or neither. */
function truth(expr: Expr): 'T' | 'F' | 'U' {
  if (evaluate(expr, NULL_ROW)[0]) return 'T'
  return evaluate({ op: 'not', of: expr }, NULL_ROW)[0] ? 'F' : 'U'
}

describe('three-valued logic', () => {
  const values = { T, F, U }
  // Kleene, rows then columns in order T, U, F.
  test.each([
    ['and', ['T', 'U', 'F'], ['U', 'U', 'F'], ['F', 'F', 'F']],
    ['or', ['T', 'T', 'T'], ['T', 'U', 'U'], ['T', 'U', 'F']],
  ] as const)('%s follows the table of Kleene', (op, ...table) => {
    for (const [i, a] of (['T', 'U', 'F'] as const).entries()) {
      for (const [j, b] of (['T', 'U', 'F'] as const).entries()) expect(`${a} ${op} ${b}: ${truth({ op, of: [values[a], values[b]] })}`).toBe(`${a} ${op} ${b}: ${table[i]?.[j]}`)
    }
  })

  test('not of unknown is unknown', () => {
    expect(truth({ op: 'not', of: U })).toBe('U')
    expect(truth({ op: 'not', of: T })).toBe('F')
  })

  test.each(['eq', 'ne', 'lt', 'le', 'gt', 'ge'] as const)('%s with NULL is unknown', (op) => {
    expect(truth({ op, field: 'amount', value: 0 })).toBe('U')
    expect(truth({ op, field: 'name', value: '' })).toBe('U')
  })

  test('in with NULL is unknown, an empty list is false even then, isNull is never unknown', () => {
    expect(truth({ op: 'in', field: 'amount', values: [0] })).toBe('U')
    expect(truth({ op: 'in', field: 'amount', values: [] })).toBe('F')
    expect(truth({ op: 'isNull', field: 'amount' })).toBe('T')
    expect(truth({ op: 'startsWith', field: 'name', value: '', fold: 'none' })).toBe('U')
  })
})

const text = fc.constantFrom('', 'a', 'A', 'ab', 'AB', 'é', '😀', '\uffff', '__proto__', '%', '_')
const numericId = fc.constantFrom('0', '-3', '9', '10', '100')
const amount = fc.integer({ min: -3, max: 3 })
const row = fc.record({ name: fc.option(text), id: fc.option(numericId), amount: fc.option(amount), isBusiness: fc.option(fc.boolean()) })
const comparison = fc.constantFrom('eq', 'ne', 'lt', 'le', 'gt', 'ge')
const { expr: anyExpr } = fc.letrec<{ expr: Expr }>((tie) => ({
  expr: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    fc.record({ op: comparison, field: fc.constant('name'), value: text }),
    fc.record({ op: comparison, field: fc.constant('id'), value: numericId }),
    fc.record({ op: comparison, field: fc.constant('amount'), value: amount }),
    fc.record({ op: fc.constantFrom('eq', 'ne'), field: fc.constant('isBusiness'), value: fc.boolean() }),
    fc.record({ op: fc.constant('in'), field: fc.constant('name'), values: fc.array(text, { maxLength: 3 }) }),
    fc.record({ op: fc.constant('isNull'), field: fc.constantFrom('name', 'amount', 'isBusiness') }),
    fc.record({ op: fc.constantFrom('startsWith', 'contains'), field: fc.constant('name'), value: text, fold: fc.constantFrom('none', 'ascii') }),
    fc.record({ op: fc.constantFrom('and', 'or'), of: fc.array(tie('expr'), { maxLength: 3 }) }),
    fc.record({ op: fc.constant('not'), of: tie('expr') }),
  ) as fc.Arbitrary<Expr>,
}))

/** Slow and obvious: one row, `undefined` = unknown. */
function slow(expr: Expr, of: Row): boolean | undefined {
  if (expr.op === 'not') {
    const inner = slow(expr.of, of)
    return inner === undefined ? undefined : !inner
  }
  if ('of' in expr) {
    const parts = expr.of.map((part) => slow(part, of))
    const ruling = expr.op === 'or'
    return parts.includes(ruling) ? ruling : parts.includes(undefined) ? undefined : !ruling
  }
  const value = of[expr.field] as Scalar | null
  if (expr.op === 'isNull') return value === null
  if ('values' in expr) return expr.values.length === 0 ? false : value === null ? undefined : expr.values.includes(value)
  if (value === null) return undefined
  if ('fold' in expr) {
    const fold = (one: string) => (expr.fold === 'none' ? one : [...one].map((letter) => (letter >= 'A' && letter <= 'Z' ? letter.toLowerCase() : letter)).join(''))
    return expr.op === 'contains' ? fold(value as string).includes(fold(expr.value)) : fold(value as string).startsWith(fold(expr.value))
  }
  const order =
    expr.field === 'name'
      ? Buffer.compare(Buffer.from(value as string), Buffer.from(expr.value as string))
      : Number(value) - Number(expr.value)
  return { eq: order === 0, ne: order !== 0, lt: order < 0, le: order <= 0, gt: order > 0, ge: order >= 0 }[expr.op]
}

test('a filter agrees with an evaluation row by row', () => {
  fc.assert(
    fc.property(anyExpr, fc.array(row, { maxLength: 12 }), (expr, rows) => {
      expect(evaluate(expr, rows)).toEqual(rows.map((one) => slow(expr, one) === true))
    }),
    { numRuns: 500 },
  )
})

test('slices of a long column are evaluated as the whole', () => {
  const rows = Array.from({ length: 70_000 }, (_, i): Row => ({ name: i % 7 === 0 ? null : `n${i}`, id: null, amount: i % 5, isBusiness: null }))
  const expr: Expr = { op: 'or', of: [{ op: 'gt', field: 'amount', value: 3 }, { op: 'contains', field: 'name', value: '99', fold: 'none' }] }
  const wanted = rows.map((one) => slow(expr, one) === true)
  expect(wanted.filter(Boolean).length).toBeGreaterThan(14_000)
  expect(evaluate(expr, rows)).toEqual(wanted)
})

describe('checkExpr', () => {
  let deep: Expr = T
  for (let i = 0; i < 200; i++) deep = { op: 'not', of: deep }
  test.each([
    ['FIELD_UNKNOWN', { op: 'eq', field: 'nobody', value: 1 }],
    ['FIELD_UNKNOWN', { op: 'isNull', field: '__proto__' }],
    ['FIELD_TYPE', { op: 'eq', field: 'name', value: 1 }],
    ['FIELD_TYPE', { op: 'eq', field: 'amount', value: '1' }],
    ['FIELD_TYPE', { op: 'eq', field: 'amount', value: NaN }],
    ['FIELD_TYPE', { op: 'eq', field: 'amount', value: null }],
    ['FIELD_TYPE', { op: 'lt', field: 'isBusiness', value: true }],
    ['FIELD_TYPE', { op: 'in', field: 'amount', values: [1, null] }],
    ['FIELD_TYPE', { op: 'contains', field: 'amount', value: '1', fold: 'none' }],
    ['ID_NOT_NUMERIC', { op: 'lt', field: 'id', value: 'abc' }],
    ['LIST_TOO_LONG', { op: 'in', field: 'amount', values: Array.from({ length: 10_001 }, () => 1) }],
    ['REQUEST_INVALID', { op: 'xor', of: [] }],
    ['REQUEST_INVALID', { op: 'and', of: T }],
    ['REQUEST_INVALID', { op: 'startsWith', field: 'name', value: 'a', fold: 'unicode' }],
    ['REQUEST_INVALID', null],
    ['REQUEST_INVALID', deep],
  ])('%s', (code, expr) => {
    expect(() => checkExpr(expr as Expr, TYPES)).toThrowError(expect.objectContaining({ code }))
  })
})
