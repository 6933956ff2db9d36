import type { Scalar } from '../adapter/contract.ts'
import { InvalidInputError } from '../errors/index.ts'
import { decodeBase64, encodeBase64 } from './base64.ts'

/**
 * A keyset cursor: the sort values of the last row (NULL told apart), sealed together with the fingerprint of the
 * request they belong to. Opaque base64url, safe in a URL.
 */
export function encodeCursor(values: readonly (Scalar | null)[], fingerprint: string): string {
  // JSON escapes lone surrogates itself; the rest of non-ASCII is escaped here so that a byte is a letter.
  const json = JSON.stringify([seal(values, fingerprint), values]).replace(/[^\x20-\x7e]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
  return encodeBase64(Uint8Array.from(json, (letter) => letter.charCodeAt(0)))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replace(/=+$/, '')
}

/** @throws InvalidInputError `CURSOR_INVALID` when the cursor is damaged or belongs to another request */
export function decodeCursor(cursor: string, fingerprint: string): (Scalar | null)[] {
  const values = parse(cursor, fingerprint)
  if (values === null) {
    throw new InvalidInputError(
      'CURSOR_INVALID',
      'The cursor does not belong to this request. Continuing from it would skip or repeat rows. Start again from the first page, or repeat the request that returned the cursor.',
    )
  }
  return values
}

/** A short name of a request without `limit` and `after`: equal requests give equal names, whatever the key order. */
export function fingerprintOf(request: object): string {
  const { limit: _limit, after: _after, ...rest } = request as { limit?: unknown; after?: unknown }
  return hash(canonicalJson(rest))
}

/** JSON with sorted keys and without undefined members. */
export function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`
  if (typeof value === 'object' && value !== null) {
    const members: string[] = []
    for (const key of Object.keys(value).sort()) {
      const member = (value as Record<string, unknown>)[key]
      if (member !== undefined) members.push(`${JSON.stringify(key)}:${canonicalJson(member)}`)
    }
    return `{${members.join(',')}}`
  }
  return JSON.stringify(value) ?? 'null'
}

function parse(cursor: string, fingerprint: string): (Scalar | null)[] | null {
  if (typeof cursor !== 'string') return null
  const standard = cursor.replaceAll('-', '+').replaceAll('_', '/')
  const bytes = decodeBase64(standard + '='.repeat((4 - (standard.length % 4)) % 4))
  if (bytes === null) return null
  let json = ''
  for (const byte of bytes) json += String.fromCharCode(byte)
  let content: unknown
  try {
    content = JSON.parse(json)
  } catch {
    return null
  }
  if (!Array.isArray(content) || content.length !== 2 || !Array.isArray(content[1])) return null
  const values = content[1] as unknown[]
  if (content[0] !== seal(values, fingerprint)) return null
  return values.every((value) => value === null || typeof value === 'string' || typeof value === 'boolean' || Number.isFinite(value))
    ? (values as (Scalar | null)[])
    : null
}

/** Covers the values too: a letter changed in one of them would else be another place, and rows would be skipped. */
function seal(values: readonly unknown[], fingerprint: string): string {
  return hash(fingerprint + JSON.stringify(values))
}

/** FNV-1a over UTF-16 units in two lanes of different offset, 64 bits: tells requests apart, proves nothing. */
export function hash(text: string): string {
  let a = 0x811c9dc5
  let b = 0x9747b28c
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i)
    a = Math.imul(a ^ unit, 0x01000193)
    b = Math.imul(b ^ unit ^ (b >>> 15), 0x85ebca6b)
  }
  return (a >>> 0).toString(36) + (b >>> 0).toString(36)
}
