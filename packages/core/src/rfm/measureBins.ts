import type { Axis, BinsRequest, Selection, SummableMeasure } from '../adapter/contract.ts'
import { InvalidInputError } from '../errors/index.ts'
import { HAS_PURCHASE, selectionToExprs, whereAll } from '../shared/selection.ts'
import { totalsSpecOf } from '../shared/totalsSpec.ts'
import type { RfmSpec } from './rfm.types.ts'
import type { RfmField } from './whatIf.types.ts'

/** One request for bins over the customers with a purchase. */
export function binsOfBuyers(spec: RfmSpec, selection: Selection | undefined, axes: readonly Axis[], sums: readonly SummableMeasure[]): BinsRequest {
  return { kind: 'bins', totals: totalsSpecOf(spec), ...whereAll([HAS_PURCHASE, ...selectionToExprs(selection)]), axes, sums }
}

/** The axis of a spec, 0 recency, 1 frequency, 2 monetary value, that looks at a measure; -1 = none. */
export function axisOfField({ monetary }: Pick<RfmSpec, 'monetary'>, field: RfmField): number {
  if (field === 'meanOrderValue') return monetary === 'mean' ? 2 : -1
  return field === 'revenue' && monetary === 'mean' ? -1 : ['recencyDays', 'orders', 'revenue'].indexOf(field)
}

/** Days, orders and sums of money are whole numbers; a mean is not. */
export function isWholeField(field: RfmField): boolean {
  return field !== 'meanOrderValue'
}

/** The greatest value that a cut leaves below it: between two whole numbers a cut can lie anywhere and mean the same. */
export function effectiveCut(field: RfmField, cut: number): number {
  return (isWholeField(field) ? Math.floor(cut) : cut) + 0 // no -0
}

/** @throws InvalidInputError `CUTS_NOT_ASCENDING` unless the borders are finite and ascend without repeats; `REQUEST_INVALID` for no list */
export function checkBorders(name: string, borders: readonly number[]): void {
  if (!Array.isArray(borders)) throw new InvalidInputError('REQUEST_INVALID', `The borders of ${name} are no list. Nothing can be counted between them. Pass a list of numbers, empty for one bin.`, { field: name })
  const index = borders.findIndex((border, i) => !(Number.isFinite(border) && (i === 0 || border > borders[i - 1]!)))
  if (index < 0) return
  throw new InvalidInputError('CUTS_NOT_ASCENDING', `The borders of ${name} do not ascend at index ${index}. A bin there could hold nobody. Pass finite numbers, each above the one before.`, {
    field: name,
    index,
  })
}
