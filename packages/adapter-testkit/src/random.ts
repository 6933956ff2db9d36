/** A small seeded generator: the same seed gives the same requests on every machine. */
export interface Random {
  /** Integer 0 .. n - 1. */
  below(n: number): number
  pick<Item>(list: readonly Item[]): Item
  /** True `share` of the time. */
  chance(share: number): boolean
  shuffled<Item>(list: readonly Item[]): Item[]
}

/** @param seed unsigned 32-bit integer; @see sfc32 of PractRand (Chris Doty-Humphrey), public domain */
export function createRandom(seed: number): Random {
  let a = 0x9e3779b9
  let b = 0x243f6a88
  let c = 0xb7e15162
  let d = seed >>> 0
  const next = (): number => {
    const t = (((a + b) | 0) + d) | 0
    d = (d + 1) | 0
    a = b ^ (b >>> 9)
    b = (c + (c << 3)) | 0
    c = ((c << 21) | (c >>> 11)) + t
    c |= 0
    return t >>> 0
  }
  for (let i = 0; i < 15; i++) next()
  const below = (n: number): number => Math.floor((next() / 0x1_0000_0000) * n)
  return {
    below,
    pick: <Item>(list: readonly Item[]): Item => list[below(list.length)] as Item,
    chance: (share) => next() / 0x1_0000_0000 < share,
    shuffled: <Item>(list: readonly Item[]): Item[] => {
      const copy = [...list]
      for (let i = copy.length - 1; i > 0; i--) {
        const j = below(i + 1)
        const held = copy[i] as Item
        copy[i] = copy[j] as Item
        copy[j] = held
      }
      return copy
    },
  }
}

/** A seed for a run that names none. */
export function freshSeed(): number {
  return Math.floor(Math.random() * 0x1_0000_0000)
}
