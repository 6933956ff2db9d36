import { defaultValueTiers, plainSegmentMap, pymcMarketingSegmentMap, recencyByValueSegmentMap, rRfmOldSegmentMap, rRfmSegmentMap, threePointSegmentMap } from '@crm/core/rfm'
import { describe, expect, it } from 'vitest'
import { segmentNames } from './segments.ts'

const maps = [plainSegmentMap, rRfmSegmentMap, rRfmOldSegmentMap, pymcMarketingSegmentMap, threePointSegmentMap, recencyByValueSegmentMap]
const groupsOf = (map: (typeof maps)[number]) => [...map.segments, ...(map.otherwise ? [map.otherwise] : [])]

describe('segmentNames', () => {
  it.each(maps)('names every segment of the map $id in Chinese, each apart', (map) => {
    const names = groupsOf(map).map(({ id }) => segmentNames[id])
    expect(names.filter((name) => !/^\p{Script=Han}+$/u.test(name ?? ''))).toEqual([])
    expect(new Set(names).size).toBe(names.length)
  })

  it('gives an id one meaning, whatever map it stands in', () => {
    const meanings = new Map<string, Set<string>>()
    for (const { id, name = id } of maps.flatMap(groupsOf)) meanings.set(id, (meanings.get(id) ?? new Set()).add(name.toLowerCase()))
    expect([...meanings].filter(([, names]) => names.size > 1)).toEqual([])
  })

  it('names no id that no map has', () => {
    const used = [...maps.flatMap(groupsOf), ...defaultValueTiers({ r: 5, f: 5, m: 5 })].map(({ id }) => id)
    expect(Object.keys(segmentNames).filter((id) => !used.includes(id))).toEqual([])
  })
})
