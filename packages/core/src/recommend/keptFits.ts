import type { ResidentTables, Steps } from '../adapter/contract.ts'
import { canonicalJson } from '../shared/cursor.ts'
import { shareSteps } from '../shared/shareSteps.ts'
import { preferencesFromTables } from './preferencesFromTables.ts'
import type { Preferences, PreferenceSpec } from './recommend.types.ts'

/** Fitted to one set of tables: gone with them. */
const fittedTo = new WeakMap<ResidentTables, Map<string, () => Steps<unknown>>>()

/** Two strategies and two measures that a page shows side by side, with their preferences; each may be some 100 MB. */
const KEPT = 6

/**
 * What was fitted to these tables under this key, or is being fitted: whoever asks next waits for the same work, so that the
 * second question costs microseconds.
 */
export function* keptFit<Fit>(tables: ResidentTables, key: string, fit: () => Steps<Fit>): Steps<Fit> {
  const fits = fittedTo.get(tables) ?? new Map<string, () => Steps<unknown>>()
  fittedTo.set(tables, fits)
  const shared = fits.get(key) ?? shareSteps<unknown>(fit)
  // The one asked for last stands last, and the first one goes.
  fits.delete(key)
  fits.set(key, shared)
  if (fits.size > KEPT) fits.delete(fits.keys().next().value as string)
  return (yield* shared()) as Fit
}

export function preferencesFor(tables: ResidentTables, spec: PreferenceSpec): Steps<Preferences> {
  return keptFit(tables, canonicalJson(['preferences', spec]), () => preferencesFromTables(tables, spec))
}
