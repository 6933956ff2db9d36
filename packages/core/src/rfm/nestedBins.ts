import { binOf } from '../shared/ranks.ts'
import { selectCuts } from '../shared/selectCuts.ts'
import { runToEnd } from '../shared/steps.ts'
import { ranksOf } from './cutAxes.ts'

/**
 * Writes the quantile bin of each value among those of its group, as `quantile` bins it among all.
 *
 * @param group number of the group of each value, from 0
 * @returns the cut points of each group; `[]` where nobody is in it
 */
export function nestedBins(values: Float64Array, group: Int32Array, groups: number, bins: number, bin: Int32Array): readonly (readonly number[])[] {
  const start = new Int32Array(groups + 1)
  for (let i = 0; i < group.length; i++) start[group[i]! + 1]!++
  for (let g = 0; g < groups; g++) start[g + 1]! += start[g]!
  const gathered = new Float64Array(values.length)
  const place = start.slice()
  for (let i = 0; i < values.length; i++) gathered[place[group[i]!]!++] = values[i]!
  const ranks = ranksOf(bins)
  const cuts = Array.from({ length: groups }, (_, g) => Object.freeze(runToEnd(selectCuts(gathered.subarray(start[g], start[g + 1]), ranks))))
  for (let i = 0; i < values.length; i++) bin[i] = binOf(values[i]!, cuts[group[i]!]!)
  return Object.freeze(cuts)
}
