import type { TileBox } from './layoutTiles.ts'

/** A picture for wide containers and one for narrow ones; the stylesheet shows one of the two, so nothing is measured. */
export type TreemapShape = 'wide' | 'narrow'

interface ShapeSize {
  /** Height that the stylesheet gives it, px. */
  readonly height: number
  /** Width that tiles are squared for, px. */
  readonly width: number
  /** Widths of the container from which further labels fit, px; the first is the least it is shown at. The stylesheet has the same. */
  readonly from: readonly number[]
}

export const SHAPES: Readonly<Record<TreemapShape, ShapeSize>> = {
  wide: { height: 360, width: 860, from: [520, 720, 960, 1240] },
  narrow: { height: 440, width: 340, from: [260, 300, 400] },
}

/** Text that is drawn from a width of the container on. */
export interface TileText {
  readonly text: string
  /** px; null = always. */
  readonly from: number | null
}

export interface TileLabel {
  /** The name, in one or two lines; empty when it fits nowhere. */
  readonly name: readonly TileText[]
  readonly figure: TileText | null
}

/** Space beside the words, px. */
const PADDING = 20
const LINE = 18
const TOP = 8
const NAME_PX = 13
const FIGURE_PX = 12

/** Fits the name and the figure into a tile by counting characters: a server has no fonts to measure with. */
export function labelOf(name: string, figure: string, box: TileBox, shape: TreemapShape): TileLabel {
  const height = (box.y1 - box.y0) * SHAPES[shape].height - 2 * TOP
  const share = box.x1 - box.x0
  const fromOf = (texts: readonly string[], px: number): number | undefined => {
    const needed = (Math.max(...texts.map((text) => widthOf(text, px))) + PADDING) / share
    return SHAPES[shape].from.find((width) => width >= needed)
  }
  const [one, two] = [[name], inTwo(name)]
  const [fromOne, fromTwo] = [height < LINE ? undefined : fromOf(one, NAME_PX), height < 2 * LINE || two === null ? undefined : fromOf(two, NAME_PX)]
  const useTwo = fromTwo !== undefined && (fromOne === undefined || fromTwo < fromOne)
  const from = useTwo ? fromTwo : fromOne
  if (from === undefined) return { name: [], figure: null }
  const lines = useTwo ? two! : one
  const fromFigure = height < (lines.length + 1) * LINE ? undefined : fromOf([figure], FIGURE_PX)
  const least = SHAPES[shape].from[0]!
  const drawn = (text: string, since: number): TileText => ({ text, from: since > least ? since : null })
  return { name: lines.map((text) => drawn(text, from)), figure: fromFigure === undefined ? null : drawn(figure, Math.max(from, fromFigure)) }
}

const FULL_WIDTH = /[\u1100-\u11ff\u2e80-\ud7a3\uf900-\ufaff\uff00-\uff60]/
const HAN = /[\u4e00-\u9fff]/

/** Width of a text in a wide sans serif, px. Han, kana and Hangul are as wide as high. */
function widthOf(text: string, px: number): number {
  let em = 0
  for (const character of text) em += FULL_WIDTH.test(character) ? 1 : 0.63
  return em * px
}

/**
 * The name broken where it leaves the shortest longer line: at a blank or, among Han characters, an even number of them
 * before the end, as most Chinese words are of two: 潜在忠诚 / 客户.
 */
function inTwo(name: string): readonly string[] | null {
  let best: readonly string[] | null = null
  for (let at = name.length - 1; at > 0; at--) {
    const isBlank = name[at] === ' '
    if (!isBlank && ((name.length - at) % 2 === 1 || !HAN.test(name[at - 1]!) || !HAN.test(name[at]!))) continue
    const lines = [name.slice(0, at), name.slice(isBlank ? at + 1 : at)]
    if (best === null || longest(lines) < longest(best)) best = lines
  }
  return best
}

function longest(lines: readonly string[]): number {
  return Math.max(...lines.map(({ length }) => length))
}
