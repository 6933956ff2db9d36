import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'

type Oklch = readonly [lightness: number, chroma: number, hue: number]
type Theme = 'light' | 'dark'

const css = readFileSync(new URL('./tokens.css', import.meta.url), 'utf8')
const colours = new Map<string, Readonly<Record<Theme, Oklch>>>()
for (const [, name, light, dark] of css.matchAll(/--crm-([\w-]+): light-dark\(oklch\(([^)]+)\), oklch\(([^)]+)\)\);/g)) {
  colours.set(name!, { light: parse(light!), dark: parse(dark!) })
}

function parse(text: string): Oklch {
  const [lightness, chroma, hue] = text.split(' ').map(Number)
  return [lightness!, chroma!, hue!]
}

/** Linear sRGB. @see https://bottosson.github.io/posts/oklab */
function linearRgb([lightness, chroma, hue]: Oklch): readonly [number, number, number] {
  const angle = (hue * Math.PI) / 180
  const [a, b] = [chroma * Math.cos(angle), chroma * Math.sin(angle)]
  const l = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
  const m = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
  const s = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3
  return [4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s, -1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s, -0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s]
}

function luminance(colour: Oklch): number {
  const [r, g, b] = linearRgb(colour).map((value) => Math.min(1, Math.max(0, value)))
  return 0.2126 * r! + 0.7152 * g! + 0.0722 * b!
}

/** WCAG 2.2 contrast ratio. */
function contrast(one: Oklch, other: Oklch): number {
  const [high, low] = [luminance(one), luminance(other)].sort((x, y) => y - x)
  return (high! + 0.05) / (low! + 0.05)
}

const colour = (name: string, theme: Theme): Oklch => {
  const pair = colours.get(name)
  if (pair === undefined) throw new Error(`no token --crm-${name}`)
  return pair[theme]
}

describe.each(['light', 'dark'] as const)('tokens, %s', (theme) => {
  const grounds = ['surface', 'surface-sunken', 'accent-soft', 'danger-soft', 'warning-soft']

  test.each(grounds)('text reads on %s at 4.5:1', (ground) => {
    for (const text of ['ink', 'ink-muted', 'accent', 'danger', 'warning']) {
      expect(contrast(colour(text, theme), colour(ground, theme)), `${text} on ${ground}`).toBeGreaterThanOrEqual(4.5)
    }
  })

  test('marks that carry meaning stand out at 3:1', () => {
    for (const mark of ['line-strong', 'accent', 'danger', 'warning']) {
      expect(contrast(colour(mark, theme), colour('surface', theme)), mark).toBeGreaterThanOrEqual(3)
    }
    expect(contrast(colour('accent-ink', theme), colour('accent', theme))).toBeGreaterThanOrEqual(4.5)
  })

  test('the number of a cell reads on every step of the ramp at 4.5:1', () => {
    for (let step = 0; step < 8; step++) {
      const ink = step < 4 ? 'ramp-ink-low' : step === 4 ? 'ramp-ink-mid' : 'ramp-ink-high'
      expect(contrast(colour(ink, theme), colour(`ramp-${step}`, theme)), `step ${step}`).toBeGreaterThanOrEqual(4.5)
    }
  })

  test('the ramp has even steps of lightness', () => {
    const lightness = Array.from({ length: 8 }, (_, step) => colour(`ramp-${step}`, theme)[0])
    const steps = lightness.slice(1).map((value, index) => value - lightness[index]!)
    for (const step of steps) expect(step).toBeCloseTo(steps[0]!, 2)
  })

  test('every colour lies in sRGB', () => {
    for (const [name, pair] of colours) {
      for (const value of linearRgb(pair[theme])) {
        expect(value, name).toBeGreaterThan(-0.004)
        expect(value, name).toBeLessThan(1.004)
      }
    }
  })
})
