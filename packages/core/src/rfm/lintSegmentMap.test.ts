import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { assignSegments, segmentNames } from './assignSegments.ts'
import { codeOf, forEachCell } from './cells.ts'
import { createRfmSpec } from './createRfmSpec.ts'
import { lintSegmentMap } from './lintSegmentMap.ts'
import type { ScoreRange, SegmentMap, SegmentRule } from './rfm.types.ts'
import { plainSegmentMap, pymcMarketingSegmentMap, recencyByValueSegmentMap, rRfmOldSegmentMap, rRfmSegmentMap, threePointSegmentMap } from './segmentMaps.ts'

describe('lintSegmentMap on the maps of the kit', () => {
  it.each([plainSegmentMap, threePointSegmentMap, recencyByValueSegmentMap])('$id names every cell and no segment in vain', (map) => {
    const { cells, covered, uncovered, unreachable } = lintSegmentMap(map)
    expect([cells, covered, uncovered, unreachable]).toEqual([map.bins ** 3, map.bins ** 3, [], []])
    expect(map.otherwise).toBeUndefined()
  })

  it('finds the 36 cells and the three dead segments of the older R map, each with what shadows it', () => {
    const { cells, covered, uncovered, unreachable } = lintSegmentMap(rRfmOldSegmentMap)
    expect([cells, covered, uncovered.length]).toEqual([125, 89, 36])
    expect(unreachable).toEqual([
      { id: 'newCustomers', shadowedBy: ['potentialLoyalist'] },
      { id: 'promising', shadowedBy: ['potentialLoyalist'] },
      { id: 'cannotLoseThem', shadowedBy: ['atRisk'] },
    ])
  })

  it('finds the ten cells of the newer R map, and no dead segment', () => {
    const { covered, uncovered, unreachable } = lintSegmentMap(rRfmSegmentMap)
    expect(covered).toBe(115)
    expect(uncovered).toEqual(['215', '241', '251', '252', '341', '351', '441', '451', '541', '551'])
    expect(unreachable).toEqual([])
  })

  it('finds the 18 codes that pymc-marketing gives no name, and no code given twice', () => {
    const { cells, covered, uncovered, unreachable, overlaps } = lintSegmentMap(pymcMarketingSegmentMap)
    expect([cells, covered, unreachable, overlaps]).toEqual([64, 46, [], []])
    expect(uncovered).toEqual('121 131 141 142 213 221 231 241 242 321 331 341 342 421 431 432 441 442'.split(' '))
  })
})

describe('lintSegmentMap', () => {
  it('names the rules that shadow a segment, and those that fit no cell', () => {
    const map: SegmentMap = {
      id: 'm',
      bins: 3,
      segments: [{ id: 'first', r: [3, 3] }, { id: 'second', r: [2, 2] }, { id: 'dead', r: [2, 3], f: [1, 1] }, { id: 'nothing', codes: [] }],
      otherwise: { id: 'rest' },
    }
    expect(lintSegmentMap(map)).toEqual({
      kind: 'segment-map-lint',
      version: 1,
      map: 'm',
      cells: 27,
      covered: 18,
      uncovered: ['111', '112', '113', '121', '122', '123', '131', '132', '133'],
      unreachable: [
        { id: 'dead', shadowedBy: ['first', 'second'] },
        { id: 'nothing', shadowedBy: [] },
      ],
      overlaps: [
        { earlier: 'first', later: 'dead', cells: 3, earlierWins: true },
        { earlier: 'second', later: 'dead', cells: 3, earlierWins: true },
      ],
    })
  })

  it('says where a third rule takes cells that two share', () => {
    const map: SegmentMap = { id: 'm', bins: 2, segments: [{ id: 'a', codes: ['111', '222'] }, { id: 'b', r: [2, 2] }, { id: 'c' }] }
    expect(lintSegmentMap(map).overlaps).toEqual([
      { earlier: 'a', later: 'b', cells: 1, earlierWins: true },
      { earlier: 'a', later: 'c', cells: 2, earlierWins: true },
      { earlier: 'b', later: 'c', cells: 4, earlierWins: false },
    ])
  })

  it('agrees with the segments that cells really get, for any map', () => {
    const bins = 3
    const range: fc.Arbitrary<ScoreRange> = fc.tuple(fc.integer({ min: 1, max: bins }), fc.integer({ min: 1, max: bins })).map(([a, b]) => [Math.min(a, b), Math.max(a, b)])
    const codes: string[] = []
    forEachCell({ r: bins, f: bins, m: bins }, (r, f, m) => codes.push(codeOf(bins, r, f, m)))
    const rule = fc.record({ r: range, f: range, m: range, fm: range, codes: fc.subarray(codes) }, { requiredKeys: [] })
    fc.assert(
      fc.property(fc.array(rule, { maxLength: 7 }), (rules) => {
        const map: SegmentMap = { id: 'any', bins, segments: rules.map((one, i): SegmentRule => ({ ...one, id: `s${i}` })), otherwise: { id: 'rest' } }
        const given = assignSegments(map, { r: bins, f: bins, m: bins })
        const names = segmentNames(map).map(({ id }) => id)
        const found = lintSegmentMap(map)
        expect(found.uncovered).toEqual(codes.filter((_, cell) => given[cell] === rules.length))
        expect(found.covered).toBe(found.cells - found.uncovered.length)
        expect(found.unreachable.map(({ id }) => id)).toEqual(names.slice(0, -1).filter((_, index) => !given.includes(index)))
        // A segment dies exactly where each cell it fits alone goes to one of its shadows.
        const alone = (id: string): Uint8Array => assignSegments({ ...map, segments: map.segments.filter((one) => one.id === id) }, { r: bins, f: bins, m: bins })
        for (const { id, shadowedBy } of found.unreachable) {
          const fits = alone(id)
          expect([...shadowedBy].sort()).toEqual([...new Set(codes.flatMap((_, cell) => (fits[cell] === 0 ? [names[given[cell]!]!] : [])))].sort())
        }
      }),
    )
  })

  it('looks at maps that createRfmSpec refuses, but not at a scale without cells', () => {
    const holes: SegmentMap = { id: 'm', bins: 10, segments: [{ id: 'a', r: [2, 10] }, { id: 'b', codes: ['1-10-10'] }] }
    expect(() => createRfmSpec({ asOf: 0, timeZone: 'UTC', segments: holes })).toThrow(expect.objectContaining({ code: 'SEGMENT_MAP_INVALID' }))
    const { covered, uncovered } = lintSegmentMap(holes)
    expect([covered, uncovered.length, uncovered[0], uncovered.at(-1)]).toEqual([901, 99, '1-1-1', '1-10-9'])
    expect(lintSegmentMap({ id: 'none', bins: 2, segments: [] }).uncovered).toHaveLength(8)
    for (const bins of [1, 11, 1e9, NaN]) expect(() => lintSegmentMap({ id: 'm', bins, segments: [] })).toThrow(expect.objectContaining({ code: 'SEGMENT_MAP_INVALID' }))
  })
})

describe('recencyByValueSegmentMap and threePointSegmentMap', () => {
  const table = (map: SegmentMap): string[][] => {
    const { bins } = map
    const names = segmentNames(map).map(({ id }) => id)
    const given = assignSegments(map, { r: bins, f: bins, m: bins })
    const rows = Array.from({ length: bins }, () => Array.from({ length: bins }, () => ''))
    forEachCell({ r: bins, f: bins, m: bins }, (r, f, m, cell) => {
      const fm = Math.floor((f + m) / 2 + 0.5)
      const before = rows[bins - r]![fm - 1]!
      // R and FM alone decide.
      expect(['', names[given[cell]!]]).toContain(before)
      rows[bins - r]![fm - 1] = names[given[cell]!]!
    })
    return rows
  }

  it('read as the tables in their comments', () => {
    expect(table(recencyByValueSegmentMap).map((row) => row.join(' '))).toEqual([
      'newCustomers promising active loyal champions',
      'promising promising active loyal champions',
      'aboutToSleep needAttention needAttention loyal loyal',
      'almostLost almostLost atRisk atRisk previouslyLoyal',
      'dormant dormant almostLost previouslyLoyal previouslyLoyal',
    ])
    expect(table(threePointSegmentMap).map((row) => row.join(' '))).toEqual(['recent loyal champions', 'needAttention needAttention loyal', 'inactive atRisk atRisk'])
    expect(recencyByValueSegmentMap.segments).toHaveLength(11)
  })
})
