import { screen, waitFor } from '@testing-library/react'
import { vi } from 'vitest'

export interface TakenFile {
  readonly name: string
  readonly blob: Blob
  readonly text: () => Promise<string>
}

/** Chooses a format in the first export menu of the page and catches the file that the browser is handed. */
export async function takeFile(format: RegExp): Promise<TakenFile> {
  const made = vi.spyOn(URL, 'createObjectURL')
  const taken = new Promise<TakenFile>((resolve) => {
    vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(function (this: HTMLAnchorElement) {
      const at = made.mock.results.findIndex(({ value }) => value === this.href)
      const blob = made.mock.calls[at]?.[0] as Blob
      resolve({ name: this.download, blob, text: () => blob.text() })
    })
  })
  try {
    const button = await screen.findByRole('button', { name: 'Export' })
    // Not while the export before it is under way.
    await waitFor(() => {
      if (button.hasAttribute('aria-disabled')) throw new Error('The menu is closed.')
    })
    button.click()
    ;(await screen.findByRole('menuitem', { name: format })).click()
    return await taken
  } finally {
    vi.restoreAllMocks()
  }
}

/** Reads RFC 4180: fields between delimiters, quotes doubled. The files of these tests have quotes in pairs. */
export function readCsv(text: string, delimiter = ','): string[][] {
  const field = new RegExp(`("(?:[^"]|"")*"|[^${delimiter}"\\r\\n]*)(${delimiter}|\\r\\n|$)`, 'y')
  const rows: string[][] = [[]]
  field.lastIndex = text.startsWith('\ufeff') ? 1 : 0
  while (field.lastIndex < text.length) {
    const match = field.exec(text)
    if (match === null) throw new Error('no CSV')
    const [, value = '', end] = match
    rows.at(-1)!.push(value.startsWith('"') ? value.slice(1, -1).replaceAll('""', '"') : value)
    if (end === '\r\n') rows.push([])
  }
  rows.pop()
  return rows
}

export interface Pixels {
  readonly width: number
  readonly height: number
  readonly data: Uint8ClampedArray
}

/** A part of an image, and how large it is to be drawn. */
export interface Part {
  readonly left: number
  readonly top: number
  readonly width: number
  readonly height: number
}

/** Decodes an image and gives the pixels of all of it or a part, drawn at a size. */
export async function pixelsOf(source: Blob | string, size?: { readonly width: number; readonly height: number }, part?: Part): Promise<Pixels> {
  const image = new Image()
  image.src = typeof source === 'string' ? source : URL.createObjectURL(source)
  await image.decode()
  const { left, top, width, height } = part ?? { left: 0, top: 0, width: image.naturalWidth, height: image.naturalHeight }
  const canvas = document.createElement('canvas')
  canvas.width = size?.width ?? width
  canvas.height = size?.height ?? height
  const context = canvas.getContext('2d')!
  context.imageSmoothingQuality = 'high'
  context.drawImage(image, left, top, width, height, 0, 0, canvas.width, canvas.height)
  return { width: canvas.width, height: canvas.height, data: context.getImageData(0, 0, canvas.width, canvas.height).data }
}

/** Mean difference of the colours of two pictures of one size, 0..255. */
export function difference(a: Pixels, b: Pixels): number {
  if (a.width !== b.width || a.height !== b.height) throw new Error('two sizes')
  let sum = 0
  for (let at = 0; at < a.data.length; at += 1) sum += Math.abs(a.data[at]! - b.data[at]!)
  return sum / (a.width * a.height * 3)
}
