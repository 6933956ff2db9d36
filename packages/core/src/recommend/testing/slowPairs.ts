import type { PairSums, Preferences, SparseRows } from '../recommend.types.ts'
import { sidesOf } from '../termWeights.ts'

/** The rows of a side as tables from partner to weight. */
export function slowRows({ offsets, codes, weights }: SparseRows): Map<number, number>[] {
  return Array.from({ length: offsets.length - 1 }, (_, row) => {
    const cells = new Map<number, number>()
    for (let i = offsets[row]!; i < offsets[row + 1]!; i++) cells.set(codes[i]!, weights[i]!)
    return cells
  })
}

/** What a backend adds up for two rows, slowly. */
export function slowSums(x: ReadonlyMap<number, number>, y: ReadonlyMap<number, number>): PairSums {
  const common = [...x.keys()].filter((code) => y.has(code))
  const total = (values: Iterable<number>): number => [...values].reduce((all, value) => all + value, 0)
  return {
    n: common.length,
    sumX: total(common.map((code) => x.get(code)!)),
    sumY: total(common.map((code) => y.get(code)!)),
    sumXy: total(common.map((code) => x.get(code)! * y.get(code)!)),
    sumXx: total(common.map((code) => x.get(code)! ** 2)),
    sumYy: total(common.map((code) => y.get(code)! ** 2)),
    targetN: x.size,
    targetSum: total(x.values()),
    targetSquares: total([...x.values()].map((value) => value ** 2)),
    otherN: y.size,
    otherSum: total(y.values()),
    otherSquares: total([...y.values()].map((value) => value ** 2)),
  }
}

/** Sums of every pair of a side that shares a partner, by `row other`. */
export function allSlowSums(preferences: Preferences, over: 'customers' | 'products'): Map<string, PairSums> {
  const rows = slowRows(sidesOf(preferences, over)[0])
  const all = new Map<string, PairSums>()
  rows.forEach((x, row) => {
    rows.forEach((y, other) => {
      const sums = slowSums(x, y)
      if (row !== other && sums.n > 0) all.set(`${row} ${other}`, sums)
    })
  })
  return all
}
