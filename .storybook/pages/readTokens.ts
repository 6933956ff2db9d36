/** One `--crm-*` variable as the stylesheet declares it. */
export interface Token {
  readonly name: string
  /** Declared for every widget, or only inside one. */
  readonly scope: 'kit' | 'widget'
}

/** One colour on one ground. Text needs 4.5:1, a mark that carries meaning 3:1 (WCAG 2.2, 1.4.3 and 1.4.11). */
export interface Pair {
  readonly token: string
  readonly ground: string
  readonly use: 'text' | 'mark'
}

export interface Contrast extends Pair {
  readonly ratio: number
  readonly needed: number
}

export type Rgb = readonly [red: number, green: number, blue: number]

const steps = (from: number, to: number): string[] => Array.from({ length: to - from + 1 }, (_, i) => `--crm-ramp-${from + i}`)
const on = (token: string, use: Pair['use'], grounds: readonly string[]): Pair[] => grounds.map((ground) => ({ token, ground, use }))

/** What is read or seen on what. */
export const PAIRS: readonly Pair[] = [
  ...on('--crm-ink', 'text', ['--crm-surface', '--crm-surface-sunken', '--crm-accent-soft', '--crm-danger-soft', '--crm-warning-soft']),
  ...on('--crm-ink-muted', 'text', ['--crm-surface', '--crm-surface-sunken', '--crm-accent-soft']),
  ...on('--crm-accent', 'text', ['--crm-surface', '--crm-surface-sunken']),
  ...on('--crm-accent-ink', 'text', ['--crm-accent']),
  ...on('--crm-danger', 'text', ['--crm-surface', '--crm-danger-soft']),
  ...on('--crm-warning', 'text', ['--crm-surface', '--crm-warning-soft']),
  ...on('--crm-ramp-ink-low', 'text', steps(0, 3)),
  ...on('--crm-ramp-ink-mid', 'text', steps(4, 4)),
  ...on('--crm-ramp-ink-high', 'text', steps(5, 7)),
  ...on('--crm-line-strong', 'mark', ['--crm-surface', '--crm-surface-sunken']),
  ...on('--crm-accent', 'mark', ['--crm-surface', '--crm-accent-soft']),
]

/** Colours that neither are read nor carry meaning by themselves: grounds, hairlines, and the cells that bear their number as text. */
export const GROUNDS: readonly string[] = [
  '--crm-surface',
  '--crm-surface-sunken',
  '--crm-accent-soft',
  '--crm-danger-soft',
  '--crm-warning-soft',
  '--crm-line',
  '--crm-skeleton',
  ...steps(0, 7),
]

/** Every `--crm-*` variable that the loaded stylesheets declare, in their order. */
export function readTokens(sheets: Iterable<CSSStyleSheet> = document.styleSheets): Token[] {
  const found = new Map<string, Token>()
  const read = (rules: CSSRuleList): void => {
    for (const rule of rules) {
      if (rule instanceof CSSStyleRule) {
        for (const name of rule.style) {
          if (!name.startsWith('--crm-') || found.get(name)?.scope === 'kit') continue
          found.set(name, { name, scope: rule.selectorText === '.crm-root' ? 'kit' : 'widget' })
        }
      }
      if ('cssRules' in rule) read(rule.cssRules as CSSRuleList)
    }
  }
  for (const sheet of sheets) read(sheet.cssRules)
  return [...found.values()]
}

/** What a variable is worth in this element, as the browser computes it. */
export const valueIn = (root: Element, name: string): string => getComputedStyle(root).getPropertyValue(name).trim()

/** A colour variable as the browser resolves it in this element (`light-dark` and OKLCH included), or null if it is no colour. */
export function colourIn(root: Element, name: string): { readonly text: string; readonly rgb: Rgb } | null {
  if (!CSS.supports('color', valueIn(root, name))) return null
  const probe = root.appendChild(document.createElement('i'))
  probe.style.color = `var(${name})`
  const text = getComputedStyle(probe).color
  probe.remove()
  return { text, rgb: screenColour(text) }
}

let canvas: CanvasRenderingContext2D | null = null
/** The colour as the screen gets it: eight bits a channel, sRGB. */
function screenColour(text: string): Rgb {
  canvas ??= Object.assign(document.createElement('canvas'), { width: 1, height: 1 }).getContext('2d', { willReadFrequently: true })!
  canvas.clearRect(0, 0, 1, 1)
  canvas.fillStyle = text
  canvas.fillRect(0, 0, 1, 1)
  const [red = 0, green = 0, blue = 0] = canvas.getImageData(0, 0, 1, 1).data
  return [red, green, blue]
}

/** @see https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio */
export function contrastRatio(one: Rgb, other: Rgb): number {
  const [dark, light] = [luminance(one), luminance(other)].sort((a, b) => a - b) as [number, number]
  return (light + 0.05) / (dark + 0.05)
}

function luminance([red, green, blue]: Rgb): number {
  const linear = (channel: number): number => (channel <= 0.04045 * 255 ? channel / 255 / 12.92 : ((channel / 255 + 0.055) / 1.055) ** 2.4)
  return 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue)
}

/** The measured ratio of every pair in this element's theme. */
export function contrastsIn(root: Element): Contrast[] {
  return PAIRS.map((pair) => {
    const colour = colourIn(root, pair.token)
    const ground = colourIn(root, pair.ground)
    if (colour === null || ground === null) throw new Error(`${colour === null ? pair.token : pair.ground} is no colour in the stylesheet.`)
    return { ...pair, ratio: contrastRatio(colour.rgb, ground.rgb), needed: pair.use === 'text' ? 4.5 : 3 }
  })
}
