import type { Expr, Range, Selection } from '../adapter/contract.ts'
import { InvalidInputError } from '../errors/index.ts'

/** Customers that can be scored. */
export const HAS_PURCHASE: Expr = { op: 'not', of: { op: 'isNull', field: 'lastDay' } }

/** The same customers as `ranges`, in the words of a filter: NULL passes neither. */
export function rangesToExprs(ranges: readonly Range[]): Expr[] {
  return ranges.flatMap(({ field, above, upTo }): Expr[] => [
    ...(above === undefined ? [] : [{ op: 'gt', field, value: above } as const]),
    ...(upTo === undefined ? [] : [{ op: 'le', field, value: upTo } as const]),
    // A range without bounds still asks for a value.
    ...(above === undefined && upTo === undefined ? [{ op: 'not', of: { op: 'isNull', field } } as const] : []),
  ])
}

/** Joins conditions that all hold. Spread into a request: no condition, no `where`. */
export function whereAll(conditions: readonly (Expr | undefined)[]): { readonly where?: Expr } {
  const of = conditions.filter((condition) => condition !== undefined)
  return of.length === 0 ? {} : { where: of.length === 1 ? of[0]! : { op: 'and', of } }
}

/**
 * A whole selection as conditions, for requests that know no `ranges`. null is what results call no selection.
 *
 * @throws InvalidInputError `REQUEST_INVALID`
 */
export function selectionToExprs(selection: Selection | null | undefined): Expr[] {
  if (selection === undefined || selection === null) return []
  if (!Array.isArray(selection.ranges)) throw new InvalidInputError('REQUEST_INVALID', 'The selection has no list of `ranges`. It may mean other customers than those shown. Pass a Selection, with an empty list where there are none.')
  return [...(selection.where ? [selection.where] : []), ...rangesToExprs(selection.ranges)]
}
