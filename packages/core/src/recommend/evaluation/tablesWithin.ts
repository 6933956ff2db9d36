import type { Column, DataSchema, ResidentTable, ResidentTables, Steps, WarningCount } from '../../adapter/contract.ts'
import { fieldsOfSet } from '../../shared/measures.ts'
import { STEP_ROWS } from '../../shared/radix.ts'
import { resolveZone } from '../../shared/resolveZone.ts'
import { DAY_MS, dayOf, entryIndex, offsetMsOf } from '../../shared/zone.ts'

/** From and before when, in milliseconds and in whole days: a set that knows days alone is cut between two days. */
export interface Cut {
  readonly ms: number
  readonly day: number
}

/** Before everything. */
export const BEGINNING: Cut = { ms: -Infinity, day: -Infinity }

/**
 * Cuts of windows of `days` days that end with `asOf`, the last window first: what is at or after `cuts[0]` is in the last
 * one, what is at or after `cuts[1]` and before `cuts[0]` in the one before. `end` is right after `asOf`.
 *
 * Instants are counted back in steps of 24 hours; data by day in days of the shop, that of `asOf` being the last.
 */
export function windowCuts({ timeZone }: DataSchema, asOf: number, days: number, windows: number): { readonly end: Cut; readonly cuts: readonly Cut[] } {
  const zone = resolveZone(timeZone, asOf - (windows * days + 2) * DAY_MS, asOf)
  const last = dayOf(asOf, zone)
  const cuts = Array.from({ length: windows }, (_, i): Cut => ({ ms: asOf - (i + 1) * days * DAY_MS, day: last + 1 - (i + 1) * days }))
  return { end: { ms: asOf + 1, day: last + 1 }, cuts }
}

/** When the set of purchases or ratings counts days alone: the instant at which the day of the cut begins; else that of the cut. */
export function instantOf({ timeZone }: DataSchema, { ms, day }: Cut, kind: 'instant' | 'date'): number {
  if (kind === 'instant') return ms
  const start = day * DAY_MS
  const zone = resolveZone(timeZone, start - 2 * DAY_MS, start + 2 * DAY_MS)
  return start - offsetMsOf(zone[entryIndex(zone, start)] as (typeof zone)[number])
}

export function timeKindOf(schema: DataSchema, set: 'transactions' | 'ratings'): 'instant' | 'date' {
  return fieldsOfSet(schema, set)?.get('at')?.kind === 'date' ? 'date' : 'instant'
}

/**
 * Purchases and ratings of a window, `from` included, `before` not. What has no time is in none. Other sets are left out.
 */
export function* tablesWithin(tables: ResidentTables, from: Cut, before: Cut): Steps<ResidentTables> {
  const sets: ResidentTable[] = []
  for (const table of tables.sets) {
    if (table.set !== 'transactions' && table.set !== 'ratings') continue
    const column = table.columns[table.select.indexOf('at')]
    const unit = timeKindOf(tables.schema, table.set) === 'date' ? 'day' : 'ms'
    const places = new Int32Array(table.rows)
    let count = 0
    if (column?.kind === 'float64') {
      const { values, validity } = column
      for (let start = 0; start < table.rows; start += STEP_ROWS) {
        count = keepPlaces(values, validity, from[unit], before[unit], start, Math.min(table.rows, start + STEP_ROWS), places, count)
        yield
      }
    }
    const kept = places.subarray(0, count)
    const columns: Column[] = []
    for (const one of table.columns) {
      columns.push(pickRows(one, kept))
      yield
    }
    sets.push({ ...table, rows: count, columns })
  }
  return { schema: tables.schema, sets }
}

/**
 * What lies in no window: lines of a known customer before `from` or from `end` on, and ratings without a time. Ascending by
 * code.
 */
export function* countOutside(tables: ResidentTables, from: Cut, end: Cut): Steps<WarningCount[]> {
  let [after, before, timeless] = [0, 0, 0]
  for (const table of tables.sets) {
    const at = table.columns[table.select.indexOf('at')]
    const customer = table.columns[table.select.indexOf('customerId')]
    if (table.set === 'ratings') {
      const validity = at?.kind === 'float64' ? at.validity : undefined
      if (at === undefined) timeless = table.rows
      else if (validity !== undefined) for (let i = 0; i < table.rows; i++) timeless += 1 - (validity[i] as number)
    }
    if (table.set !== 'transactions' || at?.kind !== 'float64' || customer?.kind !== 'text') continue
    const unit = timeKindOf(tables.schema, 'transactions') === 'date' ? 'day' : 'ms'
    for (let i = 0; i < table.rows; i++) {
      if ((customer.codes[i] as number) >= 0) {
        if ((at.values[i] as number) >= end[unit]) after++
        else if ((at.values[i] as number) < from[unit]) before++
      }
      if (i % STEP_ROWS === STEP_ROWS - 1) yield
    }
  }
  const counts: WarningCount[] = [
    { code: 'LINES_AFTER_AS_OF', count: after },
    { code: 'LINES_BEFORE_FROM', count: before },
    { code: 'RATINGS_WITHOUT_TIME', count: timeless },
  ]
  return counts.filter(({ count }) => count > 0)
}

function keepPlaces(values: Float64Array, validity: Uint8Array | undefined, from: number, before: number, start: number, end: number, places: Int32Array, count: number): number {
  for (let i = start; i < end; i++) {
    const at = values[i] as number
    if (at >= from && at < before && (validity === undefined || validity[i] === 1)) places[count++] = i
  }
  return count
}

function pickRows(column: Column, places: Int32Array): Column {
  if (column.kind === 'text') return { ...column, codes: pick(column.codes, new Int32Array(places.length), places) }
  const validity = column.validity === undefined ? {} : { validity: pick(column.validity, new Uint8Array(places.length), places) }
  if (column.kind === 'boolean') return { ...column, values: pick(column.values, new Uint8Array(places.length), places), ...validity }
  return { ...column, values: pick(column.values, new Float64Array(places.length), places), ...validity }
}

function pick<Values extends Int32Array | Uint8Array | Float64Array>(from: Values, to: Values, places: Int32Array): Values {
  for (let i = 0; i < places.length; i++) to[i] = from[places[i] as number] as number
  return to
}
