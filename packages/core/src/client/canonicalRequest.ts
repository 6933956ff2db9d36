import { InvalidInputError } from '../errors/index.ts'

/** Deeper than any request; a cycle ends here. */
const MAX_DEPTH = 64

/**
 * One text per meaning of a request: keys sorted, properties that are `undefined` left out.
 *
 * For query keys: `['crm', client.id, client.dataVersion, operation.name, canonicalRequest(request)]`.
 *
 * @param request plain JSON: records, arrays, strings, numbers, booleans, null
 * @returns JSON; only `NaN` and the infinities, which JSON lacks, stand for themselves, so that they differ from null
 * @throws InvalidInputError `REQUEST_INVALID` for a Date, a Map, a function, a typed array, a cycle
 * @example
 * canonicalRequest({ b: [1, null], a: undefined }) // '{"b":[1,null]}'
 */
export function canonicalRequest(request: unknown): string {
  return write(request, 0)
}

function write(value: unknown, depth: number): string {
  if (value === null || value === undefined) return 'null'
  if (typeof value === 'number') return Number.isFinite(value) ? JSON.stringify(value) : String(value)
  if (typeof value === 'string' || typeof value === 'boolean') return JSON.stringify(value)
  if (depth < MAX_DEPTH) {
    if (Array.isArray(value)) return `[${value.map((item) => write(item, depth + 1)).join()}]`
    if (isRecord(value)) {
      const entries = Object.keys(value).filter((key) => value[key] !== undefined)
      return `{${entries.sort().map((key) => `${JSON.stringify(key)}:${write(value[key], depth + 1)}`).join()}}`
    }
  }
  throw new InvalidInputError(
    'REQUEST_INVALID',
    `A request holds ${depth < MAX_DEPTH ? `a ${kindOf(value)}` : `more than ${MAX_DEPTH} levels`}. It is the key of a cache and travels to workers and servers, so it must be plain JSON. Pass records, arrays, strings, finite numbers, booleans and null; an instant is epoch milliseconds.`,
  )
}

function isRecord(value: unknown): value is Record<string, unknown> {
  if (typeof value !== 'object' || value === null) return false
  // By depth of the chain, not by identity: a record of another realm (an iframe, a test's sandbox) is a record too.
  const prototype: unknown = Object.getPrototypeOf(value)
  return prototype === null || Object.getPrototypeOf(prototype) === null
}

function kindOf(value: unknown): string {
  return typeof value === 'object' && value !== null ? Object.prototype.toString.call(value).slice(8, -1) : typeof value
}
