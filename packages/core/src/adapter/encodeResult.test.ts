import { isDeepStrictEqual } from 'node:util'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { decodeBase64, encodeBase64 } from '../shared/base64.ts'
import { decodeResult, encodeResult } from './encodeResult.ts'

const roundTrip = (value: unknown) => decodeResult(JSON.parse(JSON.stringify(encodeResult(value))))

describe('encodeResult', () => {
  test('and decodeResult bring back any plain data with typed arrays, over JSON text', () => {
    const typed = fc.oneof(
      fc.float64Array(),
      fc.int32Array(),
      fc.uint8Array(),
      fc.uint16Array(),
      fc.float32Array(),
    )
    const { data } = fc.letrec((tie) => ({
      data: fc.oneof(
        { maxDepth: 4 },
        typed,
        fc.string({ unit: 'binary' }),
        fc.double(),
        fc.boolean(),
        fc.constant(null),
        fc.array(tie('data'), { maxLength: 4 }),
        fc.dictionary(fc.oneof(fc.string(), fc.constantFrom('__proto__', 'constructor', '$crm', 'toString', 'data')), tie('data'), { maxKeys: 4, noNullPrototype: true }),
      ),
    }))
    fc.assert(
      fc.property(data, (value) => {
        // Not toStrictEqual: it takes a member named `constructor` for the class.
        expect(isDeepStrictEqual(roundTrip(value), value)).toBe(true)
      }),
      { numRuns: 500 },
    )
  })

  test('keeps NaN, -0 and infinities inside and outside of typed arrays', () => {
    const back = roundTrip({ column: Float64Array.of(NaN, -0, Infinity, -Infinity, 5e-324), number: -0, none: NaN }) as { column: Float64Array; number: number; none: number }
    expect([...back.column].map((value) => Object.is(value, -0))).toEqual([false, true, false, false, false])
    expect(back.column).toEqual(Float64Array.of(NaN, -0, Infinity, -Infinity, 5e-324))
    expect(Object.is(back.number, -0)).toBe(true)
    expect(back.none).toBeNaN()
  })

  test('writes little-endian base64, the same on every machine', () => {
    expect(encodeResult(Float64Array.of(1))).toEqual({ $crm: 'Float64Array', data: 'AAAAAAAA8D8=' })
  })

  test('encodes a view into a larger buffer without the rest of it', () => {
    expect(roundTrip(Int32Array.of(1, 2, 3, 4).subarray(1, 3))).toEqual(Int32Array.of(2, 3))
  })

  test('brings a member named __proto__ back as a member and leaves the prototype alone', () => {
    const back = roundTrip(JSON.parse('{"__proto__":{"isAdmin":true}}')) as Record<string, unknown>
    expect(Object.keys(back)).toEqual(['__proto__'])
    expect(Object.getPrototypeOf(back)).toBe(Object.prototype)
    expect(back['isAdmin']).toBeUndefined()
  })

  test('leaves out undefined members and freezes records', () => {
    const back = roundTrip({ a: undefined, b: [{ c: 1 }] }) as { b: object[] }
    expect(Object.keys(back)).toEqual(['b'])
    expect(Object.isFrozen(back) && Object.isFrozen(back.b) && Object.isFrozen(back.b[0])).toBe(true)
  })

  const cycle: Record<string, unknown> = {}
  cycle['self'] = cycle
  test.each([
    ['a function', () => 1],
    ['a symbol', Symbol('x')],
    ['a bigint', 1n],
    ['a Map', new Map()],
    ['a Date', new Date(0)],
    ['a class instance', new (class Point {})()],
    ['a DataView', new DataView(new ArrayBuffer(1))],
    ['a cycle', cycle],
  ])('refuses %s', (_, value) => {
    expect(() => encodeResult({ value })).toThrowError(expect.objectContaining({ code: 'REQUEST_INVALID' }))
  })

  test.each([
    ['an unknown type', { $crm: 'Function', data: '' }],
    ['a type of the prototype', { $crm: 'constructor', data: '' }],
    ['damaged base64', { $crm: 'Uint8Array', data: 'A' }],
    ['half a number', { $crm: 'Float64Array', data: 'AAAA' }],
    ['a number that JSON could hold', { $crm: 'number', data: '1' }],
    ['a tagged record without data', { $crm: 'record' }],
    ['no JSON', undefined],
  ])('decodeResult refuses %s', (_, encoded) => {
    expect(() => decodeResult(encoded)).toThrowError(expect.objectContaining({ code: 'REQUEST_INVALID' }))
  })
})

describe('base64', () => {
  test('equals that of the host for any bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        const text = encodeBase64(bytes)
        expect(text).toBe(Buffer.from(bytes).toString('base64'))
        expect(decodeBase64(text)).toEqual(new Uint8Array(bytes))
      }),
    )
    const long = Uint8Array.from({ length: 100_001 }, (_, i) => i * 7)
    expect(encodeBase64(long)).toBe(Buffer.from(long).toString('base64'))
  })

  test.each(['A', 'AA', 'AAA', 'A===', 'AA=A', 'AB==', 'AAB=', 'A A=', 'AAA-', 'ÀAAA'])('refuses %j', (text) => {
    expect(decodeBase64(text)).toBeNull()
  })
})
