import type { Expr } from '@crm/core/adapter'
import { UTC } from '../data/zones.ts'
import type { Request } from '../subject.ts'

/** Enough for every request that the generator makes. */
const MAX_TRIES = 300

/**
 * The smallest request, by dropping parts, that still fails.
 *
 * @param fails resolves true when the request shows the fault
 */
export async function shrinkRequest(request: Request, fails: (smaller: Request) => Promise<boolean>): Promise<Request> {
  let smallest = request
  let tries = 0
  for (let progress = true; progress && tries < MAX_TRIES; ) {
    progress = false
    for (const candidate of smallerRequests(smallest)) {
      if (++tries > MAX_TRIES) break
      if (await fails(candidate)) {
        smallest = candidate
        progress = true
        break
      }
    }
  }
  return smallest
}

/** Each request that is one step simpler. */
export function* smallerRequests(request: Request): Generator<Request> {
  const { where, ...bare } = request as Request & { where?: Expr }
  if (where !== undefined) {
    yield bare as Request
    for (const part of smallerExprs(where)) yield { ...request, where: part } as Request
  }
  if ('order' in request && request.order !== undefined) for (const order of shorter(request.order, 0)) yield { ...request, order } as Request
  if ('select' in request) for (const select of shorter(request.select, 1)) yield { ...request, select } as Request
  if ('axes' in request) for (const axes of shorter(request.axes, 0)) yield { ...request, axes }
  if ('sums' in request) for (const sums of shorter(request.sums, 0)) yield { ...request, sums }
  if ('ranges' in request) for (const ranges of shorter(request.ranges, 0)) yield { ...request, ranges }
  if ('targets' in request) for (const targets of shorter(request.targets, 1)) yield { ...request, targets }
  if ('totals' in request) {
    const { from, ...spec } = request.totals
    if (from !== undefined) yield { ...request, totals: spec }
    if (spec.zone !== UTC && JSON.stringify(spec.zone) !== JSON.stringify(UTC)) yield { ...request, totals: { ...request.totals, zone: UTC } }
    if (spec.order !== 'line') yield { ...request, totals: { ...request.totals, order: 'line' } }
    if (spec.returns !== 'net') yield { ...request, totals: { ...request.totals, returns: 'net' } }
  }
}

function* smallerExprs(expr: Expr): Generator<Expr> {
  if (expr.op === 'not') {
    yield expr.of
    for (const of of smallerExprs(expr.of)) yield { op: 'not', of }
  } else if (expr.op === 'and' || expr.op === 'or') {
    yield* expr.of
    for (const of of shorter(expr.of, 0)) yield { op: expr.op, of }
    for (let i = 0; i < expr.of.length; i++) for (const part of smallerExprs(expr.of[i] as Expr)) yield { op: expr.op, of: expr.of.with(i, part) }
  } else if (expr.op === 'in') {
    for (const values of shorter(expr.values, 0)) yield { ...expr, values }
  }
}

/** The list without its half, then without each one. */
function* shorter<Item>(list: readonly Item[], least: number): Generator<readonly Item[]> {
  if (list.length <= least) return
  if (list.length > 3) yield list.slice(0, list.length >> 1)
  for (let i = 0; i < list.length; i++) yield list.toSpliced(i, 1)
}
