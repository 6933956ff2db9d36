import { InvalidInputError } from '../errors/index.ts'
import { decodeBase64, encodeBase64 } from '../shared/base64.ts'

/** What {@link encodeResult} returns: plain JSON. */
export type EncodedResult = string | number | boolean | null | readonly EncodedResult[] | { readonly [key: string]: EncodedResult }

const ARRAYS = {
  Int8Array,
  Uint8Array,
  Uint8ClampedArray,
  Int16Array,
  Uint16Array,
  Int32Array,
  Uint32Array,
  Float32Array,
  Float64Array,
} as const
type ArrayName = keyof typeof ARRAYS
type TypedArray = InstanceType<(typeof ARRAYS)[ArrayName]>

/** Marks what JSON cannot hold. A record that has this key itself is wrapped. */
const TAG = '$crm'
const IS_LITTLE_ENDIAN = new Uint8Array(Uint16Array.of(1).buffer)[0] === 1
const MAX_DEPTH = 200

/**
 * The one JSON form of results and batches: for files, HTTP, server rendering and round trips.
 *
 * Typed arrays become `{ $crm: type, data: base64 }`, little-endian, so NaN, -0 and infinities survive; `undefined`
 * members of records are left out.
 *
 * @throws InvalidInputError `REQUEST_INVALID` for what is no plain data: functions, symbols, bigints, Maps, class
 * instances, cycles
 * @example decodeResult(JSON.parse(JSON.stringify(encodeResult(grid)))) // equal to grid
 */
export function encodeResult(value: unknown): EncodedResult {
  return encode(value, 0)
}

/**
 * Restores what {@link encodeResult} made. Records are frozen, as results are; typed arrays are new.
 *
 * @throws InvalidInputError `REQUEST_INVALID` for anything else
 */
export function decodeResult(encoded: unknown): unknown {
  return decode(encoded, 0)
}

function encode(value: unknown, depth: number): EncodedResult {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return value
  if (typeof value === 'number') return Number.isFinite(value) && !Object.is(value, -0) ? value : { [TAG]: 'number', data: Object.is(value, -0) ? '-0' : String(value) }
  if (value === undefined) return { [TAG]: 'undefined' }
  if (typeof value !== 'object' || depth > MAX_DEPTH) throw notPlain()
  if (Array.isArray(value)) return value.map((item) => encode(item, depth + 1))
  if (ArrayBuffer.isView(value)) {
    const name = (Object.keys(ARRAYS) as ArrayName[]).find((one) => value instanceof ARRAYS[one])
    if (name === undefined) throw notPlain()
    return { [TAG]: name, data: encodeBase64(bytesOf(value as TypedArray)) }
  }
  const prototype: unknown = Object.getPrototypeOf(value)
  // Plain by shape, not by identity: records of a worker or another realm have another Object.
  if (prototype !== null && Object.getPrototypeOf(prototype) !== null) throw notPlain()
  if (Object.prototype.toString.call(value) !== '[object Object]') throw notPlain()
  const members = Object.entries(value)
    .filter(([, member]) => member !== undefined)
    .map(([key, member]): [string, EncodedResult] => [key, encode(member, depth + 1)])
  // fromEntries defines own members, `__proto__` too; an assignment would set the prototype instead.
  const record = Object.fromEntries(members)
  return Object.hasOwn(record, TAG) ? { [TAG]: 'record', data: record } : record
}

function decode(encoded: unknown, depth: number): unknown {
  if (encoded === null || typeof encoded === 'string' || typeof encoded === 'boolean' || typeof encoded === 'number') return encoded
  if (typeof encoded !== 'object' || depth > MAX_DEPTH + 1) throw notEncoded()
  if (Array.isArray(encoded)) return Object.freeze(encoded.map((item) => decode(item, depth + 1)))
  if (!Object.hasOwn(encoded, TAG)) return decodeRecord(encoded, depth)
  const { [TAG]: tag, data } = encoded as { [TAG]: unknown; data?: unknown }
  if (tag === 'undefined') return undefined
  if (tag === 'number' && (data === 'NaN' || data === 'Infinity' || data === '-Infinity' || data === '-0')) return Number(data)
  if (tag === 'record' && typeof data === 'object' && data !== null) return decodeRecord(data, depth)
  if (typeof tag === 'string' && Object.hasOwn(ARRAYS, tag) && typeof data === 'string') {
    const make = ARRAYS[tag as ArrayName]
    const bytes = decodeBase64(data)
    if (bytes !== null && bytes.length % make.BYTES_PER_ELEMENT === 0) return new make(swapped(bytes, make.BYTES_PER_ELEMENT).buffer)
  }
  throw notEncoded()
}

function decodeRecord(encoded: object, depth: number): object {
  return Object.freeze(Object.fromEntries(Object.entries(encoded).map(([key, member]) => [key, decode(member, depth + 1)])))
}

function bytesOf(values: TypedArray): Uint8Array {
  return swapped(new Uint8Array(values.buffer, values.byteOffset, values.byteLength), values.BYTES_PER_ELEMENT)
}

/** To and from little-endian; a copy only on a big-endian machine. */
function swapped<Bytes extends Uint8Array>(bytes: Bytes, size: number): Bytes {
  if (IS_LITTLE_ENDIAN || size === 1) return bytes
  const copy = bytes.slice() as Bytes
  for (let at = 0; at < copy.length; at += size) copy.subarray(at, at + size).reverse()
  return copy
}

function notPlain(): InvalidInputError {
  return new InvalidInputError(
    'REQUEST_INVALID',
    'The value holds something that is no plain data, or it is nested too deeply. It would be lost in JSON. Pass results and batches as the kit returned them.',
  )
}

function notEncoded(): InvalidInputError {
  return new InvalidInputError('REQUEST_INVALID', 'The value was not made by encodeResult, or it is damaged. It cannot be restored. Pass the JSON as it was written.')
}
