import type { DuckdbVector } from './driver.ts'

/** DuckDB keeps a text of up to 12 bytes in place: its length and the bytes, padded with zeros, as four words. */
const INLINE_BYTES = 12

/**
 * Finds the code of a short text by its four words, without making a string of it: of five million lines most repeat
 * a customer, and decoding each would take three quarters of a scan.
 */
export class InlineTexts {
  #slots: Int32Array = new Int32Array(4096).fill(-1)
  #words: Int32Array = new Int32Array(4 * 2048)
  #codes: Int32Array = new Int32Array(2048)
  #count = 0

  /** The code of the text at `row`; -1 when it is unknown; -2 when it is not in place. */
  find(words: Int32Array, row: number): number {
    const at = row * 4
    const length = words[at] as number
    if (length > INLINE_BYTES || length < 0) return -2
    const a = words[at + 1] as number
    const b = words[at + 2] as number
    const c = words[at + 3] as number
    const mask = this.#slots.length - 1
    for (let slot = hash(length, a, b, c) & mask; ; slot = (slot + 1) & mask) {
      const entry = this.#slots[slot] as number
      if (entry < 0) return -1
      const known = entry * 4
      if (this.#words[known] === length && this.#words[known + 1] === a && this.#words[known + 2] === b && this.#words[known + 3] === c) return this.#codes[entry] as number
    }
  }

  add(words: Int32Array, row: number, code: number): void {
    if (this.#count === this.#codes.length) this.#grow()
    this.#words.set(words.subarray(row * 4, row * 4 + 4), this.#count * 4)
    this.#codes[this.#count] = code
    this.#place(this.#count++)
  }

  #grow(): void {
    const words = new Int32Array(this.#words.length * 2)
    words.set(this.#words)
    this.#words = words
    const codes = new Int32Array(this.#codes.length * 2)
    codes.set(this.#codes)
    this.#codes = codes
    this.#slots = new Int32Array(this.#slots.length * 2).fill(-1)
    for (let entry = 0; entry < this.#count; entry++) this.#place(entry)
  }

  #place(entry: number): void {
    const at = entry * 4
    const mask = this.#slots.length - 1
    let slot = hash(this.#words[at] as number, this.#words[at + 1] as number, this.#words[at + 2] as number, this.#words[at + 3] as number) & mask
    while ((this.#slots[slot] as number) >= 0) slot = (slot + 1) & mask
    this.#slots[slot] = entry
  }
}

/** The words of a text vector of node-api, where they are found. */
export function wordsOf(vector: DuckdbVector): Int32Array | null {
  const { dataView, itemOffset } = vector as { dataView?: unknown; itemOffset?: unknown }
  if (!(dataView instanceof DataView) || itemOffset !== 0 || dataView.byteOffset % 4 !== 0 || dataView.byteLength % 16 !== 0) return null
  return new Int32Array(dataView.buffer, dataView.byteOffset, dataView.byteLength / 4)
}

/** Arguments of one `fromCharCode`: engines put them on the stack. */
const MOST_ARGUMENTS = 4096

/** Makes short ASCII texts many at a time: one long string, cut into pieces. */
export class AsciiTexts {
  readonly #bytes: Uint8Array = new Uint8Array(MOST_ARGUMENTS)
  #used = 0
  readonly #codes: number[] = []
  readonly #ends: number[] = []
  #long = ''

  /** Notes the text at `row`, unless it has a byte that is not ASCII. */
  put(words: Int32Array, row: number, code: number): boolean {
    const at = row * 4
    const length = words[at] as number
    if ((((words[at + 1] as number) | (words[at + 2] as number) | (words[at + 3] as number)) & 0x80808080) !== 0) return false
    if (this.#used + length > MOST_ARGUMENTS) this.#flush()
    for (let i = 0; i < length; i++) this.#bytes[this.#used++] = (words[at + 1 + (i >>> 2)] as number) >>> (8 * (i & 3))
    this.#codes.push(code)
    this.#ends.push(this.#long.length + this.#used)
    return true
  }

  /** Hands over the noted texts with their codes and starts anew. */
  take(each: (code: number, value: string) => void): void {
    if (this.#codes.length === 0) return
    this.#flush()
    let start = 0
    for (let i = 0; i < this.#codes.length; i++) {
      const end = this.#ends[i] as number
      each(this.#codes[i] as number, this.#long.slice(start, end))
      start = end
    }
    this.#codes.length = 0
    this.#ends.length = 0
    this.#long = ''
  }

  #flush(): void {
    // `apply` takes an array-like; spreading would walk an iterator.
    this.#long += String.fromCharCode.apply(null, this.#bytes.subarray(0, this.#used) as unknown as number[])
    this.#used = 0
  }
}

/** Murmur3's finisher over the words. */
function hash(length: number, a: number, b: number, c: number): number {
  let h = Math.imul(a ^ length, 0x85ebca6b)
  h = Math.imul(h ^ (h >>> 13) ^ b, 0xc2b2ae35)
  h = Math.imul(h ^ (h >>> 16) ^ c, 0x85ebca6b)
  return (h ^ (h >>> 13) ^ (h >>> 16)) >>> 0
}
