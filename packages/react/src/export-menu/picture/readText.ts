import type { Font } from './picture.types.ts'

/** A run of letters on one line, where it stands in the page. */
export interface TextRun {
  readonly text: string
  readonly left: number
  readonly right: number
  /** Baseline. */
  readonly y: number
  readonly direction: 'ltr' | 'rtl'
  readonly font: Font
}

const GENERIC = /(?:^|,)\s*(?:serif|sans-serif|monospace|system-ui|ui-\w+|cursive|fantasy)\s*$/

/** The font of a computed style, with a family at the end that every machine has. */
export function fontOf(style: CSSStyleDeclaration): Font {
  const family = style.fontFamily.replaceAll('"', "'")
  return {
    family: GENERIC.test(family) ? family.replace(/system-ui\s*$/, 'system-ui, sans-serif') : `${family}, sans-serif`,
    size: Number.parseFloat(style.fontSize),
    weight: style.fontWeight,
    style: style.fontStyle,
  }
}

/** The direction that letters run in: that of their first strong letter where the style says so, else the element's. */
export function directionOf(text: string, style: CSSStyleDeclaration): 'ltr' | 'rtl' {
  const strong = style.unicodeBidi === 'plaintext' ? /[\p{Script=Hebrew}\p{Script=Arabic}\p{Script=Syriac}\p{Script=Thaana}]|\p{L}/u.exec(text)?.[0] : undefined
  if (strong !== undefined) return /[\p{Script=Hebrew}\p{Script=Arabic}\p{Script=Syriac}\p{Script=Thaana}]/u.test(strong) ? 'rtl' : 'ltr'
  // Plain text without a strong letter runs left to right.
  return style.unicodeBidi === 'plaintext' ? 'ltr' : (style.direction as 'ltr' | 'rtl')
}

const canvas: { context: CanvasRenderingContext2D | null } = { context: null }

/** How far the baseline lies below the top of a line of letters whose box is `height` high. */
export function baselineIn(height: number, font: Font): number {
  canvas.context ??= document.createElement('canvas').getContext('2d')
  if (canvas.context === null) return height * 0.8
  canvas.context.font = `${font.style} ${font.weight} ${font.size}px ${font.family}`
  const { fontBoundingBoxAscent: up, fontBoundingBoxDescent: down } = canvas.context.measureText('x')
  return (height * up) / (up + down)
}

/** The lines of a text node in HTML, as the browser has broken them. */
export function linesOf(node: Text, style: CSSStyleDeclaration): TextRun[] {
  const runs: TextRun[] = []
  const font = fontOf(style)
  const range = node.ownerDocument.createRange()
  let line: { text: string; left: number; right: number; top: number; height: number } | null = null
  const close = (): void => {
    const text = line?.text.trim() ?? ''
    if (line !== null && text !== '') runs.push({ text, left: line.left, right: line.right, y: line.top + baselineIn(line.height, font), direction: directionOf(text, style), font })
    line = null
  }
  let at = 0
  for (const letter of node.data) {
    range.setStart(node, at)
    range.setEnd(node, (at += letter.length))
    const box = range.getBoundingClientRect()
    if (box.width === 0 && box.height === 0) continue
    if (line !== null && Math.abs(box.top - line.top) > line.height / 2) close()
    if (/\s/.test(letter)) {
      // Blanks at the ends of a line take room that is not drawn.
      if (line !== null && !line.text.endsWith(' ')) line.text += ' '
      continue
    }
    if (line === null) line = { text: letter, left: box.left, right: box.right, top: box.top, height: box.height }
    else {
      line.text += letter
      line.left = Math.min(line.left, box.left)
      line.right = Math.max(line.right, box.right)
    }
  }
  close()
  return runs
}

/** The runs of a `text` element in SVG, in its own coordinates: one for each stretch of letters under one element. */
export function runsOf(element: SVGTextContentElement): TextRun[] {
  const children = [...element.childNodes]
  if (children.every(({ nodeType }) => nodeType === 3)) {
    const run = runAt(element, element.textContent, 0)
    return run === null ? [] : [run]
  }
  const runs: TextRun[] = []
  let at = 0
  for (const child of children) {
    if (child instanceof SVGTextContentElement) {
      if (getComputedStyle(child).display === 'none') continue
      runs.push(...runsOf(child))
      at += child.getNumberOfChars()
    } else if (child.nodeType === 3) {
      const text = (child.textContent ?? '').replaceAll(/\s+/g, ' ')
      const run = runAt(element, text, at)
      if (run !== null) runs.push(run)
      at += text.length
    }
  }
  return runs
}

function runAt(element: SVGTextContentElement, written: string, first: number): TextRun | null {
  const text = written.replaceAll(/\s+/g, ' ').trim()
  const last = Math.min(first + text.length, element.getNumberOfChars())
  if (text === '' || last <= first) return null
  const style = getComputedStyle(element)
  const font = fontOf(style)
  let left = Number.POSITIVE_INFINITY
  let right = Number.NEGATIVE_INFINITY
  let baseline = 0
  for (let at = first; at < last; at += 1) {
    const { x, y, width, height } = element.getExtentOfChar(at)
    left = Math.min(left, x)
    right = Math.max(right, x + width)
    if (at === first) baseline = y + baselineIn(height, font)
  }
  return { text, left, right, y: baseline, direction: directionOf(text, style), font }
}
