import { InvalidInputError } from '../../errors/index.ts'
import { createRandom, shuffled } from '../../shared/random.ts'

/** What goes into training and what is kept for the test. */
export type SplitRule =
  /** Entries in a random order, cut into `folds` runs; each is the test once. As Surprise's `KFold`, with our own numbers. */
  | { readonly kind: 'kFold'; /** 2 or more. Default 5. */ readonly folds?: number; /** Default 1. */ readonly seed?: number }
  /**
   * The last `entries` of each customer, by time, then by place. Customers who have no more than that stay in training. Later
   * entries of other customers do too: where that is not allowed, split by time.
   */
  | { readonly kind: 'leaveLastOut'; /** Default 1. */ readonly entries?: number }
  /** What comes before `cutoff` (epoch milliseconds) is known, what comes at it or after is tested. */
  | { readonly kind: 'time'; readonly cutoff: number }

/** Places of entries, ascending. Each entry is in one of the two. */
export interface Split {
  readonly train: Int32Array
  readonly test: Int32Array
}

/** Entries by place: whose they are and, but for `kFold`, when they were. */
export interface SplittableEntries {
  readonly customer: Int32Array
  /** Epoch milliseconds. */
  readonly at?: Float64Array | null
}

/**
 * Splits a list of interactions, purchases or ratings. Under `leaveLastOut` and `time` nothing in training is later than what
 * is tested of the same customer.
 *
 * A list may hold a pair more than once; what is bought again then stands on both sides.
 *
 * @returns one split, or `folds` of them
 * @throws InvalidInputError `OPTION_INVALID`, `LENGTH_MISMATCH`, `VALUE_NOT_FINITE` for an entry without a time
 * @example splitEntries({ customer: Int32Array.of(0, 0, 1), at: Float64Array.of(10, 20, 15) }, { kind: 'time', cutoff: 16 })
 * // [{ train: [0, 2], test: [1] }]
 */
export function splitEntries(entries: SplittableEntries, rule: SplitRule): readonly Split[] {
  switch (rule.kind) {
    case 'kFold':
      return kFold(entries.customer.length, rule.folds ?? 5, rule.seed ?? 1)
    case 'leaveLastOut':
      return [leaveLastOut(entries.customer, timesOf(entries), rule.entries ?? 1)]
    case 'time': {
      const { cutoff } = rule
      if (!Number.isFinite(cutoff)) fail(`\`cutoff\` must be epoch milliseconds, got ${cutoff}`)
      const at = timesOf(entries)
      const isTest = new Uint8Array(at.length)
      for (let i = 0; i < at.length; i++) if ((at[i] as number) >= cutoff) isTest[i] = 1
      return [splitOf(isTest)]
    }
    default:
      return fail('`kind` must be kFold, leaveLastOut or time')
  }
}

function kFold(n: number, folds: number, seed: number): readonly Split[] {
  if (!(Number.isInteger(folds) && folds >= 2 && folds <= Math.max(n, 2))) fail(`\`folds\` must be a whole number from 2 to the number of entries, got ${folds}`)
  if (!Number.isFinite(seed)) fail(`\`seed\` must be a finite number, got ${seed}`)
  const order = shuffled(n, createRandom(seed))
  return Array.from({ length: folds }, (_, fold) => {
    // The first n % folds runs are one longer.
    const start = fold * Math.floor(n / folds) + Math.min(fold, n % folds)
    const end = start + Math.floor(n / folds) + (fold < n % folds ? 1 : 0)
    const isTest = new Uint8Array(n)
    for (let i = start; i < end; i++) isTest[order[i] as number] = 1
    return splitOf(isTest)
  })
}

function leaveLastOut(customer: Int32Array, at: Float64Array, count: number): Split {
  if (!(Number.isInteger(count) && count >= 1)) fail(`\`entries\` must be a whole number from 1 on, got ${count}`)
  const order = Int32Array.from(customer.keys()).sort((a, b) => (customer[a] as number) - (customer[b] as number) || (at[a] as number) - (at[b] as number) || a - b)
  const isTest = new Uint8Array(order.length)
  for (let start = 0; start < order.length; ) {
    let end = start + 1
    while (end < order.length && customer[order[end] as number] === customer[order[start] as number]) end++
    if (end - start > count) for (let i = end - count; i < end; i++) isTest[order[i] as number] = 1
    start = end
  }
  return splitOf(isTest)
}

function splitOf(isTest: Uint8Array): Split {
  let count = 0
  for (let i = 0; i < isTest.length; i++) count += isTest[i] as number
  const split = { train: new Int32Array(isTest.length - count), test: new Int32Array(count) }
  let [train, test] = [0, 0]
  for (let i = 0; i < isTest.length; i++) {
    if (isTest[i] === 1) split.test[test++] = i
    else split.train[train++] = i
  }
  return Object.freeze(split)
}

function timesOf({ customer, at }: SplittableEntries): Float64Array {
  if (at === undefined || at === null) return fail('`at` is missing, and this split goes by time')
  if (at.length !== customer.length) {
    throw new InvalidInputError('LENGTH_MISMATCH', `Columns differ in length: ${customer.length} and ${at.length}. An entry would take its time from another. Pass equal lengths.`)
  }
  for (let i = 0; i < at.length; i++) {
    if (!Number.isFinite(at[i] as number)) {
      throw new InvalidInputError('VALUE_NOT_FINITE', `Entry ${i} has no time. It could be from before or after the cut. Leave it out, or split by \`kFold\`.`, { index: i })
    }
  }
  return at
}

function fail(what: string): never {
  throw new InvalidInputError('OPTION_INVALID', `${what}. Training and test would not be apart. Correct the rule.`)
}
