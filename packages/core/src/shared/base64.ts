const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'
const ENCODE: Uint8Array = Uint8Array.from(ALPHABET, (letter) => letter.charCodeAt(0))
const DECODE: Uint8Array = new Uint8Array(256).fill(255)
for (let i = 0; i < 64; i++) DECODE[ALPHABET.charCodeAt(i)] = i

/** Base64 with padding (RFC 4648, section 4). Core may use neither `btoa` nor `Buffer`. */
export function encodeBase64(bytes: Uint8Array): string {
  const pieces: string[] = []
  // 24,576 bytes give 32,768 letters a piece: below the argument limit of every engine.
  for (let from = 0; from < bytes.length; from += 24_576) pieces.push(encodePiece(bytes.subarray(from, from + 24_576)))
  return pieces.join('')
}

/** The bytes, or null when the text is not canonical base64. */
export function decodeBase64(text: string): Uint8Array<ArrayBuffer> | null {
  if (text.length % 4 !== 0) return null
  const padding = text.endsWith('==') ? 2 : text.endsWith('=') ? 1 : 0
  const bytes = new Uint8Array((text.length / 4) * 3 - padding)
  let at = 0
  for (let i = 0; i < text.length; i += 4) {
    const last = i + 4 === text.length
    const c = last && padding === 2 ? 0 : sixBits(text, i + 2)
    const d = last && padding > 0 ? 0 : sixBits(text, i + 3)
    const a = sixBits(text, i)
    const b = sixBits(text, i + 1)
    if ((a | b | c | d) > 63) return null
    const three = (a << 18) | (b << 12) | (c << 6) | d
    if (last && padding > 0 && (three & (padding === 2 ? 0xffff : 0xff)) !== 0) return null
    bytes[at++] = three >> 16
    if (at < bytes.length) bytes[at++] = (three >> 8) & 255
    if (at < bytes.length) bytes[at++] = three & 255
  }
  return bytes
}

function sixBits(text: string, at: number): number {
  const unit = text.charCodeAt(at)
  return unit < 256 ? (DECODE[unit] as number) : 255
}

function encodePiece(bytes: Uint8Array): string {
  const letters = new Uint8Array(Math.ceil(bytes.length / 3) * 4).fill(61)
  let at = 0
  for (let i = 0; i < bytes.length; i += 3) {
    const left = bytes.length - i
    const three = ((bytes[i] as number) << 16) | ((left > 1 ? (bytes[i + 1] as number) : 0) << 8) | (left > 2 ? (bytes[i + 2] as number) : 0)
    letters[at++] = ENCODE[three >> 18] as number
    letters[at++] = ENCODE[(three >> 12) & 63] as number
    if (left > 1) letters[at] = ENCODE[(three >> 6) & 63] as number
    if (left > 2) letters[at + 1] = ENCODE[three & 63] as number
    at += 2
  }
  return String.fromCharCode(...letters)
}
