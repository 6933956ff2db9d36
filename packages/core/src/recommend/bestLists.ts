import type { Steps } from '../adapter/contract.ts'
import { STEP_ROWS } from '../shared/radix.ts'

/** The best few of many, for many at once: the list of row `r` stands at `r * size`, in order. */
export interface BestLists {
  readonly size: number
  readonly codes: Int32Array
  readonly similarities: Float64Array
  readonly support: Int32Array
  readonly counts: Int32Array
  /** By row: what is below has no chance. The floor, or the last of a full list. */
  readonly least: Float64Array
  /** What is at or below is no neighbour. */
  readonly floor: number
}

export function createBestLists(rows: number, size: number, floor: number): BestLists {
  return {
    size,
    codes: new Int32Array(rows * size),
    similarities: new Float64Array(rows * size),
    support: new Int32Array(rows * size),
    counts: new Int32Array(rows),
    least: new Float64Array(rows).fill(floor),
    floor,
  }
}

/** Puts a code into the list of a row where it belongs: the more alike, then the more support, then the lower code. */
export function offer(lists: BestLists, row: number, code: number, similarity: number, support: number): void {
  const { size, codes, similarities, support: supports, counts, least, floor } = lists
  if (!(similarity > floor) || similarity === 0) return
  const start = row * size
  const count = counts[row] as number
  let place = start + count
  if (count === size) {
    place--
    if (!isBefore(lists, similarity, support, code, place)) return
  } else counts[row] = count + 1
  while (place > start && isBefore(lists, similarity, support, code, place - 1)) {
    codes[place] = codes[place - 1] as number
    similarities[place] = similarities[place - 1] as number
    supports[place] = supports[place - 1] as number
    place--
  }
  codes[place] = code
  similarities[place] = similarity
  supports[place] = support
  if (counts[row] === size) least[row] = similarities[start + size - 1] as number
}

function isBefore({ codes, similarities, support: supports }: BestLists, similarity: number, support: number, code: number, place: number): boolean {
  const other = similarities[place] as number
  if (similarity !== other) return similarity > other
  const otherSupport = supports[place] as number
  return support !== otherSupport ? support > otherSupport : code < (codes[place] as number)
}

/** The lists without the places that stayed empty. */
export function* bestLists({ size, codes, similarities, support, counts }: BestLists): Steps<{
  readonly offsets: Int32Array
  readonly codes: Int32Array
  readonly similarities: Float64Array
  readonly support: Int32Array
}> {
  const rows = counts.length
  const offsets = new Int32Array(rows + 1)
  for (let row = 0; row < rows; row++) offsets[row + 1] = (offsets[row] as number) + (counts[row] as number)
  const total = offsets[rows] as number
  const out = { offsets, codes: new Int32Array(total), similarities: new Float64Array(total), support: new Int32Array(total) }
  for (let row = 0; row < rows; row++) {
    const start = row * size
    const end = start + (counts[row] as number)
    const to = offsets[row] as number
    out.codes.set(codes.subarray(start, end), to)
    out.similarities.set(similarities.subarray(start, end), to)
    out.support.set(support.subarray(start, end), to)
    if (row % STEP_ROWS === STEP_ROWS - 1) yield
  }
  return out
}
