import type { Inks } from './inks.ts'
import { IDENTITY } from './readBox.ts'
import type { Box, Ink, Matrix, PictureItem, PicturePattern, Stroke } from './picture.types.ts'
import { runsOf } from './readText.ts'

/** What is collected while the page is read. */
export interface Collected {
  readonly inks: Inks
  readonly items: PictureItem[]
  readonly patterns: Map<string, PicturePattern>
}

export type Clip = PictureItem['clip']

const NOT_DRAWN = new Set(['defs', 'pattern', 'clipPath', 'mask', 'marker', 'linearGradient', 'radialGradient', 'filter', 'symbol', 'title', 'desc', 'style', 'script', 'metadata'])

/**
 * Reads what a drawn SVG shows, shape by shape: percentages, nested `svg`, classes and custom properties are all resolved
 * by the browser that has laid them out. Coordinates are those of the window.
 */
export function readSvg(element: Element, collected: Collected, clip: Clip, opacity = 1): void {
  if (!(element instanceof SVGElement) || NOT_DRAWN.has(element.localName)) return
  const style = getComputedStyle(element)
  const seen = opacity * Number(style.opacity)
  if (style.display === 'none' || seen === 0) return
  if (element instanceof SVGForeignObjectElement) {
    for (const canvas of element.querySelectorAll('canvas')) readCanvas(canvas, collected, clip, seen)
    return
  }
  if (!(element instanceof SVGGraphicsElement)) return
  const inside = clipOf(element, style, clip)
  if (element instanceof SVGTextElement) readTextElement(element, collected, inside, seen)
  else if (element instanceof SVGImageElement) readImage(element, collected, inside, seen)
  else if (element instanceof SVGGeometryElement) readShape(element, style, collected, inside, seen)
  else for (const child of element.children) readSvg(child, collected, inside, seen)
}

/** Draws a canvas of the page as an image. */
export function readCanvas(canvas: HTMLCanvasElement, { items }: Collected, clip: Clip, opacity: number): void {
  const { x, y, width, height } = canvas.getBoundingClientRect()
  if (width === 0 || height === 0) return
  items.push({ kind: 'image', box: { x, y, width, height }, source: canvas, dataUrl: canvas.toDataURL('image/png'), ...unpainted, clip, opacity })
}

const unpainted = { matrix: IDENTITY, fill: null, stroke: null, strokeFirst: false } as const

function readShape(element: SVGGeometryElement, style: CSSStyleDeclaration, collected: Collected, clip: Clip, opacity: number): void {
  if (style.visibility !== 'visible') return
  const paint = paintOf(style, collected, element)
  const shape = geometryOf(element, style, true)
  if (shape === null || (paint.fill === null && paint.stroke === null)) return
  collected.items.push({ ...shape, ...paint, matrix: matrixOf(element), clip: clipNeeded(element, clip), opacity })
}

type Geometry = { readonly kind: 'rect'; readonly box: Box; readonly radius: number } | { readonly kind: 'path'; readonly d: string }

/** @param isLaidOut false inside a pattern, where only what the attributes say is known */
function geometryOf(element: SVGGeometryElement, style: CSSStyleDeclaration, isLaidOut: boolean): Geometry | null {
  if (element instanceof SVGPathElement) return { kind: 'path', d: element.getAttribute('d') ?? '' }
  if (element instanceof SVGPolygonElement || element instanceof SVGPolylineElement) {
    const points = Array.from(element.points, ({ x, y }) => `${x} ${y}`)
    return { kind: 'path', d: points.length === 0 ? '' : `M${points.join('L')}${element instanceof SVGPolygonElement ? 'Z' : ''}` }
  }
  if (element instanceof SVGLineElement) {
    const [x1, y1, x2, y2] = [element.x1, element.y1, element.x2, element.y2].map(({ baseVal }) => baseVal.value)
    return { kind: 'path', d: `M${x1} ${y1}L${x2} ${y2}` }
  }
  if (element instanceof SVGRectElement) {
    const box = isLaidOut ? element.getBBox() : { x: element.x.baseVal.value, y: element.y.baseVal.value, width: element.width.baseVal.value, height: element.height.baseVal.value }
    const radius = Math.min(Number.parseFloat(style.rx) || Number.parseFloat(style.ry) || 0, box.width / 2, box.height / 2)
    return box.width > 0 && box.height > 0 ? { kind: 'rect', box: { x: box.x, y: box.y, width: box.width, height: box.height }, radius } : null
  }
  // Circles and ellipses: their box says all, and knows radii that come from CSS.
  const { x, y, width, height } = element.getBBox()
  const [rx, ry] = [width / 2, height / 2]
  return width > 0 && height > 0 ? { kind: 'path', d: `M${x} ${y + ry}a${rx} ${ry} 0 1 0 ${width} 0a${rx} ${ry} 0 1 0 ${-width} 0Z` } : null
}

function readTextElement(element: SVGTextElement, collected: Collected, clip: Clip, opacity: number): void {
  const owners = [element, ...element.querySelectorAll<SVGTextContentElement>('tspan, textPath')]
  if (owners.every((owner) => getComputedStyle(owner).visibility !== 'visible')) return
  const style = getComputedStyle(element)
  const paint = paintOf(style, collected, element)
  const matrix = matrixOf(element)
  for (const { text, left, right, y, direction, font } of runsOf(element)) {
    // Anchored as it is drawn, so that it stays in place where another font is used.
    const anchor = style.textAnchor
    const align = anchor === 'middle' ? 'center' : (anchor === 'end') === (style.direction === 'rtl') ? 'left' : 'right'
    const x = align === 'center' ? (left + right) / 2 : align === 'left' ? left : right
    collected.items.push({ kind: 'text', text, x, y, width: right - left, align, direction, font, ...paint, matrix, clip: clipNeeded(element, clip), opacity })
  }
}

function readImage(element: SVGImageElement, collected: Collected, clip: Clip, opacity: number): void {
  const box = element.getBBox()
  const canvas = element.ownerDocument.createElement('canvas')
  canvas.width = Math.max(1, Math.round(box.width * 2))
  canvas.height = Math.max(1, Math.round(box.height * 2))
  canvas.getContext('2d')?.drawImage(element, 0, 0, canvas.width, canvas.height)
  const { x, y, width, height } = box
  collected.items.push({ kind: 'image', box: { x, y, width, height }, source: canvas, dataUrl: canvas.toDataURL('image/png'), ...unpainted, matrix: matrixOf(element), clip, opacity })
}

type Paint = Pick<PictureItem, 'fill' | 'stroke' | 'strokeFirst'>

function paintOf(style: CSSStyleDeclaration, collected: Collected, element: Element): Paint {
  const fill = element instanceof SVGLineElement ? null : inkOf(style.fill, Number(style.fillOpacity), collected, element)
  const ink = inkOf(style.stroke, Number(style.strokeOpacity), collected, element)
  const width = Number.parseFloat(style.strokeWidth)
  const stroke: Stroke | null =
    ink === null || !(width > 0)
      ? null
      : {
          ink,
          width,
          cap: style.strokeLinecap as Stroke['cap'],
          join: style.strokeLinejoin as Stroke['join'],
          dashes: style.strokeDasharray === 'none' ? [] : style.strokeDasharray.split(/[\s,]+/).map(Number.parseFloat),
        }
  return { fill, stroke, strokeFirst: style.paintOrder.startsWith('stroke') }
}

function inkOf(value: string, opacity: number, collected: Collected, element: Element): Ink | null {
  const ink = collected.inks.read(value, opacity)
  if (ink === null || 'color' in ink || collected.patterns.has(ink.pattern)) return ink
  const server = (element.getRootNode() as Document | ShadowRoot).getElementById(ink.pattern)
  if (server instanceof SVGPatternElement) {
    collected.patterns.set(ink.pattern, patternOf(server, ink.pattern, collected))
    return ink
  }
  // A gradient is drawn in its first colour; the kit has none.
  const stop = server?.querySelector('stop')
  return stop ? collected.inks.read(getComputedStyle(stop).stopColor, opacity) : null
}

function patternOf(server: SVGPatternElement, id: string, collected: Collected): PicturePattern {
  const items: PictureItem[] = []
  for (const child of server.children) {
    if (!(child instanceof SVGGeometryElement)) continue
    const style = getComputedStyle(child)
    const shape = geometryOf(child, style, false)
    if (shape !== null) items.push({ ...shape, ...paintOf(style, { ...collected, items }, child), matrix: IDENTITY, clip: null, opacity: Number(style.opacity) })
  }
  const transform = server.patternTransform.baseVal.consolidate()?.matrix
  return {
    id,
    width: server.width.baseVal.value,
    height: server.height.baseVal.value,
    matrix: transform ? [transform.a, transform.b, transform.c, transform.d, transform.e, transform.f] : IDENTITY,
    items,
  }
}

function matrixOf(element: SVGGraphicsElement): Matrix {
  const matrix = element.getScreenCTM()
  return matrix === null ? IDENTITY : [matrix.a, matrix.b, matrix.c, matrix.d, matrix.e, matrix.f]
}

/** What an element cuts off: the edge of an `svg`, or a rectangle of `clip-path`. */
function clipOf(element: SVGGraphicsElement, style: CSSStyleDeclaration, around: Clip): Clip {
  let clip = around
  if (element instanceof SVGSVGElement && style.overflow !== 'visible') clip = both(clip, boxOf(element, viewportOf(element)))
  const id = /^url\("?#([^")]+)"?\)/.exec(style.clipPath)?.[1]
  const rect = id === undefined ? null : (element.getRootNode() as Document | ShadowRoot).getElementById(id)?.querySelector('rect')
  if (rect) clip = both(clip, boxOf(element, { x: rect.x.baseVal.value, y: rect.y.baseVal.value, width: rect.width.baseVal.value, height: rect.height.baseVal.value }))
  return clip
}

/** The part of its own coordinates that an `svg` shows. */
function viewportOf(element: SVGSVGElement): Box {
  const { viewBox, width, height } = element
  if (viewBox.baseVal !== null && viewBox.baseVal.width > 0) return viewBox.baseVal
  // The outermost one may be sized by CSS, which its attributes do not know.
  const box = element.ownerSVGElement === null ? element.getBoundingClientRect() : { width: width.baseVal.value, height: height.baseVal.value }
  return { x: 0, y: 0, width: box.width, height: box.height }
}

/** A box of an element's own coordinates in those of the window. */
function boxOf(element: SVGGraphicsElement, { x, y, width, height }: Box): Box {
  const [a, b, c, d, e, f] = matrixOf(element)
  const xs = [x, x + width].flatMap((left) => [y, y + height].map((top) => a * left + c * top + e))
  const ys = [x, x + width].flatMap((left) => [y, y + height].map((top) => b * left + d * top + f))
  const [left, top] = [Math.min(...xs), Math.min(...ys)]
  return { x: left, y: top, width: Math.max(...xs) - left, height: Math.max(...ys) - top }
}

/** What two clips leave. */
export function both(a: Clip, b: Box & { readonly radius?: number }): Clip {
  if (a === null) return { ...b, radius: b.radius ?? 0 }
  const x = Math.max(a.x, b.x)
  const y = Math.max(a.y, b.y)
  const width = Math.max(0, Math.min(a.x + a.width, b.x + b.width) - x)
  const height = Math.max(0, Math.min(a.y + a.height, b.y + b.height) - y)
  return { x, y, width, height, radius: Math.max(a.radius, b.radius ?? 0) }
}

/** Most things lie inside what would cut them: they are written without a clip. */
function clipNeeded(element: Element, clip: Clip): Clip {
  if (clip === null) return null
  const { left, right, top, bottom } = element.getBoundingClientRect()
  const room = clip.radius - 0.5
  const isInside = left >= clip.x + room && right <= clip.x + clip.width - room && top >= clip.y + room && bottom <= clip.y + clip.height - room
  return isInside ? null : clip
}
