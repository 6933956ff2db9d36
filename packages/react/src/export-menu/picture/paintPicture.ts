import type { Ink, Picture, PictureItem, PicturePattern } from './picture.types.ts'

/** Device pixels of the file per CSS pixel: sharp on dense screens and in print at half the size. */
const SCALE = 2
/** Safari draws no canvas beyond this many pixels. */
const MAX_PIXELS = 16_000_000

/**
 * Paints a picture on a canvas, shape by shape. Not by loading the SVG as an image: a page with `img-src 'self'` may
 * not load one from memory, and an image has none of the page's fonts.
 */
export function paintPicture(picture: Picture): HTMLCanvasElement {
  const { width, height, background, patterns, items } = picture
  const scale = Math.min(SCALE, Math.sqrt(MAX_PIXELS / (width * height)))
  const canvas = document.createElement('canvas')
  canvas.width = Math.round(width * scale)
  canvas.height = Math.round(height * scale)
  const context = canvas.getContext('2d')
  if (context === null) throw new Error('The browser gave no canvas.')
  context.scale(scale, scale)
  if ('color' in background) {
    context.fillStyle = background.color
    context.fillRect(0, 0, width, height)
  }
  const grounds = new Map(patterns.map((pattern) => [pattern.id, groundOf(context, pattern, scale)]))
  for (const item of items) paintItem(context, item, grounds)
  return canvas
}

type Grounds = ReadonlyMap<string, CanvasPattern | null>

function paintItem(context: CanvasRenderingContext2D, item: PictureItem, grounds: Grounds): void {
  const { clip, matrix, opacity } = item
  context.save()
  if (clip !== null) {
    const edge = new Path2D()
    edge.roundRect(clip.x, clip.y, clip.width, clip.height, clip.radius)
    context.clip(edge)
  }
  context.transform(...matrix)
  context.globalAlpha = opacity
  if (item.kind === 'image') context.drawImage(item.source, item.box.x, item.box.y, item.box.width, item.box.height)
  else if (item.kind === 'text') {
    const { font } = item
    context.font = `${font.style} ${font.weight} ${font.size}px ${font.family}`
    context.direction = item.direction
    context.textAlign = item.align
    paint(context, item, grounds, () => context.fillText(item.text, item.x, item.y), () => context.strokeText(item.text, item.x, item.y))
  } else {
    const path = item.kind === 'path' ? new Path2D(item.d) : new Path2D()
    if (item.kind === 'rect') path.roundRect(item.box.x, item.box.y, item.box.width, item.box.height, item.radius)
    paint(context, item, grounds, () => context.fill(path), () => context.stroke(path))
  }
  context.restore()
}

function paint(context: CanvasRenderingContext2D, { fill, stroke, strokeFirst, opacity }: PictureItem, grounds: Grounds, drawFill: () => void, drawStroke: () => void): void {
  const fillNow = (): void => {
    if (fill === null) return
    context.globalAlpha = opacity * alphaOf(fill)
    context.fillStyle = styleOf(fill, grounds)
    drawFill()
  }
  if (!strokeFirst) fillNow()
  if (stroke !== null) {
    context.globalAlpha = opacity * alphaOf(stroke.ink)
    context.strokeStyle = styleOf(stroke.ink, grounds)
    context.lineWidth = stroke.width
    context.lineCap = stroke.cap
    context.lineJoin = stroke.join
    context.setLineDash([...stroke.dashes])
    drawStroke()
  }
  if (strokeFirst) fillNow()
}

function alphaOf(ink: Ink): number {
  return 'color' in ink ? ink.alpha : 1
}

function styleOf(ink: Ink, grounds: Grounds): string | CanvasPattern {
  return 'color' in ink ? ink.color : (grounds.get(ink.pattern) ?? 'transparent')
}

/** One tile of a pattern, drawn as dense as the picture. */
function groundOf(context: CanvasRenderingContext2D, { width, height, matrix, items }: PicturePattern, scale: number): CanvasPattern | null {
  const tile = document.createElement('canvas')
  tile.width = Math.max(1, Math.round(width * scale))
  tile.height = Math.max(1, Math.round(height * scale))
  const inTile = tile.getContext('2d')
  if (inTile === null) return null
  inTile.scale(tile.width / width, tile.height / height)
  for (const item of items) paintItem(inTile, item, new Map())
  const ground = context.createPattern(tile, 'repeat')
  ground?.setTransform(new DOMMatrix([...matrix]).scale(width / tile.width, height / tile.height))
  return ground
}
