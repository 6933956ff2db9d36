import type { TotalsSpec } from '../adapter/contract.ts'
import { resolveZone } from './resolveZone.ts'

/** The part of a definition that customer totals depend on, with the zone by its name. */
export interface TotalsWindow {
  readonly asOf: number
  readonly timeZone: string
  readonly from?: number
  readonly order?: TotalsSpec['order']
  readonly returns?: TotalsSpec['returns']
}

/**
 * What an adapter is asked: zones never reach an engine, so the name becomes offsets here, from 1970 (or `from`) to
 * `asOf`.
 *
 * @throws InvalidInputError `TIME_ZONE_UNKNOWN`, `DATE_INVALID`
 */
export function totalsSpecOf({ asOf, timeZone, from, order = 'orderId', returns = 'net' }: TotalsWindow): TotalsSpec {
  return { asOf, ...(from === undefined ? {} : { from }), zone: resolveZone(timeZone, Math.min(from ?? 0, asOf), asOf), order, returns }
}
