/** The nearest of candidates that come one after the other: a heap with the farthest of the kept on top. */
export interface Nearest {
  /** How many are kept. */
  readonly size: number
  clear(most: number): void
  /** Among the equally alike the higher `first` is nearer, then the higher `second`, then the lower `place`. None is NaN. */
  offer(similarity: number, first: number, second: number, place: number): void
  /** Puts what is kept in order, the most alike first. Afterwards nothing may be offered until `clear`. */
  sort(): void
  similarity(rank: number): number
  place(rank: number): number
}

/** Below 2e-12 a difference is rounding, and decides nothing: a measure gives equals the same in theory alone. */
const GRID = 2 ** 39

/** @param room the most that is ever kept */
export function createNearest(room: number): Nearest {
  const similarities = new Float64Array(room)
  const steps = new Float64Array(room)
  const firsts = new Float64Array(room)
  const seconds = new Float64Array(room)
  const places = new Int32Array(room)
  let most = room
  let size = 0

  /** Whether entry `a` is farther than entry `b`. */
  function isFarther(a: number, b: number): boolean {
    if (steps[a] !== steps[b]) return steps[a]! < steps[b]!
    if (firsts[a] !== firsts[b]) return firsts[a]! < firsts[b]!
    if (seconds[a] !== seconds[b]) return seconds[a]! < seconds[b]!
    return places[a]! > places[b]!
  }

  function swap(a: number, b: number): void {
    const [similarity, step, first, second, place] = [similarities[a]!, steps[a]!, firsts[a]!, seconds[a]!, places[a]!]
    put(a, similarities[b]!, steps[b]!, firsts[b]!, seconds[b]!, places[b]!)
    put(b, similarity, step, first, second, place)
  }

  function put(at: number, similarity: number, step: number, first: number, second: number, place: number): void {
    similarities[at] = similarity
    steps[at] = step
    firsts[at] = first
    seconds[at] = second
    places[at] = place
  }

  function sink(end: number): void {
    for (let parent = 0; ; ) {
      let child = 2 * parent + 1
      if (child >= end) return
      if (child + 1 < end && isFarther(child + 1, child)) child++
      if (!isFarther(child, parent)) return
      swap(child, parent)
      parent = child
    }
  }

  /** Whether a candidate is farther than all that are kept. */
  function isTooFar(step: number, first: number, second: number, place: number): boolean {
    if (step !== steps[0]) return step < steps[0]!
    if (first !== firsts[0]) return first < firsts[0]!
    return second !== seconds[0] ? second < seconds[0]! : place > places[0]!
  }

  return {
    get size() {
      return size
    },
    clear(limit) {
      most = Math.min(limit, room)
      size = 0
    },
    offer(similarity, first, second, place) {
      const step = Math.round(similarity * GRID)
      if (size < most) {
        let child = size++
        put(child, similarity, step, first, second, place)
        while (child > 0) {
          const parent = (child - 1) >> 1
          if (!isFarther(child, parent)) break
          swap(child, parent)
          child = parent
        }
      } else if (!isTooFar(step, first, second, place)) {
        put(0, similarity, step, first, second, place)
        sink(size)
      }
    },
    sort() {
      for (let end = size - 1; end > 0; end--) {
        swap(0, end)
        sink(end)
      }
    },
    similarity: (rank) => similarities[rank]!,
    place: (rank) => places[rank]!,
  }
}
