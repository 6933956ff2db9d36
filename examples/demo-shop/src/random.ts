/**
 * Random numbers out of whole-number arithmetic alone, so that every engine draws the same. `Math.log`, `Math.pow` and
 * their like may differ in the last bit from one engine to the next and are not used anywhere in this folder.
 */
export interface Random {
  /** 0..2^32 - 1. */
  readonly next: () => number
  /** 0 <= x < 1, a multiple of 2^-32. */
  readonly unit: () => number
  /** A whole number 0..count - 1. */
  readonly below: (count: number) => number
  readonly chance: (probability: number) => boolean
}

/**
 * A stream of its own for each purpose and thing: what one customer draws does not depend on how much another one drew,
 * so switching off an effect changes little else.
 *
 * @see sfc32, Chris Doty-Humphrey, PractRand 0.9; the state is mixed by the finaliser of MurmurHash3 (Austin Appleby)
 */
export function createRandom(seed: number, purpose: number, index = 0): Random {
  let a = mix(seed ^ 0x9e37_79b9)
  let b = mix(a ^ purpose)
  let c = mix(b ^ index)
  let counter = 1
  const next = (): number => {
    const t = (((a + b) | 0) + counter) | 0
    counter = (counter + 1) | 0
    a = b ^ (b >>> 9)
    b = (c + (c << 3)) | 0
    c = (((c << 21) | (c >>> 11)) + t) | 0
    return t >>> 0
  }
  for (let i = 0; i < 12; i++) next()
  const unit = (): number => next() / 4_294_967_296
  return {
    next,
    unit,
    below: (count) => Math.floor(unit() * count),
    chance: (probability) => unit() < probability,
  }
}

/** Spreads the bits of a whole number. */
export function mix(value: number): number {
  let h = value | 0
  h = Math.imul(h ^ (h >>> 16), 0x85eb_ca6b)
  h = Math.imul(h ^ (h >>> 13), 0xc2b2_ae35)
  return h ^ (h >>> 16)
}

/** The place at which `target` falls in ascending sums: the first sum above it. */
export function placeIn(sums: ArrayLike<number>, target: number, from = 0, to: number = sums.length): number {
  let low = from
  let high = to - 1
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((sums[middle] as number) > target) high = middle
    else low = middle + 1
  }
  return low
}
