import type { Expr, Range, Selection } from '../adapter/contract.ts'

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

/** A whole selection as conditions, for requests that know no `ranges`. */
export function selectionToExprs(selection: Selection | undefined): Expr[] {
  return selection === undefined ? [] : [...(selection.where ? [selection.where] : []), ...rangesToExprs(selection.ranges)]
}
