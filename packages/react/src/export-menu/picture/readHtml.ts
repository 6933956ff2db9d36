import { both, readCanvas, readSvg } from './readSvg.ts'
import type { Clip, Collected } from './readSvg.ts'
import type { Matrix, PictureItem } from './picture.types.ts'
import { linesOf } from './readText.ts'

const IDENTITY: Matrix = [1, 0, 0, 1, 0, 0]

/**
 * Reads the HTML around a picture: its title, the titles of axes, a legend. Grounds, borders, rings and lines of text, as
 * far as the kit's widgets use them; coordinates are those of the window.
 */
export function readHtml(element: Element, collected: Collected, clip: Clip, opacity = 1): void {
  if (element instanceof SVGSVGElement) return readSvg(element, collected, clip, opacity)
  if (element instanceof HTMLCanvasElement) return readCanvas(element, collected, clip, opacity)
  if (!(element instanceof HTMLElement)) return
  const style = getComputedStyle(element)
  const box = element.getBoundingClientRect()
  const seen = opacity * Number(style.opacity)
  // What only assistive technology is meant to find is one pixel large.
  if (style.display === 'none' || style.visibility !== 'visible' || seen === 0 || (style.position === 'absolute' && box.width <= 1)) return
  const { x, y, width, height } = box
  const radius = Math.min(Number.parseFloat(style.borderTopLeftRadius) || 0, width / 2, height / 2)
  const rect = (inset: number, paint: Pick<PictureItem, 'fill' | 'stroke'>): void => {
    const inner = { x: x + inset, y: y + inset, width: width - 2 * inset, height: height - 2 * inset }
    if (inner.width > 0 && inner.height > 0) collected.items.push({ kind: 'rect', box: inner, radius: Math.max(0, radius - inset), matrix: IDENTITY, clip, opacity: seen, strokeFirst: false, ...paint })
  }
  const outline = (color: string, lineWidth: number, inset: number): void => {
    const ink = collected.inks.read(color)
    if (ink !== null && lineWidth > 0) rect(inset, { fill: null, stroke: { ink, width: lineWidth, cap: 'butt', join: 'miter', dashes: [] } })
  }
  const ground = style.display === 'inline' ? null : collected.inks.read(style.backgroundColor)
  if (ground !== null) rect(0, { fill: ground, stroke: null })
  const border = style.borderTopStyle === 'none' ? 0 : Number.parseFloat(style.borderTopWidth)
  outline(style.borderTopColor, border, border / 2)
  const inside = style.overflow === 'visible' ? clip : both(clip, { x, y, width, height, radius })
  for (const child of element.childNodes) {
    if (child instanceof Element) readHtml(child, collected, inside, seen)
    else if (child instanceof Text) {
      const fill = collected.inks.read(style.color)
      for (const { text, left, right, y: baseline, direction, font } of linesOf(child, style)) {
        const align = style.textAlign === 'center' ? 'center' : direction === 'rtl' ? 'right' : 'left'
        const at = align === 'center' ? (left + right) / 2 : align === 'left' ? left : right
        collected.items.push({ kind: 'text', text, x: at, y: baseline, width: right - left, align, direction, font, matrix: IDENTITY, clip: null, opacity: seen, fill, stroke: null, strokeFirst: false })
      }
    }
  }
  // A ring drawn as a shadow without blur lies around the box, over what the children paint.
  const ring = /^(.*\)) 0px 0px 0px ([\d.]+)px$/.exec(style.boxShadow)
  if (ring !== null) outline(ring[1]!, Number(ring[2]), -Number(ring[2]) / 2)
}
