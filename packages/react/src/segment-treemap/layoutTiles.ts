import { hierarchy, treemapSquarify } from '@visx/hierarchy'

/** A rectangle in parts of the picture, 0..1, from the corner where reading starts. */
export interface TileBox {
  readonly x0: number
  readonly y0: number
  readonly x1: number
  readonly y1: number
}

/**
 * Rectangles with areas in proportion to values, none much longer than wide, in a picture of `aspect` (width / height).
 *
 * @param values greater than zero, descending
 * @see Bruls, Huizing & van Wijk (2000), Squarified Treemaps; sides near the golden ratio, after Kong, Heer & Agrawala (2010)
 */
export function layoutTiles(values: readonly number[], aspect: number): readonly TileBox[] {
  if (values.length === 0) return []
  const root = hierarchy<number | readonly number[]>(values, (items) => (typeof items === 'number' ? null : [...items])).sum((item) => (typeof item === 'number' ? item : 0))
  // The tiling alone: one level needs no padding, and what a component lays out while drawing, keys could not follow.
  treemapSquarify(root as Parameters<typeof treemapSquarify>[0], 0, 0, aspect, 1)
  return ((root.children ?? []) as (typeof root & TileBox)[]).map(({ x0, y0, x1, y1 }) => ({ x0: x0 / aspect, y0, x1: x1 / aspect, y1 }))
}

/** Rectangles that touch within a rounding error count as side by side. */
const TOUCH = 1e-6

/**
 * The rectangle that an arrow key leads to: the nearest on that side, of several the one beside the middle.
 *
 * @param direction on screen; `left` is towards 0
 * @returns index, or null at the edge
 */
export function tileBeside(boxes: readonly TileBox[], from: number, direction: 'left' | 'right' | 'up' | 'down'): number | null {
  const start = boxes[from]
  if (start === undefined) return null
  const isAcross = direction === 'left' || direction === 'right'
  // Along the direction and across it.
  const span = (box: TileBox): readonly [number, number, number, number] => (isAcross ? [box.x0, box.x1, box.y0, box.y1] : [box.y0, box.y1, box.x0, box.x1])
  const [near, far, low, high] = span(start)
  const middle = (low + high) / 2
  let best: number | null = null
  let bestRank: readonly [gap: number, off: number] = [Infinity, Infinity]
  for (const [index, box] of boxes.entries()) {
    const [boxNear, boxFar, boxLow, boxHigh] = span(box)
    const gap = direction === 'left' || direction === 'up' ? near - boxFar : boxNear - far
    if (index === from || gap < -TOUCH || boxHigh <= low + TOUCH || boxLow >= high - TOUCH) continue
    const off = Math.max(0, boxLow - middle, middle - boxHigh)
    const closer = gap < bestRank[0] - TOUCH || (gap < bestRank[0] + TOUCH && off < bestRank[1])
    if (closer) [best, bestRank] = [index, [gap, off]]
  }
  return best
}
