import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Scalar } from '../adapter/contract.ts'
import { canonicalJson, decodeCursor, encodeCursor, fingerprintOf } from './cursor.ts'

const scalar: fc.Arbitrary<Scalar | null> = fc.oneof(
  fc.constant(null),
  fc.boolean(),
  fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => value + 0), // a column holds no -0
  fc.string({ unit: 'binary' }),
  fc.string({ unit: fc.constantFrom('a', '"', '\\', '\u0000', 'é', '顧', '😀', '\ud83d', '\udc00', '\u2028') }),
)
const values = fc.array(scalar, { maxLength: 4 })
const request = { set: 'customers', select: ['customerId'], order: [{ field: 'name', direction: 'ascending', nulls: 'last' }] } as const
const refused = expect.objectContaining({ name: 'InvalidInputError', code: 'CURSOR_INVALID' })

describe('a cursor', () => {
  test('brings back any values, NULL and halves of surrogate pairs too, in letters that a URL takes as they are', () => {
    fc.assert(
      fc.property(values, (row) => {
        const cursor = encodeCursor(row, fingerprintOf(request))
        expect(cursor).toMatch(/^[A-Za-z0-9_-]+$/)
        expect(decodeCursor(cursor, fingerprintOf(request))).toEqual(row)
      }),
    )
  })

  test('tells NULL, the text null and the empty text apart', () => {
    const cursors = [null, 'null', ''].map((value) => encodeCursor([value], 'f'))
    expect(new Set(cursors).size).toBe(3)
  })

  test('of another request is refused, whatever differs but limit and after', () => {
    const cursor = encodeCursor(['c1'], fingerprintOf({ ...request, limit: 10 }))
    expect(decodeCursor(cursor, fingerprintOf({ ...request, limit: 20, after: cursor }))).toEqual(['c1'])
    for (const other of [{ ...request, set: 'products' }, { ...request, select: ['name'] }, { ...request, order: [] }, { ...request, snapshot: '1' }, { ...request, where: { op: 'and', of: [] } }]) {
      expect(() => decodeCursor(cursor, fingerprintOf(other))).toThrow(refused)
    }
  })

  test('with any one letter changed, lost or added is refused', () => {
    const cursor = encodeCursor(['Ann', 1250, null, true], fingerprintOf(request))
    const places = [...cursor].flatMap((_, at) => {
      const [before, after] = [cursor.slice(0, at), cursor.slice(at + 1)]
      return [...['A', 'z', '_', ''].map((letter) => before + letter + after), `${before}A${cursor.slice(at)}`]
    })
    const damaged = places.filter((place) => place !== cursor)
    expect(damaged.length).toBeGreaterThan(4 * cursor.length)
    for (const one of damaged) expect(() => decodeCursor(one, fingerprintOf(request)), one).toThrow(refused)
  })

  test('that is none is refused', () => {
    for (const none of ['', '*', 'null', 'W10', 'W10=', '{}', '\u0000', 'x'.repeat(10_000), undefined, 7]) {
      expect(() => decodeCursor(none as string, 'f')).toThrow(refused)
    }
  })

  test('holds nothing but scalars and NULL, also when its seal is right', () => {
    for (const forged of [[{ a: 1 }], [[1]], [undefined, { valueOf: 1 }]]) {
      expect(() => decodeCursor(encodeCursor(forged as never, 'f'), 'f')).toThrow(refused)
    }
  })
})

describe('canonicalJson', () => {
  test('gives equal records one text, whatever the order of their keys and what is undefined', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (record) => {
        const turned = Object.fromEntries([...Object.entries(record).reverse(), [`${Object.keys(record).join('')}!`, undefined]])
        expect(canonicalJson(turned)).toBe(canonicalJson(record))
        expect(JSON.parse(canonicalJson(record))).toEqual(JSON.parse(JSON.stringify(record)))
      }),
    )
  })

  test('gives fingerprints that tell requests apart', () => {
    const prints = Array.from({ length: 20_000 }, (_, i) => fingerprintOf({ ...request, where: { op: 'eq', field: 'city', value: `c${i}` } }))
    expect(new Set(prints).size).toBe(20_000)
  })
})
