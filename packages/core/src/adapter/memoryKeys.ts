import { InvalidInputError } from '../errors/index.ts'
import { STEP_ROWS } from '../shared/radix.ts'
import type { Column, DataSetName, Steps } from './contract.ts'
import type { RowKey } from './memory.types.ts'
import { KNOWN_SETS } from './memoryFields.ts'
import type { Draft } from './memoryStore.ts'

type TextColumn = Extract<Column, { kind: 'text' }>

/**
 * The rows that stay when those of `keys` go.
 *
 * @throws InvalidInputError `KEY_UNKNOWN` unless every key names a row, `KEY_DUPLICATE` when one is named twice
 */
export function* keptRows(set: DataSetName, draft: Draft, keys: readonly RowKey[]): Steps<Int32Array> {
  const names = KNOWN_SETS[set].key
  const wanted = new Set(keys.map((key) => JSON.stringify([key].flat())))
  if (wanted.size < keys.length) {
    throw new InvalidInputError('KEY_DUPLICATE', `A row of ${set} to remove is named twice. It can go only once. Name every ${names.join(' and ')} once.`, { set })
  }
  // The first part of a key rules nearly all rows out; the whole is compared for the few that are left.
  const firsts = new Set(keys.map((key) => [key].flat()[0]!))
  const columns = names.map((name) => draft.columns.get(name) as TextColumn)
  const isCandidate = draft.numbers === null ? yield* byText(columns[0]!, firsts) : byNumber(draft.numbers, firsts)
  const keyAt = (row: number): string => (draft.numbers === null ? JSON.stringify(columns.map(({ codes, dictionary }) => dictionary[codes[row]!])) : JSON.stringify([String(draft.numbers[row])]))

  const kept = new Int32Array(draft.rows)
  let n = 0
  for (let row = 0; row < draft.rows; row++) {
    if (row % STEP_ROWS === STEP_ROWS - 1) yield
    if (!(isCandidate(row) && wanted.has(keyAt(row)))) kept[n++] = row
  }
  const missing = wanted.size - (draft.rows - n)
  if (missing > 0) {
    throw new InvalidInputError('KEY_UNKNOWN', `${missing} of the rows of ${set} to remove are not there. Nothing was changed. Check their ${names.join(' and ')}, and what was removed before.`, {
      set,
      count: missing,
    })
  }
  return kept.subarray(0, n)
}

function* byText({ codes, dictionary }: TextColumn, texts: ReadonlySet<string>): Steps<(row: number) => boolean> {
  const isWanted = new Uint8Array(dictionary.length)
  for (let code = 0; code < dictionary.length; code++) {
    if (code % STEP_ROWS === STEP_ROWS - 1) yield
    if (texts.has(dictionary[code]!)) isWanted[code] = 1
  }
  return (row) => isWanted[codes[row]!] === 1
}

/** Ids that were made: numbers, whose texts need not exist yet. */
function byNumber(numbers: Int32Array, texts: ReadonlySet<string>): (row: number) => boolean {
  const wanted = new Set([...texts].map(Number))
  return (row) => wanted.has(numbers[row]!)
}
