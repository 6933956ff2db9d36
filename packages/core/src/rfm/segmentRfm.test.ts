import { describe, expect, it } from 'vitest'
import { assignSegments, segmentNames } from './assignSegments.ts'
import { forEachCell } from './cells.ts'
import { lintSegmentMap } from './lintSegmentMap.ts'
import { plainSegmentMap, rRfmSegmentMap } from './segmentMaps.ts'
import { segmentRfm } from './segmentRfm.ts'
import type { SegmentRfmOptions } from './segmentRfm.ts'
import { defaultValueTiers, tierOf } from './valueTiers.ts'

/** One customer per cell. */
function everyCell(bins: number) {
  const [r, f, m]: [number[], number[], number[]] = [[], [], []]
  forEachCell({ r: bins, f: bins, m: bins }, (a, b, c) => (r.push(a), f.push(b), m.push(c)))
  return { bins: { r: bins, f: bins, m: bins }, r: Uint8Array.from(r), f: Uint8Array.from(f), m: Uint8Array.from(m) }
}

describe('plainSegmentMap', () => {
  it('names all 125 cells by eleven segments, none of them dead', () => {
    expect(plainSegmentMap.segments).toHaveLength(11)
    expect(lintSegmentMap(plainSegmentMap)).toMatchObject({ cells: 125, covered: 125, uncovered: [], unreachable: [] })
  })

  it('reads as the table in its comment', () => {
    const table = ['lost hibernating atRisk cannotLose cannotLose', 'aboutToSleep hibernating atRisk atRisk atRisk', 'aboutToSleep needAttention needAttention loyal loyal', 'promising potentialLoyalists potentialLoyalists loyal loyal', 'newCustomers potentialLoyalists potentialLoyalists champions champions']
    const cells = everyCell(5)
    const { segment, segments } = segmentRfm(cells)
    for (let i = 0; i < 125; i++) {
      const fm = Math.floor((cells.f[i]! + cells.m[i]!) / 2 + 0.5)
      expect(segments[segment[i]!]!.id).toBe(table[cells.r[i]! - 1]!.split(' ')[fm - 1])
    }
  })

  it('reads ten scores two by two, and has no dead segment there', () => {
    const ten = everyCell(10)
    const at10 = segmentRfm(ten).segment
    const at5 = assignSegments(plainSegmentMap, { r: 5, f: 5, m: 5 })
    const half = (score: number) => Math.ceil(score / 2) - 1
    for (let i = 0; i < 1000; i++) expect(at10[i]).toBe(at5[(half(ten.r[i]!) * 5 + half(ten.f[i]!)) * 5 + half(ten.m[i]!)])
    expect(new Set(at10).size).toBe(11)
  })
})

describe('rRfmSegmentMap', () => {
  it('leaves the ten cells to Others that the tool leaves, and shares the others out alike', () => {
    const { uncovered, unreachable } = lintSegmentMap(rRfmSegmentMap)
    expect(uncovered).toEqual(['215', '241', '251', '252', '341', '351', '441', '451', '541', '551'])
    expect(unreachable).toEqual([])
    const counts = new Map<string, number>()
    const names = segmentNames(rRfmSegmentMap)
    for (const index of assignSegments(rRfmSegmentMap, { r: 5, f: 5, m: 5 })) counts.set(names[index]!.name, (counts.get(names[index]!.name) ?? 0) + 1)
    expect([...counts].sort(([a], [b]) => (a < b ? -1 : 1))).toEqual([['About To Sleep', 10], ['At Risk', 7], ["Can't Lose Them", 6], ['Champions', 1], ['Lost', 14], ['Loyal Customers', 15], ['Need Attention', 4], ['New Customers', 15], ['Others', 10], ['Potential Loyalist', 35], ['Promising', 8]])
  })
})

describe('defaultValueTiers', () => {
  const borders = (bins: number) => defaultValueTiers({ r: bins, f: bins, m: bins }).map(({ from }) => from)
  it('has the borders of five and ten points', () => {
    expect(borders(5)).toEqual([13, 10, 7, 3])
    expect(borders(10)).toEqual([26, 20, 13, 3])
  })
  it('gives every tier a sum that occurs, whatever the bins', () => {
    for (let bins = 2; bins <= 10; bins++) {
      const tiers = defaultValueTiers({ r: bins, f: bins, m: bins })
      const used = new Set<number>()
      for (let sum = 3; sum <= 3 * bins; sum++) used.add(tierOf(tiers, sum))
      expect([bins, used]).toEqual([bins, new Set([0, 1, 2, 3])])
    }
  })
})

describe('segmentRfm', () => {
  it('weighs to the same points as the sum when weights are equal', () => {
    const cells = everyCell(5)
    const plain = segmentRfm(cells)
    for (const w of [1, 0.1, 7]) {
      const weighted = segmentRfm(cells, { composite: { method: 'weighted', weights: { r: w, f: w, m: w } } })
      expect([weighted.composite, weighted.tier]).toEqual([plain.composite, plain.tier])
    }
  })
  it('holds an equal score on its border whatever the weights', () => {
    const all3 = { bins: { r: 5, f: 5, m: 5 }, r: Uint8Array.of(3), f: Uint8Array.of(3), m: Uint8Array.of(3) }
    expect(segmentRfm(all3, { composite: { method: 'weighted', weights: { r: 0.2, f: 0.3, m: 0.7 } } }).composite[0]).toBe(9)
  })
  it('leaves customers without a purchase out', () => {
    const none = { bins: { r: 5, f: 5, m: 5 }, r: Uint8Array.of(0), f: Uint8Array.of(0), m: Uint8Array.of(0) }
    const { segment, tier, composite } = segmentRfm(none)
    expect([segment[0], tier[0], composite[0]]).toEqual([-1, -1, 0])
  })
  it('refuses tiers, weights and maps that would leave somebody without a name', () => {
    const cells = everyCell(2)
    const codeOf = (options: SegmentRfmOptions): unknown => {
      try {
        return segmentRfm(cells, options)
      } catch (error) {
        return (error as { code?: unknown }).code
      }
    }
    expect(codeOf({ tiers: [] })).toBe('TIERS_INVALID')
    expect(codeOf({ tiers: [{ id: 'only', from: 4 }] })).toBe('TIERS_INVALID')
    expect(codeOf({ composite: { method: 'weighted', weights: { r: 0, f: 0, m: 0 } } })).toBe('WEIGHTS_INVALID')
    expect(codeOf({ segments: { id: 'gap', bins: 2, segments: [{ id: 'some', r: [2, 2] }] } })).toBe('SEGMENT_MAP_INVALID')
  })
  it('returns records that cannot be written', () => {
    const { segments, tiers } = segmentRfm(everyCell(2))
    expect([...segments, ...tiers].every((record) => Object.isFrozen(record))).toBe(true)
  })
})
