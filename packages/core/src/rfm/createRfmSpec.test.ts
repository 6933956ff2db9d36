import { describe, expect, it } from 'vitest'
import { createRfmSpec } from './createRfmSpec.ts'
import type { RfmSpec, RfmSpecOptions, SegmentMap } from './rfm.types.ts'
import { plainSegmentMap } from './segmentMaps.ts'

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
    ['TIERS_INVALID', { tiers: [] }],
    ['TIERS_INVALID', { tiers: [{ id: 'a', from: 4 }] }],
    ['TIERS_INVALID', { tiers: [{ id: 'a', from: 3 }, { id: 'b', from: 5 }] }],
    ['TIERS_INVALID', { tiers: [{ id: 'a', from: NaN }] }],
  ])('%s for %o', (code, options) => {
    expect(() => createRfmSpec({ ...base, ...options } as RfmSpecOptions)).toThrow(expect.objectContaining({ name: 'InvalidInputError', code }))
  })
})
