const SHARDS = 256
const SEED_A = 0x2545f491
const SEED_B = 0x6c8e9cf5

/**
 * Tells rows that are equal in every column, by a 64-bit fingerprint of their columns: of 10,000,000 different rows two
 * have the same with a probability of 3 in a million. 12 to 24 bytes a row.
 *
 * Many small tables instead of a large one, so that no single growth holds the thread for long.
 */
export class RowFingerprints {
  size = 0
  private readonly shards: Shard[] = Array.from({ length: SHARDS }, () => new Shard())
  private a = SEED_A
  private b = SEED_B
  private high = 0
  private low = 0

  /** A column of which the text has a code. */
  mixCode(code: number): void {
    this.a = Math.imul((this.a ^ code) + 0x10001, 0xc2b2ae3d)
    this.b = Math.imul((this.b ^ (this.a >>> 15)) + code, 0x27d4eb2f)
  }

  mixText(text: string): void {
    let { a, b } = this
    for (let i = 0; i < text.length; i++) {
      const unit = text.charCodeAt(i)
      a = Math.imul(a ^ unit, 0x9e3779b1)
      b = Math.imul(b ^ unit, 0x85ebca77)
    }
    this.a = a
    this.b = b ^ (a >>> 15)
    this.mixCode(text.length)
  }

  /** Ends the row; true when an equal one was there. */
  endRow(): boolean {
    let { a, b } = this
    this.a = SEED_A
    this.b = SEED_B
    a = Math.imul(a ^ (b >>> 16), 0x2c1b3c6d)
    b = Math.imul(b ^ (a >>> 13), 0x297a2d39)
    a ^= b >>> 15
    this.high = Math.imul(this.high ^ a, 0x01000193) ^ (this.high >>> 15)
    this.low = Math.imul(this.low ^ b, 0x01000193) ^ (this.low >>> 13)
    const isKnown = (this.shards[(a >>> 24) & (SHARDS - 1)] as Shard).add(a, b)
    if (!isKnown) this.size++
    return isKnown
  }

  /** Fingerprint of all rows in their order. The texts behind codes are to be mixed in as rows of their own. */
  digest(): string {
    return [this.high, this.low, this.size].map((part) => (part >>> 0).toString(16).padStart(8, '0')).join('')
  }
}

/** An open-addressing table of pairs; the pair (0, 0) is kept apart, as it marks a free place. */
class Shard {
  private table = new Int32Array(16)
  private count = 0
  private hasZero = false

  add(a: number, b: number): boolean {
    if (a === 0 && b === 0) {
      const had = this.hasZero
      this.hasZero = true
      return had
    }
    if (this.count * 3 >= this.table.length) this.grow()
    const at = placeOf(this.table, a, b)
    if (this.table[at] === a && this.table[at + 1] === b) return true
    this.table[at] = a
    this.table[at + 1] = b
    this.count++
    return false
  }

  private grow(): void {
    const old = this.table
    this.table = new Int32Array(old.length * 2)
    for (let i = 0; i < old.length; i += 2) {
      const [a, b] = [old[i] as number, old[i + 1] as number]
      if (a === 0 && b === 0) continue
      const at = placeOf(this.table, a, b)
      this.table[at] = a
      this.table[at + 1] = b
    }
  }
}

/** Index of the pair, or of the free place where it belongs. */
function placeOf(table: Int32Array, a: number, b: number): number {
  const mask = table.length - 2
  let at = (b << 1) & mask
  while ((table[at] !== 0 || table[at + 1] !== 0) && (table[at] !== a || table[at + 1] !== b)) at = (at + 2) & mask
  return at
}
