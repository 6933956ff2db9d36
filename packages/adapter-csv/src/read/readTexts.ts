import type { ImportSource } from '@crm/core/adapter'
import { malformed } from '../faults.ts'
import { createTextReader, UndecodableBytes, withoutBom } from './decodeText.ts'
import { readBytes } from './readBytes.ts'
import { sniffEncoding } from './sniffEncoding.ts'

/** A piece of text and how much of the source it takes the reading to. */
export interface TextPiece {
  readonly text: string
  readonly bytes: number
}

/** Characters parsed at once: 1 ms of work. */
const PIECE = 32 * 1024

/** Bytes of the beginning that tell the encoding and refuse other formats. */
const PROBE_BYTES = 64 * 1024

/**
 * The text of a source in pieces. A text counts one byte a character.
 *
 * @param line line on which the text begins that no record has used; asked for only when a byte cannot be decoded
 * @throws DataContractError `FILE_MALFORMED` for bytes that are none of the encoding
 */
export async function* readTexts(source: ImportSource, encoding: string, signal: AbortSignal, line: () => number): AsyncGenerator<TextPiece, void, undefined> {
  if (typeof source === 'string') {
    yield* pieces(withoutBom(source), source.length)
    return
  }
  const reader = createTextReader(encoding)
  let bytes = 0
  let isFirst = true
  let head: Uint8Array | null = null
  for await (const chunk of readBytes(source, signal)) {
    if (isFirst) sniffEncoding(chunk.subarray(0, PROBE_BYTES)) // refuses what is no text
    isFirst = false
    head ??= chunk.slice(0, PROBE_BYTES)
    bytes += chunk.length
    yield* pieces(decoded(() => reader.decode(chunk), chunk), bytes)
  }
  yield* pieces(decoded(() => reader.end(), head ?? new Uint8Array(0)), bytes)

  function decoded(decode: () => string, near: Uint8Array): string {
    try {
      return decode()
    } catch (error) {
      if (!(error instanceof UndecodableBytes)) throw error
      const suggested = sniffEncoding(near).encoding
      throw malformed(line() + error.breaks, 'encoding', `bytes that are not ${encoding}`, `Read the file as ${suggested === encoding ? 'another encoding' : suggested}, or save it as UTF-8`, {
        encoding,
        ...(suggested === encoding ? {} : { suggestedEncoding: suggested }),
      })
    }
  }
}

function* pieces(text: string, bytes: number): Generator<TextPiece, void, undefined> {
  if (text.length <= PIECE) {
    if (text !== '') yield { text, bytes }
    return
  }
  const before = bytes - text.length
  for (let start = 0; start < text.length; start += PIECE) {
    const piece = text.slice(start, start + PIECE)
    yield { text: piece, bytes: Math.max(0, Math.min(bytes, before + start + piece.length)) }
  }
}
