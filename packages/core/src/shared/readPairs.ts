import type { Batch, Column, PAIRS_COLUMNS, StreamEnd, WarningCount } from '../adapter/contract.ts'
import { collectBatches, protocol } from './batches.ts'

/** What a `pairs` answer says in numbers of each of its rows. */
export type PairColumn = Exclude<(typeof PAIRS_COLUMNS)[number], 'target' | 'other'>

/** The columns behind `target` and `other`, in their order: the type makes the compiler refuse another one. */
export const PAIR_NUMBERS: typeof PAIRS_COLUMNS extends readonly ['target', 'other', ...infer Numbers] ? Readonly<Numbers> : never = [
  'n', 'sumX', 'sumY', 'sumXy', 'sumXx', 'sumYy', 'targetN', 'targetSum', 'targetSquares', 'otherN', 'otherSum', 'otherSquares',
]

/** A `pairs` answer, decoded: row `i` compares `target` with `other`. */
export interface PairsAnswer {
  readonly rows: number
  readonly target: Extract<Column, { kind: 'text' }>
  readonly other: Extract<Column, { kind: 'text' }>
  readonly numbers: Readonly<Record<PairColumn, Float64Array>>
  readonly counts: readonly WarningCount[]
  readonly end: StreamEnd
}

/** Decodes a `pairs` answer. @throws DataContractError `PROTOCOL` */
export function readPairs(batches: readonly Batch[]): PairsAnswer {
  const { rows, columns, end } = collectBatches(batches)
  const [target, other, ...rest] = columns
  if (rest.length !== PAIR_NUMBERS.length || target?.kind !== 'text' || other?.kind !== 'text') throw protocol('its columns are not those of pairs')
  const numbers = Object.fromEntries(
    rest.map((column, i) => {
      const name = PAIR_NUMBERS[i] as PairColumn
      if (column.kind !== 'float64') throw protocol(`${name} is no column of numbers`)
      if (column.validity?.includes(0) === true) throw protocol(`${name} is NULL somewhere`)
      return [name, column.values]
    }),
  ) as Record<PairColumn, Float64Array>
  return { rows, target, other, numbers, counts: end.counts ?? [], end }
}

/** The sums of one row by name. */
export function pairAt({ numbers }: PairsAnswer, row: number): Record<PairColumn, number> {
  return Object.fromEntries(Object.entries(numbers).map(([name, values]) => [name, values[row] as number])) as Record<PairColumn, number>
}
