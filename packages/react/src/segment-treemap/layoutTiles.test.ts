import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { layoutTiles, tileBeside } from './layoutTiles.ts'
import type { TileBox } from './layoutTiles.ts'

const values = fc.array(fc.double({ min: 0.001, max: 1, noNaN: true }), { minLength: 1, maxLength: 14 }).map((list) => list.toSorted((a, b) => b - a))
const aspect = fc.double({ min: 0.5, max: 3, noNaN: true })
const areaOf = ({ x0, y0, x1, y1 }: TileBox): number => (x1 - x0) * (y1 - y0)

describe('layoutTiles', () => {
  test('areas are in proportion to the values, fill the picture and do not overlap', () => {
    fc.assert(
      fc.property(values, aspect, (list, ratio) => {
        const boxes = layoutTiles(list, ratio)
        const sum = list.reduce((total, value) => total + value, 0)
        expect(boxes).toHaveLength(list.length)
        for (const [at, box] of boxes.entries()) {
          expect(areaOf(box)).toBeCloseTo(list[at]! / sum, 8)
          for (const edge of [box.x0, box.x1, box.y0, box.y1]) expect(edge >= -1e-9 && edge <= 1 + 1e-9).toBe(true)
          for (const other of boxes.slice(at + 1)) {
            const width = Math.min(box.x1, other.x1) - Math.max(box.x0, other.x0)
            const height = Math.min(box.y1, other.y1) - Math.max(box.y0, other.y0)
            expect(Math.min(width, height)).toBeLessThan(1e-9)
          }
        }
      }),
    )
  })

  test('one value fills the picture; none makes none', () => {
    expect(layoutTiles([3], 2)).toEqual([{ x0: 0, y0: 0, x1: 1, y1: 1 }])
    expect(layoutTiles([], 2)).toEqual([])
  })
})

describe('tileBeside', () => {
  /** Two columns: one tall tile, and three beside it, the middle one at the height of the tall one's middle. */
  const boxes: readonly TileBox[] = [
    { x0: 0, y0: 0, x1: 0.5, y1: 1 },
    { x0: 0.5, y0: 0, x1: 1, y1: 0.4 },
    { x0: 0.5, y0: 0.4, x1: 1, y1: 0.7 },
    { x0: 0.5, y0: 0.7, x1: 1, y1: 1 },
  ]

  test('leads to the tile beside the middle, and stays at the edge', () => {
    expect(tileBeside(boxes, 0, 'right')).toBe(2)
    expect([1, 2, 3].map((from) => tileBeside(boxes, from, 'left'))).toEqual([0, 0, 0])
    expect(tileBeside(boxes, 1, 'down')).toBe(2)
    expect(tileBeside(boxes, 3, 'up')).toBe(2)
    expect(tileBeside(boxes, 0, 'left')).toBeNull()
    expect(tileBeside(boxes, 0, 'up')).toBeNull()
    expect(tileBeside(boxes, 9, 'up')).toBeNull()
  })

  test('every tile can be reached from every other by arrow keys, and a key never leads the wrong way', () => {
    fc.assert(
      fc.property(values, aspect, (list, ratio) => {
        const laid = layoutTiles(list, ratio)
        const reached = new Set([0])
        for (const from of reached) {
          for (const direction of ['left', 'right', 'up', 'down'] as const) {
            const to = tileBeside(laid, from, direction)
            if (to === null) continue
            reached.add(to)
            const [a, b] = [laid[from]!, laid[to]!]
            const gone = { left: a.x0 - b.x1, right: b.x0 - a.x1, up: a.y0 - b.y1, down: b.y0 - a.y1 }[direction]
            expect(gone).toBeGreaterThan(-1e-5)
          }
        }
        expect(reached.size).toBe(list.length)
      }),
      { numRuns: 500 },
    )
  })
})
