import { describe, expect, test } from 'vitest'
import { AdapterError, CrmError, DataContractError, InvalidInputError, UnsupportedError, errorFromJSON, isCrmError } from './index.ts'
import type { AdapterErrorCode } from './index.ts'

const SECRET = "SELECT * FROM people WHERE name = 'Ada'"
const ADAPTER_CODES: Readonly<Record<AdapterErrorCode, boolean>> = {
  ADAPTER_CLOSED: false,
  DEADLINE_EXCEEDED: false,
  FORBIDDEN: false,
  INTERNAL: false,
  OVERLOADED: true,
  RATE_LIMITED: true,
  RESOURCE_EXHAUSTED: false,
  SNAPSHOT_GONE: false,
  UNAUTHENTICATED: false,
  UNAVAILABLE: true,
}
const codes = Object.entries(ADAPTER_CODES) as [AdapterErrorCode, boolean][]

describe('AdapterError', () => {
  test.each(codes)('%s has three short sentences, and says whether trying again can help', (code, retryable) => {
    const error = new AdapterError(code)
    expect(error.message.match(/[A-Z][^.]*\./g)).toHaveLength(3)
    expect(error.message.length).toBeLessThan(200)
    expect(error.retryable).toBe(retryable)
  })

  test('keeps what the engine said behind debug(): not in the message, in JSON or among its own properties', () => {
    const cause = new Error(SECRET)
    const error = new AdapterError('INTERNAL', { cause, details: { rows: 3 } })
    expect(error.debug()).toBe(cause)
    for (const text of [error.message, String(error), JSON.stringify(error), JSON.stringify({ ...error }), JSON.stringify(Object.entries(error))]) expect(text).not.toContain('SELECT')
  })
})

describe('errorFromJSON', () => {
  test.each([
    new InvalidInputError('BINS_RANGE', 'One. Two. Three.', { bins: 11 }),
    new UnsupportedError('SET_MISSING', 'One. Two. Three.', { set: 'products' }),
    new DataContractError('CURRENCY_MIXED', 'One. Two. Three.', { count: 2 }),
    new AdapterError('RATE_LIMITED', { retryAfterMs: 1500, details: { limit: 10 } }),
    new AdapterError('SNAPSHOT_GONE', { retryable: true }),
  ])('brings $name $code back as it was', (error) => {
    const restored = errorFromJSON(JSON.parse(JSON.stringify(error)))
    expect(restored).toBeInstanceOf(error.constructor)
    expect(restored.toJSON()).toEqual(error.toJSON())
    expect(restored.stack).toBeTypeOf('string')
  })

  test.each([
    null,
    undefined,
    'ECONNRESET',
    42,
    [],
    {},
    { code: 'INTERNAL' },
    { name: 'Error', code: 'X', message: SECRET },
    { name: 'AdapterError', code: 'toString', message: SECRET },
    { name: 'AdapterError', code: '__proto__', message: SECRET },
    { name: 'AdapterError', code: 'NO_SUCH', message: SECRET },
    { name: 'CrmError', code: 'BINS_RANGE', message: SECRET },
  ])('makes INTERNAL of a stranger, and shows nothing of it: %j', (json) => {
    const error = errorFromJSON(json)
    expect(error).toBeInstanceOf(AdapterError)
    expect(error.code).toBe('INTERNAL')
    expect(JSON.stringify(error)).not.toContain('SELECT')
  })

  test('takes the sentences of an adapter error from its code, never from the wire', () => {
    expect(errorFromJSON({ name: 'AdapterError', code: 'FORBIDDEN', message: SECRET }).message).toBe(new AdapterError('FORBIDDEN').message)
  })

  test('takes details only as a record', () => {
    for (const details of ['x', 1, null, undefined]) expect(errorFromJSON({ name: 'InvalidInputError', code: 'BINS_RANGE', message: 'm', details }).details).toEqual({})
  })
})

describe('isCrmError', () => {
  test('knows errors of another copy of the package, and nobody else', () => {
    class Foreign extends Error {
      readonly code = 'BINS_RANGE'
      readonly details = {}
      toJSON(): unknown {
        return {}
      }
    }
    for (const error of [new CrmError('BINS_RANGE', 'm'), new AdapterError('INTERNAL'), new Foreign()]) expect(isCrmError(error)).toBe(true)
    for (const other of [new Error('m'), Object.assign(new Error('m'), { code: 'ENOENT' }), { code: 'BINS_RANGE', details: {}, toJSON: () => ({}) }, null, undefined, 'x']) expect(isCrmError(other)).toBe(false)
  })
})
