import type { Ink } from './picture.types.ts'

/** Reads colours of computed styles; `close` takes its helper out of the page. */
export interface Inks {
  /** null for what paints nothing. `opacity` multiplies. */
  readonly read: (color: string, opacity?: number) => Ink | null
  readonly close: () => void
}

/**
 * Colours as every program knows them. A computed style says `oklch(…)`, which few programs outside a browser can read,
 * so the browser is asked to mix each colour in sRGB, which it writes as `color(srgb r g b / a)`.
 */
export function createInks(root: Element): Inks {
  const probe = root.ownerDocument.createElement('i')
  probe.hidden = true
  root.append(probe)
  const style = getComputedStyle(probe)
  const known = new Map<string, readonly [color: string, alpha: number]>()
  const resolve = (color: string): readonly [string, number] => {
    probe.style.setProperty('color', `color-mix(in srgb, ${color} 100%, transparent 0%)`)
    const [r = 0, g = 0, b = 0, alpha = 1] = (/^color\(srgb ([^)]*)\)$/.exec(style.color)?.[1] ?? '').split(/[\s/]+/).map(Number)
    const hex = [r, g, b].map((share) => Math.round(Math.min(1, Math.max(0, share)) * 255).toString(16).padStart(2, '0'))
    return [`#${hex.join('')}`, alpha]
  }
  return {
    read: (color, opacity = 1) => {
      const pattern = /^url\("?#([^")]+)"?\)/.exec(color)?.[1]
      if (pattern !== undefined) return { pattern }
      if (color === 'none' || color === '' || color === 'transparent') return null
      let found = known.get(color)
      if (found === undefined) known.set(color, (found = resolve(color)))
      const alpha = found[1] * opacity
      return alpha <= 0 ? null : { color: found[0], alpha }
    },
    close: () => probe.remove(),
  }
}
