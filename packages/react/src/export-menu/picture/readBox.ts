import type { Box, Ink, Matrix, PictureItem } from './picture.types.ts'
import type { Clip, Collected } from './readSvg.ts'

export const IDENTITY: Matrix = [1, 0, 0, 1, 0, 0]

/** An element's place in the window and what it is drawn with. */
export interface BoxContext {
  readonly style: CSSStyleDeclaration
  readonly box: Box
  readonly radius: number
  readonly clip: Clip
  readonly opacity: number
  readonly collected: Collected
}

/** The ground of an element and its borders. */
export function readGround(context: BoxContext): void {
  const { style, box, collected } = context
  const ground = style.display === 'inline' ? null : collected.inks.read(style.backgroundColor)
  if (ground !== null) push(context, box, context.radius, ground, null)
  const { x, y, width, height } = box
  const [top, right, bottom, left] = [side(context, 'Top'), side(context, 'Right'), side(context, 'Bottom'), side(context, 'Left')]
  if ([right, bottom, left].every((one) => one.width === top.width && one.color === top.color)) return outline(context, top.color, top.width, -top.width / 2)
  const strip = (color: string, at: Box): void => {
    const ink = collected.inks.read(color)
    if (ink !== null && at.width > 0 && at.height > 0) push(context, at, 0, ink, null)
  }
  strip(top.color, { x, y, width, height: top.width })
  strip(bottom.color, { x, y: y + height - bottom.width, width, height: bottom.width })
  strip(left.color, { x, y, width: left.width, height })
  strip(right.color, { x: x + width - right.width, y, width: right.width, height })
}

/** A ring drawn as a shadow without blur: it lies around the box, over what the children paint. */
export function readRing(context: BoxContext): void {
  const [, color, width] = /^(.*\)) 0px 0px 0px ([\d.]+)px$/.exec(context.style.boxShadow) ?? []
  if (color !== undefined && width !== undefined) outline(context, color, Number(width), Number(width) / 2)
}

function side({ style }: BoxContext, name: 'Top' | 'Right' | 'Bottom' | 'Left'): { readonly width: number; readonly color: string } {
  const isDrawn = style[`border${name}Style`] !== 'none'
  return { width: isDrawn ? Number.parseFloat(style[`border${name}Width`]) : 0, color: style[`border${name}Color`] }
}

/** A line around the box whose middle lies `outside` px beyond its edge. */
function outline(context: BoxContext, color: string, width: number, outside: number): void {
  const ink = context.collected.inks.read(color)
  const { box, radius } = context
  const at = { x: box.x - outside, y: box.y - outside, width: box.width + 2 * outside, height: box.height + 2 * outside }
  if (ink !== null && width > 0 && at.width > 0 && at.height > 0) push(context, at, Math.max(0, radius + outside), null, { ink, width, cap: 'butt', join: 'miter', dashes: [] })
}

function push({ collected, clip, opacity }: BoxContext, box: Box, radius: number, fill: Ink | null, stroke: PictureItem['stroke']): void {
  collected.items.push({ kind: 'rect', box, radius, matrix: IDENTITY, clip, opacity, fill, stroke, strokeFirst: false })
}
