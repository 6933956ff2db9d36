import { createInks } from './inks.ts'
import type { Box, Matrix, Picture, PictureItem } from './picture.types.ts'
import { readHtml } from './readHtml.ts'
import type { Collected } from './readSvg.ts'

/** Space around the picture, px. */
const PADDING = 16
/** What lies between two parts and is left out, such as controls, shrinks to this, px. */
const LARGEST_GAP = 12

/** Parts of a widget, beside its SVG, that belong to its picture: words that say what is seen. */
const WORDS = '.crm-title, .crm-subtitle, [data-picture]'

interface Part {
  readonly items: PictureItem[]
  readonly box: Box
}

/**
 * Reads a widget's picture from the page as it is drawn at this moment, in its theme and language: the SVG, the title of
 * the widget, and whatever in the widget carries `data-picture`. Controls between them are left out and their room closed.
 */
export function readPicture(svg: SVGSVGElement): Picture {
  const root = svg.closest('.crm-root') ?? svg.parentElement ?? svg
  const inks = createInks(root)
  root.setAttribute('data-still', '')
  try {
    const patterns: Collected['patterns'] = new Map()
    const inOrder = outermost([...root.querySelectorAll(WORDS), svg])
    const parts: Part[] = []
    for (const element of inOrder) {
      const items: PictureItem[] = []
      readHtml(element, { inks, items, patterns }, null)
      const box = boxOf(items, element)
      if (items.length > 0 && box !== null) parts.push({ items, box })
    }
    const left = Math.min(...parts.map(({ box }) => box.x)) - PADDING
    const right = Math.max(...parts.map(({ box }) => box.x + box.width)) + PADDING
    const { items, height } = closeGaps(parts, -left)
    return {
      width: Math.ceil(right - left),
      height: Math.ceil(height),
      title: root.querySelector('.crm-title')?.textContent ?? '',
      description: svg.getAttribute('aria-label') ?? '',
      language: svg.closest('[lang]')?.getAttribute('lang') ?? '',
      background: groundOf(root, inks.read),
      patterns: [...patterns.values()],
      items,
    }
  } finally {
    inks.close()
    root.removeAttribute('data-still')
  }
}

/** Elements that lie in no other of them, in the order of the page. */
function outermost(elements: readonly Element[]): Element[] {
  const distinct = [...new Set(elements)]
  return distinct
    .filter((element) => !distinct.some((other) => other !== element && other.contains(element)))
    .sort((a, b) => (a.compareDocumentPosition(b) & Node.DOCUMENT_POSITION_FOLLOWING ? -1 : 1))
}

/** Moves the parts to the place they have in the picture: as in the page, but with no gap larger than a rest. */
function closeGaps(parts: readonly Part[], dx: number): { readonly items: PictureItem[]; readonly height: number } {
  const items: PictureItem[] = []
  const byTop = [...parts].sort((a, b) => a.box.y - b.box.y)
  const moves = new Map<Part, number>()
  let bottom = Number.NEGATIVE_INFINITY
  let dy = 0
  for (const part of byTop) {
    const gap = part.box.y - bottom
    if (bottom === Number.NEGATIVE_INFINITY) dy = PADDING - part.box.y
    else if (gap > LARGEST_GAP) dy -= gap - LARGEST_GAP
    moves.set(part, dy)
    bottom = Math.max(bottom, part.box.y + part.box.height)
  }
  for (const part of parts) for (const item of part.items) items.push(moved(item, dx, moves.get(part)!))
  return { items, height: bottom + dy + PADDING }
}

function moved(item: PictureItem, dx: number, dy: number): PictureItem {
  const [a, b, c, d, e, f] = item.matrix
  const matrix: Matrix = [a, b, c, d, e + dx, f + dy]
  return { ...item, matrix, clip: item.clip === null ? null : { ...item.clip, x: item.clip.x + dx, y: item.clip.y + dy } }
}

/** What the items of a part cover. A drawing may reach beyond its element, whose own box is never less than the part. */
function boxOf(items: readonly PictureItem[], element: Element): Box | null {
  const own = element.getBoundingClientRect()
  let [left, top, right, bottom] = element instanceof SVGElement ? [own.left, own.top, own.right, own.bottom] : [Infinity, Infinity, -Infinity, -Infinity]
  const add = (x: number, y: number): void => {
    left = Math.min(left, x)
    right = Math.max(right, x)
    top = Math.min(top, y)
    bottom = Math.max(bottom, y)
  }
  for (const item of items) {
    const corners = cornersOf(item)
    const { clip } = item
    for (const [x, y] of corners) {
      if (clip === null) add(x, y)
      else add(Math.min(Math.max(x, clip.x), clip.x + clip.width), Math.min(Math.max(y, clip.y), clip.y + clip.height))
    }
  }
  return left > right ? null : { x: left, y: top, width: right - left, height: bottom - top }
}

/** The corners of an item in the window. A path says nothing here: paths lie within the element of their SVG. */
function cornersOf(item: PictureItem): readonly (readonly [number, number])[] {
  if (item.kind === 'path') return []
  const box = item.kind === 'text' ? textBox(item) : item.box
  const [a, b, c, d, e, f] = item.matrix
  return [box.x, box.x + box.width].flatMap((x) => [box.y, box.y + box.height].map((y) => [a * x + c * y + e, b * x + d * y + f] as const))
}

function textBox({ x, y, width, align, font }: Extract<PictureItem, { kind: 'text' }>): Box {
  const left = align === 'left' ? x : align === 'right' ? x - width : x - width / 2
  return { x: left, y: y - font.size * 0.8, width, height: font.size }
}

function groundOf(root: Element, read: ReturnType<typeof createInks>['read']): Picture['background'] {
  for (let element: Element | null = root; element !== null; element = element.parentElement) {
    const ink = read(getComputedStyle(element).backgroundColor)
    if (ink !== null) return ink
  }
  return { color: '#ffffff', alpha: 1 }
}
