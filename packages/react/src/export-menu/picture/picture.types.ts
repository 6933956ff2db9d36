/** a b c d e f of SVG and canvas alike. */
export type Matrix = readonly [number, number, number, number, number, number]

export interface Box {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

/** A colour as every program knows it, or the id of a pattern. */
export type Ink = { readonly color: string; readonly alpha: number } | { readonly pattern: string }

export interface Stroke {
  readonly ink: Ink
  readonly width: number
  readonly cap: 'butt' | 'round' | 'square'
  readonly join: 'miter' | 'round' | 'bevel'
  readonly dashes: readonly number[]
}

export interface Font {
  readonly family: string
  /** px */
  readonly size: number
  readonly weight: string
  readonly style: string
}

interface ItemBase {
  /** From the item's own coordinates to those of the picture. */
  readonly matrix: Matrix
  /** In coordinates of the picture. */
  readonly clip: (Box & { readonly radius: number }) | null
  /** 0..1 */
  readonly opacity: number
  readonly fill: Ink | null
  readonly stroke: Stroke | null
  /** The stroke lies under the fill: a halo around letters. */
  readonly strokeFirst: boolean
}

/** One thing to draw. Nothing is inherited and nothing is relative: what it says is all there is. */
export type PictureItem =
  | (ItemBase & { readonly kind: 'rect'; readonly box: Box; readonly radius: number })
  | (ItemBase & { readonly kind: 'path'; readonly d: string })
  | (ItemBase & { readonly kind: 'image'; readonly box: Box; readonly source: CanvasImageSource; readonly dataUrl: string })
  | (ItemBase & {
      readonly kind: 'text'
      readonly text: string
      readonly x: number
      /** Baseline. */
      readonly y: number
      /** As drawn, in the font of the page. */
      readonly width: number
      readonly align: 'left' | 'center' | 'right'
      readonly direction: 'ltr' | 'rtl'
      readonly font: Font
    })

export interface PicturePattern {
  readonly id: string
  readonly width: number
  readonly height: number
  readonly matrix: Matrix
  readonly items: readonly PictureItem[]
}

/** A picture as plain things to draw, from which SVG and PNG are made. */
export interface Picture {
  /** px */
  readonly width: number
  readonly height: number
  readonly title: string
  readonly description: string
  readonly language: string
  readonly background: Ink
  readonly patterns: readonly PicturePattern[]
  readonly items: readonly PictureItem[]
}
