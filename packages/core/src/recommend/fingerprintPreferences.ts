import type { Steps } from '../adapter/contract.ts'
import { STEP_ROWS } from '../shared/radix.ts'
import type { Preferences, SparseRows } from './recommend.types.ts'

/** A short name of what preferences hold: equal ones have equal names, whatever made them. FNV-1a in two lanes, as for requests. */
export function* fingerprintPreferences(preferences: Preferences): Steps<string> {
  const state = { a: 0x811c9dc5, b: 0x9747b28c }
  for (const ids of [preferences.customers, preferences.products]) {
    for (let code = 0; code < ids.length; code++) {
      const id = ids[code] as string
      for (let i = 0; i < id.length; i++) mix(state, id.charCodeAt(i))
      mix(state, 0x10000)
      if (code % STEP_IDS === STEP_IDS - 1) yield
    }
  }
  const { offsets, codes, weights, at }: SparseRows = preferences.byCustomer
  for (const words of [offsets, codes, wordsOf(weights), ...(at === null ? [] : [wordsOf(at)])]) {
    for (let start = 0; start < words.length; start += STEP_ROWS) {
      mixAll(state, words.subarray(start, start + STEP_ROWS))
      yield
    }
  }
  return (state.a >>> 0).toString(36) + (state.b >>> 0).toString(36)
}

/** Ids mixed in between two yields. */
const STEP_IDS = 8192

interface Lanes {
  a: number
  b: number
}

function mix(state: Lanes, word: number): void {
  state.a = Math.imul(state.a ^ word, 0x01000193)
  state.b = Math.imul(state.b ^ word ^ (state.b >>> 15), 0x85ebca6b)
}

function mixAll(state: Lanes, words: Int32Array): void {
  let { a, b } = state
  for (let i = 0; i < words.length; i++) {
    const word = words[i] as number
    a = Math.imul(a ^ word, 0x01000193)
    b = Math.imul(b ^ word ^ (b >>> 15), 0x85ebca6b)
  }
  state.a = a
  state.b = b
}

function wordsOf(values: Float64Array): Int32Array {
  return new Int32Array(values.buffer, values.byteOffset, values.length * 2)
}
