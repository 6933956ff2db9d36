import { IDENTITY, readGround, readRing } from './readBox.ts'
import { both, readCanvas, readSvg } from './readSvg.ts'
import type { Clip, Collected } from './readSvg.ts'
import { linesOf } from './readText.ts'
import type { TextRun } from './readText.ts'

/**
 * Reads the HTML around a picture: its title, the titles of axes, a legend, a table beside it. Grounds, borders, rings and
 * lines of text, as far as the kit's widgets use them; coordinates are those of the window.
 */
export function readHtml(element: Element, collected: Collected, clip: Clip, opacity = 1): void {
  if (element instanceof SVGSVGElement) return readSvg(element, collected, clip, opacity)
  if (element instanceof HTMLCanvasElement) return readCanvas(element, collected, clip, opacity)
  if (!(element instanceof HTMLElement)) return
  const style = getComputedStyle(element)
  const { x, y, width, height } = element.getBoundingClientRect()
  const seen = opacity * Number(style.opacity)
  // What only assistive technology is meant to find is one pixel large.
  if (style.display === 'none' || style.visibility !== 'visible' || seen === 0 || (style.position === 'absolute' && width <= 1)) return
  const radius = Math.min(Number.parseFloat(style.borderTopLeftRadius) || 0, width / 2, height / 2)
  const context = { style, box: { x, y, width, height }, radius, clip, opacity: seen, collected }
  readGround(context)
  const inside = style.overflow === 'visible' ? clip : both(clip, { x, y, width, height, radius })
  for (const child of element.childNodes) {
    if (child instanceof Element) readHtml(child, collected, inside, seen)
    else if (child instanceof Text) for (const run of linesOf(child, style)) pushRun(run, style, inside, seen, collected)
  }
  readRing(context)
}

/** A line of text, held where its element holds it, so that it stays aligned in another font. */
function pushRun({ text, left, right, y, direction, font }: TextRun, style: CSSStyleDeclaration, clip: Clip, opacity: number, { inks, items }: Collected): void {
  const start = style.direction === 'rtl' ? 'right' : 'left'
  const end = start === 'left' ? 'right' : 'left'
  const align = style.textAlign === 'left' || style.textAlign === 'right' || style.textAlign === 'center' ? style.textAlign : style.textAlign === 'end' ? end : start
  const x = align === 'center' ? (left + right) / 2 : align === 'left' ? left : right
  const isCut = clip !== null && (left < clip.x || right > clip.x + clip.width)
  items.push({ kind: 'text', text, x, y, width: right - left, align, direction, font, matrix: IDENTITY, clip: isCut ? clip : null, opacity, fill: inks.read(style.color), stroke: null, strokeFirst: false })
}
