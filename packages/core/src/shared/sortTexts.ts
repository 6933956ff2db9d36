import type { Steps } from '../adapter/contract.ts'
import { mergeSort, radixSort, STEP_ROWS } from './radix.ts'
import { compareText } from './text.ts'

const ranksOf = new WeakMap<readonly string[], Int32Array>()

/** Rank of each text in code-point order (or by number), equal texts equal; kept as long as the list lives. */
export function* textRanks(texts: readonly string[], byNumber: boolean): Steps<Int32Array> {
  const known = ranksOf.get(texts)
  if (known !== undefined && known.length === texts.length) return known
  const order = yield* sortTexts(texts, byNumber)
  const ranks = new Int32Array(texts.length)
  let rank = 0
  for (let i = 0; i < order.length; i++) {
    if (i > 0 && texts[order[i] as number] !== texts[order[i - 1] as number]) rank++
    ranks[order[i] as number] = rank
    if (i % STEP_ROWS === STEP_ROWS - 1) yield
  }
  ranksOf.set(texts, ranks)
  return ranks
}

/**
 * The positions of `texts` in ascending order.
 *
 * Ids share a prefix and a small alphabet: what follows the prefix is packed into one whole number below 2^53 (as
 * many letters as fit), sorted by radix, and only equal numbers are compared as text. 500,000 ids of the form
 * C0000001: 60 ms, against 700 ms by comparison alone.
 */
export function* sortTexts(texts: readonly string[], byNumber: boolean): Steps<Int32Array> {
  const n = texts.length
  const order = new Int32Array(n)
  for (let i = 0; i < n; i++) order[i] = i
  if (byNumber) {
    const keys = new Float64Array(n)
    for (let i = 0; i < n; i++) {
      keys[i] = Number(texts[i])
      if (i % STEP_ROWS === STEP_ROWS - 1) yield
    }
    yield* radixSort(order, keys)
    return order
  }
  const compare = (a: number, b: number) => compareText(texts[a] as string, texts[b] as string)
  const alphabet = n < 64 ? null : yield* readAlphabet(texts)
  if (alphabet === null) {
    yield* mergeSort(order, compare)
    return order
  }
  const { prefix, code, size } = alphabet
  const letters = Math.floor(53 / Math.log2(size))
  const keys = new Float64Array(n)
  for (let i = 0; i < n; i++) {
    const text = texts[i] as string
    let key = 0
    for (let at = prefix; at < prefix + letters; at++) key = key * size + (at < text.length ? (code[text.charCodeAt(at)] as number) : 0)
    keys[i] = key
    if (i % 16_384 === 16_383) yield
  }
  const sorted = keys.slice()
  yield* radixSort(order, sorted)
  let start = 0
  for (let i = 1; i <= n; i++) {
    if (i % STEP_ROWS === 0) yield
    if (i < n && keys[order[i] as number] === keys[order[start] as number]) continue
    if (i - start > 1) yield* mergeSort(order.subarray(start, i), compare)
    start = i
  }
  return order
}

interface Alphabet {
  /** Length of what all texts begin with. */
  readonly prefix: number
  /** 1 + rank of a unit among those that occur; 0 is the end of a text. */
  readonly code: Uint16Array
  readonly size: number
}

/** Null where units do not order as code points do (surrogates), so that packing would lie. */
function* readAlphabet(texts: readonly string[]): Steps<Alphabet | null> {
  const first = texts[0] as string
  let prefix = first.length
  const seen = new Uint8Array(0xd800)
  for (let i = 0; i < texts.length; i++) {
    const text = texts[i] as string
    let same = 0
    while (same < prefix && text.charCodeAt(same) === first.charCodeAt(same)) same++
    prefix = same
    for (let at = 0; at < text.length; at++) {
      const unit = text.charCodeAt(at)
      if (unit >= 0xd800) return null
      seen[unit] = 1
    }
    if (i % 16_384 === 16_383) yield
  }
  const code = new Uint16Array(0xd800)
  let size = 1
  for (let unit = 0; unit < seen.length; unit++) if (seen[unit] === 1) code[unit] = size++
  return { prefix, code, size: Math.max(2, size) }
}
