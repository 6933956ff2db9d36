import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { canonicalRequest } from './canonicalRequest.ts'

const shuffled = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(shuffled)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([key, item]) => [key, shuffled(item)]),
  )
}

describe('canonicalRequest', () => {
  it('is JSON with the keys sorted, at every level', () => {
    expect(canonicalRequest({ b: [1, { z: 'é"', y: null }], a: true })).toBe('{"a":true,"b":[1,{"y":null,"z":"é\\""}]}')
  })

  it('leaves out properties that are undefined, as JSON does', () => {
    expect(canonicalRequest({ spec: 1, selection: undefined })).toBe(canonicalRequest({ spec: 1 }))
  })

  it('tells numbers that JSON cannot write from null', () => {
    expect(new Set([NaN, Infinity, -Infinity, null, 'NaN'].map((value) => canonicalRequest([value]))).size).toBe(5)
  })

  it('takes a key named __proto__ as a key', () => {
    expect(canonicalRequest(JSON.parse('{"__proto__":{"a":1}}'))).toBe('{"__proto__":{"a":1}}')
  })

  it('takes records without a prototype', () => {
    expect(canonicalRequest(Object.assign(Object.create(null), { a: 1 }))).toBe('{"a":1}')
  })

  it.each([
    ['Date', { asOf: new Date(0) }],
    ['Map', new Map()],
    ['Float64Array', { values: new Float64Array(1) }],
    ['function', { finish: () => 1 }],
    ['symbol', [Symbol('a')]],
    ['bigint', 1n],
  ])('refuses a %s, and names it', (kind, request) => {
    expect(() => canonicalRequest(request)).toThrow(expect.objectContaining({ code: 'REQUEST_INVALID', message: expect.stringContaining(kind) }))
  })

  it('refuses a cycle instead of overflowing the stack', () => {
    const request: Record<string, unknown> = {}
    request['self'] = request
    expect(() => canonicalRequest(request)).toThrow(expect.objectContaining({ code: 'REQUEST_INVALID' }))
  })

  it('does not depend on the order of keys, and parses back to the request', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 4 }), (request) => {
        const key = canonicalRequest(request)
        expect(canonicalRequest(shuffled(request))).toBe(key)
        expect(JSON.parse(key)).toEqual(JSON.parse(JSON.stringify(request)))
      }),
    )
  })
})
