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
  // Candidates stay in their slots; the heap moves the numbers of slots alone.
  const similarities = new Float64Array(room)
  const steps = new Float64Array(room)
  const firsts = new Float64Array(room)
  const seconds = new Float64Array(room)
  const places = new Int32Array(room)
  const heap = new Int32Array(room)
  let most = room
  let size = 0

  /** Whether the candidate in slot `a` is farther than that in slot `b`. */
  function isFarther(a: number, b: number): boolean {
    if (steps[a] !== steps[b]) return steps[a]! < steps[b]!
    if (firsts[a] !== firsts[b]) return firsts[a]! < firsts[b]!
    if (seconds[a] !== seconds[b]) return seconds[a]! < seconds[b]!
    return places[a]! > places[b]!
  }

  /** Whether a candidate is farther than all that are kept. */
  function isTooFar(step: number, first: number, second: number, place: number): boolean {
    const farthest = heap[0]!
    if (step !== steps[farthest]) return step < steps[farthest]!
    if (first !== firsts[farthest]) return first < firsts[farthest]!
    return second !== seconds[farthest] ? second < seconds[farthest]! : place > places[farthest]!
  }

  /** Puts a slot where it belongs among the first `end`, from the top down. */
  function sink(slot: number, end: number): void {
    let parent = 0
    for (;;) {
      let child = 2 * parent + 1
      if (child >= end) break
      if (child + 1 < end && isFarther(heap[child + 1]!, heap[child]!)) child++
      if (!isFarther(heap[child]!, slot)) break
      heap[parent] = heap[child]!
      parent = child
    }
    heap[parent] = slot
  }

  function rise(slot: number, from: number): void {
    let child = from
    while (child > 0) {
      const parent = (child - 1) >> 1
      if (!isFarther(slot, heap[parent]!)) break
      heap[child] = heap[parent]!
      child = parent
    }
    heap[child] = slot
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
      const isFull = size === most
      if (isFull && isTooFar(step, first, second, place)) return
      const slot = isFull ? heap[0]! : size
      similarities[slot] = similarity
      steps[slot] = step
      firsts[slot] = first
      seconds[slot] = second
      places[slot] = place
      if (isFull) sink(slot, size)
      else rise(slot, size++)
    },
    sort() {
      for (let end = size - 1; end > 0; end--) {
        const farthest = heap[0]!
        sink(heap[end]!, end)
        heap[end] = farthest
      }
    },
    similarity: (rank) => similarities[heap[rank]!]!,
    place: (rank) => places[heap[rank]!]!,
  }
}
