import { describe, expect, it } from 'vitest'
import { CrmError } from '../errors/index.ts'
import { createRfmSpec } from './createRfmSpec.ts'
import { lintSegmentMap } from './lintSegmentMap.ts'
import type { RfmSpec, RfmSpecOptions, SegmentMap } from './rfm.types.ts'
import { plainSegmentMap, pymcMarketingSegmentMap, recencyByValueSegmentMap, rRfmOldSegmentMap, rRfmSegmentMap, threePointSegmentMap } from './segmentMaps.ts'

/** What happened, why it matters, what to do. */
const THREE_SENTENCES = /^(?:(?:[^.]|\.(?! |$))+\.(?: |$)){3}$/
const base = { asOf: Date.UTC(2024, 0, 31), timeZone: 'Europe/Oslo' }

describe('createRfmSpec', () => {
  it('fills in what most shops mean', () => {
    const spec = createRfmSpec(base)
    expect(spec).toMatchObject({ ...base, order: 'orderId', returns: 'net', frequency: 'all', monetary: 'sum', scoring: { method: 'quantile', bins: 5 }, composite: { method: 'sum' } })
    expect(spec.segments).toEqual(plainSegmentMap)
    expect(spec.tiers.map(({ id, from }) => [id, from])).toEqual([['platinum', 13], ['gold', 10], ['silver', 7], ['bronze', 3]])
  })

  it('survives JSON, takes its own result back, and is frozen throughout', () => {
    const spec = createRfmSpec({ ...base, from: 0, scoring: { method: 'thresholds', recencyDays: [30], frequency: [1, 5], monetary: [100] } })
    expect(createRfmSpec(JSON.parse(JSON.stringify(spec)) as RfmSpec)).toEqual(spec)
    const loose: unknown[] = []
    const walk = (value: unknown): void => {
      if (typeof value !== 'object' || value === null) return
      if (!Object.isFrozen(value)) loose.push(value)
      Object.values(value).forEach(walk)
    }
    walk(spec)
    expect(loose).toEqual([])
  })

  it('leaves the objects of the caller as they were', () => {
    const segments: SegmentMap = { id: 'one', bins: 5, segments: [{ id: 'all' }] }
    expect(createRfmSpec({ ...base, segments }).segments).toEqual(segments)
    expect(Object.isFrozen(segments)).toBe(false)
  })

  const map = (over: object): SegmentMap => ({ id: 'm', bins: 5, segments: [{ id: 'a' }], ...over })
  it.each<[code: string, options: Partial<Record<keyof RfmSpecOptions | 'bins', unknown>>]>([
    ['SPEC_INVALID', { bins: 10 }],
    ['TIME_ZONE_UNKNOWN', { timeZone: 'Mars/Olympus' }],
    ['TIME_ZONE_UNKNOWN', { timeZone: undefined }],
    ['SPEC_INVALID', { asOf: NaN }],
    ['SPEC_INVALID', { asOf: 1.5 }],
    ['SPEC_INVALID', { asOf: Infinity }],
    ['SPEC_INVALID', { asOf: 9e15 }],
    ['SPEC_INVALID', { from: base.asOf + 1 }],
    ['SPEC_INVALID', { order: 'basket' }],
    ['SPEC_INVALID', { returns: 'keep' }],
    ['SPEC_INVALID', { frequency: 'once' }],
    ['SPEC_INVALID', { monetary: 'median' }],
    ['SPEC_INVALID', { scoring: { method: 'kmeans', bins: 5 } }],
    ['SPEC_INVALID', { scoring: { method: 'r-rfm', bins: 5 }, monetary: 'mean' }],
    ['BINS_RANGE', { scoring: { method: 'quantile', bins: 1 } }],
    ['BINS_RANGE', { scoring: { method: 'quantile', bins: 11 } }],
    ['BINS_RANGE', { scoring: { method: 'quantile', bins: { r: 5, f: 5 } } }],
    ['BINS_RANGE', { scoring: { method: 'quantile' } }],
    ['BINS_RANGE', { scoring: { method: 'thresholds', recencyDays: [], frequency: [1], monetary: [1] } }],
    ['CUTS_NOT_ASCENDING', { scoring: { method: 'thresholds', recencyDays: [30, 30], frequency: [1], monetary: [1] } }],
    ['CUTS_NOT_ASCENDING', { scoring: { method: 'thresholds', recencyDays: [30], frequency: [2, 1], monetary: [1] } }],
    ['CUTS_NOT_ASCENDING', { scoring: { method: 'thresholds', recencyDays: [30], frequency: [1], monetary: [NaN] } }],
    ['WEIGHTS_INVALID', { composite: { method: 'weighted', weights: { r: 0, f: 0, m: 0 } } }],
    ['WEIGHTS_INVALID', { composite: { method: 'weighted', weights: { r: -1, f: 2, m: 2 } } }],
    ['WEIGHTS_INVALID', { composite: { method: 'weighted', weights: { r: NaN, f: 2, m: 2 } } }],
    ['SEGMENT_MAP_INVALID', { segments: map({ bins: 11 }) }],
    ['SEGMENT_MAP_INVALID', { segments: map({ segments: [] }) }],
    ['SEGMENT_MAP_INVALID', { segments: map({ segments: [{ id: 'a', r: [2, 5] }] }) }],
    ['SEGMENT_MAP_INVALID', { segments: map({ segments: [{ id: 'a', r: [0, 5] }] }) }],
    ['SEGMENT_MAP_INVALID', { segments: map({ segments: [{ id: 'a', fm: [4, 3] }] }) }],
    ['SEGMENT_MAP_INVALID', { segments: map({ segments: [{ id: 'a', r: [1, 2] }, { id: 'a' }] }) }],
    ['SEGMENT_MAP_INVALID', { segments: map({ segments: [{ id: 'a', r: [1.5, 5] }], otherwise: { id: 'b' } }) }],
    ['SEGMENT_MAP_INVALID', { segments: map({ segments: [{ id: 'a', codes: ['336'] }], otherwise: { id: 'b' } }) }],
    ['SEGMENT_MAP_INVALID', { segments: map({ segments: [{ id: 'a', codes: ['3-3-4'] }], otherwise: { id: 'b' } }) }],
    ['SEGMENT_MAP_INVALID', { segments: map({ segments: [{ id: 'a', codes: [334] }], otherwise: { id: 'b' } }) }],
    ['SEGMENT_MAP_INVALID', { segments: map({ bins: 10, segments: [{ id: 'a', codes: ['334'] }], otherwise: { id: 'b' } }) }],
    ['BINS_RANGE', { scoring: { method: 'nested', bins: 11 } }],
    ['BINS_RANGE', { scoring: { method: 'ntile' } }],
    ['BINS_RANGE', { scoring: { method: 'percentiles', recencyDays: [50], frequency: [50], monetary: [] } }],
    ['CUTS_NOT_ASCENDING', { scoring: { method: 'percentiles', recencyDays: [50, 20], frequency: [50], monetary: [50] } }],
    ['CUTS_NOT_ASCENDING', { scoring: { method: 'percentiles', recencyDays: [0], frequency: [50], monetary: [50] } }],
    ['CUTS_NOT_ASCENDING', { scoring: { method: 'percentiles', recencyDays: [50], frequency: [100], monetary: [50] } }],
    ['CUTS_NOT_ASCENDING', { scoring: { method: 'percentiles', recencyDays: [50], frequency: [50], monetary: [33.333] } }],
    ['CUTS_NOT_ASCENDING', { scoring: { method: 'percentiles', recencyDays: [50], frequency: [50], monetary: [NaN] } }],
    ['TIERS_INVALID', { tiers: [] }],
    ['TIERS_INVALID', { tiers: [{ id: 'a', from: 4 }] }],
    ['TIERS_INVALID', { tiers: [{ id: 'a', from: 3 }, { id: 'b', from: 5 }] }],
    ['TIERS_INVALID', { tiers: [{ id: 'a', from: NaN }] }],
  ])('%s for %o', (code, options) => {
    const error = expect.objectContaining({ name: 'InvalidInputError', code, message: expect.stringMatching(THREE_SENTENCES) as string })
    expect(() => createRfmSpec({ ...base, ...options } as RfmSpecOptions)).toThrow(error)
  })

  it.each<[says: string, options: Partial<RfmSpecOptions>]>([
    // The first hole in order of R, F, M.
    ['no rule for R 1 F 3 M 2.', { segments: map({ segments: [{ id: 'a', r: [2, 5] }, { id: 'b', f: [1, 2] }, { id: 'c', m: [1, 1] }] }) }],
    ['no rule for R 1 F 1 M 1.', { segments: map({ bins: 10, segments: [{ id: 'a', codes: ['10-10-10'] }] }) }],
    ['a range or code of "b" is not within 1 to 5.', { segments: map({ segments: [{ id: 'a' }, { id: 'b', fm: [2, 6] }] }) }],
    ['an id occurs twice.', { segments: map({ segments: [{ id: 'a' }, { id: 'b' }], otherwise: { id: 'b' } }) }],
    ['`frequency` must ascend, which it does not at index 2.', { scoring: { method: 'thresholds', recencyDays: [30], frequency: [1, 5, 5], monetary: [1] } }],
    ['`monetary` must ascend between 0 and 100, with at most two decimals, which it does not at index 1.', { scoring: { method: 'percentiles', recencyDays: [30], frequency: [1], monetary: [1, 2.005] } }],
  ])('says where a map or a list of cuts is wrong: %s', (says, options) => {
    expect(() => createRfmSpec({ ...base, ...options })).toThrow(expect.objectContaining({ message: expect.stringContaining(says) as string }))
  })

  it('checks the scoring of a finished spec too', () => {
    const wrong: [string, object][] = [
      ['BINS_RANGE', { method: 'quantile', bins: 99 }],
      ['CUTS_NOT_ASCENDING', { method: 'thresholds', recencyDays: [30, 7], frequency: [1], monetary: [1] }],
      ['BINS_RANGE', { method: 'thresholds', recencyDays: null, frequency: [1], monetary: [1] }],
      ['SPEC_INVALID', { bins: 5 }],
    ]
    for (const [code, scoring] of wrong) expect(() => createRfmSpec({ ...createRfmSpec(base), scoring } as RfmSpecOptions)).toThrow(expect.objectContaining({ code }))
  })

  it('refuses by a code, or understands, whatever stands in a spec from a file', () => {
    const file = JSON.stringify({
      ...createRfmSpec({ ...base, from: 0, composite: { method: 'weighted', weights: { r: 1, f: 1, m: 1 } }, scoring: { method: 'thresholds', recencyDays: [7], frequency: [1], monetary: [1] } }),
      segments: map({ segments: [{ id: 'a', name: 'A', r: [1, 5], codes: ['555'] }], otherwise: { id: 'b', name: 'B' } }),
    })
    const pathsOf = (value: unknown, path: readonly string[] = []): string[][] =>
      [[...path], ...(typeof value === 'object' && value !== null ? Object.entries(value).flatMap(([key, member]) => pathsOf(member, [...path, key])) : [])]
    const coded: string[] = []
    const uncoded: string[] = []
    const unnamed: unknown[] = []
    for (const path of pathsOf(JSON.parse(file))) {
      for (const junk of [undefined, null, -1, 1.5, NaN, '', '__proto__', '5', true, [], {}, [null], [[1]], [3, 1]]) {
        const whole = { spec: JSON.parse(file) as RfmSpec }
        const full = ['spec', ...path]
        const owner = full.slice(0, -1).reduce<Record<string, unknown>>((one, key) => one[key] as Record<string, unknown>, whole)
        owner[full.at(-1)!] = junk
        const attempt = (run: () => void): void => {
          try {
            run()
          } catch (error) {
            if (error instanceof CrmError) coded.push(error.message)
            else uncoded.push(`${full.join('.')} = ${JSON.stringify(junk)}: ${String(error)}`)
          }
        }
        attempt(() => {
          const { segments, tiers } = createRfmSpec(whole.spec)
          const named = [...segments.segments, ...(segments.otherwise ? [segments.otherwise] : []), ...tiers]
          unnamed.push(...named.filter(({ id, name = id }) => typeof id !== 'string' || typeof name !== 'string'))
        })
        attempt(() => void lintSegmentMap(whole.spec?.segments))
      }
    }
    expect([uncoded, unnamed]).toEqual([[], []])
    expect(coded.length).toBeGreaterThan(500)
    expect(coded.filter((message) => !THREE_SENTENCES.test(message))).toEqual([])
  })

  it('takes every scoring method and every kind of map', () => {
    const cuts = { recencyDays: [33.33], frequency: [0.01, 99.99], monetary: [50] }
    for (const scoring of [{ method: 'percentiles', ...cuts }, { method: 'nested', bins: 5 }, { method: 'ntile', bins: { r: 2, f: 3, m: 10 } }, { method: 'pymc-marketing' }] as const) {
      expect(createRfmSpec({ ...base, scoring }).scoring).toEqual(scoring)
    }
    for (const segments of [pymcMarketingSegmentMap, recencyByValueSegmentMap, rRfmOldSegmentMap, rRfmSegmentMap, threePointSegmentMap]) expect(createRfmSpec({ ...base, segments }).segments).toEqual(segments)
  })
})
