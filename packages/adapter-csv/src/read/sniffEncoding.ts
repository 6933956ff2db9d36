import type { ImportDoubt } from '@crm/core/adapter'
import { malformed } from '../faults.ts'

export interface EncodingGuess {
  readonly encoding: string
  readonly doubts: readonly ImportDoubt[]
}

/** First bytes of files that are often taken for CSV. */
const SIGNATURES: readonly (readonly [format: string, bytes: readonly number[]])[] = [
  ['xlsx or zip', [0x50, 0x4b, 0x03, 0x04]],
  ['xls', [0xd0, 0xcf, 0x11, 0xe0]],
  ['pdf', [0x25, 0x50, 0x44, 0x46]],
  ['gzip', [0x1f, 0x8b]],
  ['png', [0x89, 0x50, 0x4e, 0x47]],
  ['jpeg', [0xff, 0xd8, 0xff]],
  ['parquet', [0x50, 0x41, 0x52, 0x31]],
  ['sqlite', [0x53, 0x51, 0x4c, 0x69, 0x74, 0x65, 0x20, 0x66]],
]

/**
 * Suggests how the bytes become text: by the mark at the start, by strict UTF-8, then GB 18030 where the characters are
 * the common ones of Chinese, else windows-1252 with a doubt.
 *
 * @param bytes the beginning of the file; it may end within a character
 * @throws DataContractError `FILE_MALFORMED` for a file that is no text; `details.format` where it is known
 */
export function sniffEncoding(bytes: Uint8Array): EncodingGuess {
  const [a, b, c] = bytes
  if (a === 0xef && b === 0xbb && c === 0xbf) return { encoding: 'utf-8', doubts: [] }
  if (a === 0xff && b === 0xfe) return { encoding: 'utf-16le', doubts: [] }
  if (a === 0xfe && b === 0xff) return { encoding: 'utf-16be', doubts: [] }
  refuseBinary(bytes)
  const wide = wideEncodingOf(bytes)
  if (wide !== null) return { encoding: wide, doubts: ['encoding'] }
  refuseControls(bytes)
  if (decodes(bytes, 'utf-8')) return { encoding: 'utf-8', doubts: [] }
  return { encoding: looksChinese(bytes) && decodes(bytes, 'gb18030') ? 'gb18030' : 'windows-1252', doubts: ['encoding'] }
}

function refuseBinary(bytes: Uint8Array): void {
  const found = SIGNATURES.find(([, signature]) => signature.every((byte, i) => bytes[i] === byte))
  if (found !== undefined) {
    throw malformed(1, 'binary', `this is a file of another format (${found[0]}), not text`, 'Save it as CSV in the program it comes from', { format: found[0] })
  }
}

/** UTF-16 without a mark: of mostly ASCII text every other byte is 0. */
function wideEncodingOf(bytes: Uint8Array): 'utf-16le' | 'utf-16be' | null {
  const zeros = [0, 0]
  for (let i = 0; i < bytes.length; i++) if (bytes[i] === 0) zeros[i & 1] = (zeros[i & 1] as number) + 1
  const [even = 0, odd = 0] = zeros
  const half = bytes.length / 2
  if (odd > half * 0.4 && even < half * 0.05) return 'utf-16le'
  return even > half * 0.4 && odd < half * 0.05 ? 'utf-16be' : null
}

/** Text has tabs and line breaks, and hardly anything else below a blank. A stray NUL is kept. */
function refuseControls(bytes: Uint8Array): void {
  let controls = 0
  for (const byte of bytes) if (byte < 32 && byte !== 9 && byte !== 10 && byte !== 13) controls++
  if (controls > 8 && controls > bytes.length * 0.02) throw malformed(1, 'binary', 'this is no text', 'Save the data as CSV in the program they come from', { format: 'binary' })
}

export function decodes(bytes: Uint8Array, encoding: string): boolean {
  try {
    new TextDecoder(encoding, { fatal: true }).decode(bytes, { stream: true })
    return true
  } catch {
    return false
  }
}

/**
 * Western text has single bytes above 0x7F between ASCII; Chinese has pairs, most of them in the 3,755 common
 * characters (first byte B0-D7) or the punctuation (A1-A3) of GB 2312. Cyrillic and Greek have runs too, but in E0-FF.
 */
function looksChinese(bytes: Uint8Array): boolean {
  let common = 0
  let others = 0
  for (let i = 0; i < bytes.length; i++) {
    const lead = bytes[i] as number
    if (lead < 0x80) continue
    const trail = bytes[i + 1] ?? 0xa1
    if (trail >= 0xa1 && ((lead >= 0xb0 && lead <= 0xd7) || (lead >= 0xa1 && lead <= 0xa3))) common++
    else others++
    if (lead >= 0x81 && trail >= 0x40) i++
  }
  return common > others * 3
}
