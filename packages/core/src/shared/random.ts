/** Numbers that only look random: the same seed, the same numbers, in every engine. */
export interface Random {
  /** 0 <= x < 1, a multiple of 2^-32. */
  readonly unit: () => number
  /** A whole number 0..count - 1, count up to 2^32. */
  readonly below: (count: number) => number
}

/**
 * A stream of numbers out of whole-number arithmetic alone. Seeds that differ in any bit of their float64 give streams of
 * their own.
 *
 * @param seed any finite number
 * @see sfc32 of Chris Doty-Humphrey, PractRand 0.9, here seeded with the two halves of the float64
 */
export function createRandom(seed: number): Random {
  const words = new Uint32Array(Float64Array.of(seed).buffer)
  let a = (words[0] as number) | 0
  let b = (words[1] as number) | 0
  let c = 0x2545f491
  let counter = 1
  const next = (): number => {
    const t = (((a + b) | 0) + counter) | 0
    counter = (counter + 1) | 0
    a = b ^ (b >>> 9)
    b = (c + (c << 3)) | 0
    c = (((c << 21) | (c >>> 11)) + t) | 0
    return t >>> 0
  }
  // Seeds next to each other give numbers next to each other until the state is mixed.
  for (let i = 0; i < 16; i++) next()
  const unit = (): number => next() / 4_294_967_296
  return { unit, below: (count) => Math.floor(unit() * count) }
}

/** `count` different numbers of 0..n - 1 in ascending order; all of them when `count` is n or more. */
export function drawSome(n: number, count: number, random: Random): Int32Array {
  const drawn = new Int32Array(Math.min(n, count))
  // Selection sampling (Knuth 1969, algorithm S): each is taken with the chance that the rest of the sample fills up.
  let taken = 0
  for (let i = 0; taken < drawn.length; i++) if (random.unit() * (n - i) < drawn.length - taken) drawn[taken++] = i
  return drawn
}

/** 0..n - 1 in a random order, each order as likely (Fisher and Yates 1938; Durstenfeld 1964). */
export function shuffled(n: number, random: Random): Int32Array {
  const order = new Int32Array(n)
  for (let i = 0; i < n; i++) {
    const j = random.below(i + 1)
    order[i] = order[j] as number
    order[j] = i
  }
  return order
}
