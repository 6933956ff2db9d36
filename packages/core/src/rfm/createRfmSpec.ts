import { InvalidInputError } from '../errors/index.ts'
import type { InvalidInputCode } from '../errors/index.ts'
import { resolveZone } from '../shared/resolveZone.ts'
import { isWhole } from './cells.ts'
import { checkSegmentMap, isNamed } from './checkSegmentMap.ts'
import { CUT_LISTS } from './cutAxes.ts'
import type { RfmBins, RfmComposite, RfmScoring, RfmSpec, RfmSpecOptions, ValueTiers } from './rfm.types.ts'
import { plainSegmentMap } from './segmentMaps.ts'
import { defaultValueTiers } from './valueTiers.ts'

/** Methods with one list of cut points per axis, at ranks or given: what an engine can count in bins. */
export const CUT_METHODS = ['quantile', 'percentiles', 'thresholds'] as const

const DEFAULT_SCORING: RfmScoring = { method: 'quantile', bins: 5 }
const DEFAULT_COMPOSITE: RfmComposite = { method: 'sum' }

/**
 * Completes, checks and freezes the definition of an RFM analysis.
 *
 * Defaults: orders by id, returns netted, all orders, revenue summed, quintiles, R + F + M, {@link plainSegmentMap},
 * {@link defaultValueTiers}.
 *
 * @param options `asOf` (epoch ms) and `timeZone` (IANA) are needed, all else has a default
 * @returns plain JSON, frozen throughout; giving it back changes nothing
 * @throws InvalidInputError `SPEC_INVALID`, `TIME_ZONE_UNKNOWN`, `BINS_RANGE`, `CUTS_NOT_ASCENDING`, `WEIGHTS_INVALID`,
 *   `SEGMENT_MAP_INVALID`, `TIERS_INVALID`
 * @example createRfmSpec({ asOf: Date.UTC(2017, 11, 31), timeZone: 'America/New_York', scoring: { method: 'quantile', bins: 10 } })
 */
export function createRfmSpec(options: RfmSpecOptions): RfmSpec {
  const { asOf, timeZone, from, order, returns, scoring = DEFAULT_SCORING, composite = DEFAULT_COMPOSITE, segments = plainSegmentMap, ...rest } = options ?? {}
  const bins = binsOf(scoring)
  const { frequency: asked, monetary: of, tiers = defaultValueTiers(bins), ...strange } = rest
  // `bins` beside `scoring` would be passed over in silence.
  for (const name of Object.keys(strange)) fail('SPEC_INVALID', `An RFM spec has no member \`${name}\``)
  const frequency = oneOf('frequency', asked, ['all', 'repeat'])
  const monetary = oneOf('monetary', of, ['sum', 'mean'])
  if (!isInstant(asOf) || (from !== undefined && !(isInstant(from) && from <= asOf))) {
    fail('SPEC_INVALID', '`asOf` and `from` must be whole epoch milliseconds, as of `Date.UTC`, `from` not after `asOf`')
  }
  resolveZone(timeZone, asOf, asOf)
  if (scoring.method === 'r-rfm' && (frequency !== 'all' || monetary !== 'sum')) {
    fail('SPEC_INVALID', '`r-rfm` knows only all orders and summed revenue')
  }
  checkMeaning({ composite, segments, tiers })
  return frozenCopy({
    asOf,
    timeZone,
    from,
    order: oneOf('order', order, ['orderId', 'day', 'line']),
    returns: oneOf('returns', returns, ['net', 'drop']),
    frequency,
    monetary,
    scoring,
    composite,
    segments,
    tiers,
  })
}

/**
 * Scores per axis of a scoring rule.
 *
 * @throws InvalidInputError `BINS_RANGE`, `CUTS_NOT_ASCENDING`, `SPEC_INVALID`
 */
export function binsOf(scoring: RfmScoring): RfmBins {
  let bins: RfmBins
  known('scoring.method', scoring?.method, [...CUT_METHODS, 'nested', 'r-rfm', 'pymc-marketing', 'ntile'])
  if (scoring.method === 'thresholds' || scoring.method === 'percentiles') {
    const [r, f, m] = CUT_LISTS.map((name) => binsBetween(name, scoring[name], scoring.method === 'percentiles')) as [number, number, number]
    bins = { r, f, m }
  } else {
    const given = scoring.method === 'pymc-marketing' ? 4 : scoring.bins
    bins = typeof given === 'number' ? { r: given, f: given, m: given } : { r: given?.r, f: given?.f, m: given?.m }
  }
  for (const count of [bins.r, bins.f, bins.m]) {
    if (!isWhole(count, 2, 10)) fail('BINS_RANGE', `Scores must have 2 to 10 bins, got ${count}`)
  }
  return bins
}

/**
 * Checks what scores are turned into.
 *
 * @throws InvalidInputError `WEIGHTS_INVALID`, `SEGMENT_MAP_INVALID`, `TIERS_INVALID`, `SPEC_INVALID`
 */
export function checkMeaning({ composite, segments, tiers }: Pick<RfmSpec, 'composite' | 'segments' | 'tiers'>): void {
  checkComposite(composite)
  checkSegmentMap(segments)
  checkTiers(tiers)
}

function binsBetween(name: string, cuts: readonly number[], isPercent: boolean): number {
  if (!Array.isArray(cuts)) return 1
  // A rank is a whole number of ten thousandths.
  const index = whereNotAscending(cuts, isPercent ? (percent) => percent > 0 && percent < 100 && Math.round(percent * 100) / 100 === percent : Number.isFinite)
  if (index >= 0) fail('CUTS_NOT_ASCENDING', `\`${name}\` must ascend${isPercent ? ' between 0 and 100, with at most two decimals' : ''}, which it does not at index ${index}`)
  return cuts.length + 1
}

function whereNotAscending(values: readonly number[], isSound: (value: number) => boolean = Number.isFinite): number {
  return values.findIndex((value, i) => !(isSound(value) && (i === 0 || value > values[i - 1]!)))
}

function checkComposite(composite: RfmComposite): void {
  if (known('composite.method', composite?.method, ['sum', 'weighted']) === 'sum') return
  const { r, f, m } = (composite as Extract<RfmComposite, { method: 'weighted' }>).weights ?? {}
  const sum = r + f + m
  if (!([r, f, m].every((weight) => typeof weight === 'number' && weight >= 0) && sum > 0 && sum < Infinity)) {
    fail('WEIGHTS_INVALID', `Weights must be 0 or more and not all 0, got ${r}, ${f}, ${m}`)
  }
}

function checkTiers(tiers: ValueTiers): void {
  const isList = Array.isArray(tiers) && isWhole(tiers.length, 1, 100) && tiers.every((tier) => isNamed(tier) && typeof tier.from === 'number')
  if (!(isList && whereNotAscending(tiers.map(({ from }) => -from)) < 0 && tiers.at(-1)!.from <= 3)) {
    fail('TIERS_INVALID', 'Value tiers must have ids and descend to a `from` of at most 3')
  }
}

/** A choice with a default, the first one. */
function oneOf<const Value extends string>(name: string, value: Value | undefined, allowed: readonly [Value, ...Value[]]): Value {
  return value === undefined ? allowed[0] : known(name, value, allowed)
}

function known<const Value extends string>(name: string, value: Value | undefined, allowed: readonly Value[]): Value {
  if (!allowed.includes(value!)) fail('SPEC_INVALID', `\`${name}\` must be ${allowed.join(' or ')}`)
  return value!
}

function isInstant(value: number): boolean {
  return isWhole(value, -8.64e15, 8.64e15)
}

function fail(code: InvalidInputCode, what: string): never {
  throw new InvalidInputError(code, `${what}. The figures would mean something else. Correct the RFM spec.`)
}

/** Plain JSON only, so that the caller's own object stays unfrozen and unshared; what is `undefined` falls away. */
function frozenCopy(spec: { readonly [Key in keyof RfmSpec]: RfmSpec[Key] | undefined }): RfmSpec {
  return JSON.parse(JSON.stringify(spec), (_key, value: unknown) => Object.freeze(value)) as RfmSpec
}
