import type { Ink, Matrix, Picture, PictureItem, PicturePattern } from './picture.types.ts'

/**
 * Writes a picture as an SVG file that needs nothing else: no styles, no scripts, no references to other files. It looks
 * the same in a browser, a word processor and a drawing program; fonts are named with fallbacks.
 */
export function writeSvg(picture: Picture): string {
  const { width, height, title, description, language, background, patterns, items } = picture
  const clips = new Map<string, string>()
  const clipOf = (clip: NonNullable<PictureItem['clip']>): string => {
    const rect = `<rect${attributes({ x: clip.x, y: clip.y, width: clip.width, height: clip.height, rx: clip.radius || null })}/>`
    const id = clips.get(rect) ?? `clip-${clips.size + 1}`
    clips.set(rect, id)
    return `url(#${id})`
  }
  const body = items.map((item) => elementOf(item, clipOf))
  const defs = [...patterns.map(patternOf), ...[...clips].map(([rect, id]) => `<clipPath id="${id}">${rect}</clipPath>`)]
  return [
    `<svg xmlns="http://www.w3.org/2000/svg"${attributes({ width, height, viewBox: `0 0 ${width} ${height}`, role: 'img', 'xml:lang': language || null })}>`,
    `<title>${xml(title || description)}</title>`,
    ...(description === '' || title === '' ? [] : [`<desc>${xml(description)}</desc>`]),
    ...(defs.length === 0 ? [] : [`<defs>${defs.join('')}</defs>`]),
    `<rect${attributes({ width, height, ...inkAttributes('fill', background) })}/>`,
    ...body,
    '</svg>\n',
  ].join('\n')
}

type Attributes = Readonly<Record<string, string | number | null>>

function elementOf(item: PictureItem, clipOf: (clip: NonNullable<PictureItem['clip']>) => string): string {
  const drawn = shapeOf(item)
  // The clip is in coordinates of the picture, the element may be in its own.
  return item.clip === null ? drawn : `<g clip-path="${clipOf(item.clip)}">${drawn}</g>`
}

function shapeOf(item: PictureItem): string {
  const { matrix } = item
  const paint = paintOf(item)
  switch (item.kind) {
    case 'rect': {
      const { box, radius } = item
      const at = placed(matrix, box.x, box.y, item.fill !== null && 'pattern' in item.fill)
      return `<rect${attributes({ x: at.x, y: at.y, width: box.width, height: box.height, rx: radius || null, ...paint, transform: at.transform })}/>`
    }
    case 'image': {
      const { box, dataUrl } = item
      const at = placed(matrix, box.x, box.y, false)
      return `<image${attributes({ x: at.x, y: at.y, width: box.width, height: box.height, href: dataUrl, opacity: paint['opacity'] ?? null, preserveAspectRatio: 'none', transform: at.transform })}/>`
    }
    case 'path':
      return `<path${attributes({ d: item.d.replaceAll(/-?\d*\.\d{3,}/g, (number) => String(rounded(Number(number)))), ...paint, transform: placed(matrix, 0, 0, true).transform })}/>`
    case 'text': {
      const { font, align, direction } = item
      const at = placed(matrix, item.x, item.y, false)
      const isStart = (align === 'left') === (direction === 'ltr')
      return `<text${attributes({
        x: at.x,
        y: at.y,
        'text-anchor': align === 'center' ? 'middle' : isStart ? null : 'end',
        direction: direction === 'rtl' ? 'rtl' : null,
        'font-family': font.family,
        'font-size': font.size,
        'font-weight': font.weight === '400' ? null : font.weight,
        'font-style': font.style === 'normal' ? null : font.style,
        ...paint,
        transform: at.transform,
      })}>${xml(item.text)}</text>`
    }
  }
}

/** Where a thing stands: a mere move goes into its place; anything else, and what a pattern is tied to, stays a matrix. */
function placed(matrix: Matrix, x: number, y: number, keepsMatrix: boolean): { readonly x: number; readonly y: number; readonly transform: string | null } {
  const [a, b, c, d, e, f] = matrix
  const isMove = a === 1 && b === 0 && c === 0 && d === 1
  if (isMove && !keepsMatrix) return { x: x + e, y: y + f, transform: null }
  if (isMove) return { x, y, transform: e === 0 && f === 0 ? null : `translate(${rounded(e)} ${rounded(f)})` }
  return { x, y, transform: `matrix(${matrix.map((value) => rounded(value, 5)).join(' ')})` }
}

function paintOf({ fill, stroke, opacity, strokeFirst }: PictureItem): Attributes {
  return {
    ...inkAttributes('fill', fill),
    ...(stroke === null
      ? {}
      : {
          ...inkAttributes('stroke', stroke.ink),
          'stroke-width': stroke.width === 1 ? null : stroke.width,
          'stroke-linecap': stroke.cap === 'butt' ? null : stroke.cap,
          'stroke-linejoin': stroke.join === 'miter' ? null : stroke.join,
          'stroke-dasharray': stroke.dashes.length === 0 ? null : stroke.dashes.join(' '),
          'paint-order': strokeFirst ? 'stroke' : null,
        }),
    opacity: opacity === 1 ? null : opacity,
  }
}

function inkAttributes(name: 'fill' | 'stroke', ink: Ink | null): Attributes {
  if (ink === null) return name === 'fill' ? { fill: 'none' } : {}
  return 'pattern' in ink ? { [name]: `url(#${ink.pattern})` } : { [name]: ink.color, [`${name}-opacity`]: ink.alpha === 1 ? null : ink.alpha }
}

function patternOf({ id, width, height, matrix, items }: PicturePattern): string {
  const body = items.map(shapeOf).join('')
  return `<pattern${attributes({ id, width, height, patternUnits: 'userSpaceOnUse', patternTransform: placed(matrix, 0, 0, true).transform })}>${body}</pattern>`
}

function attributes(values: Attributes): string {
  return Object.entries(values).map(([name, value]) => (value === null ? '' : ` ${name}="${typeof value === 'number' ? rounded(value) : xml(value)}"`)).join('')
}

function rounded(value: number, decimals = 2): number {
  return Math.round(value * 10 ** decimals) / 10 ** decimals
}

/** Text of an XML file: what XML has no way to write is left out. */
function xml(text: string): string {
  return text
    .replaceAll(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, '')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
}
