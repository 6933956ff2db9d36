/** Names that Windows keeps for devices, with whatever ending. */
const DEVICE = /^(?:con|prn|aux|nul|com\d|lpt\d)$/i
const MAX_LENGTH = 80

/**
 * The name of a file: what it holds and the day it was made. Signs that a file system, a shell or a web page could take
 * for something else become hyphens; letters of every language stay.
 *
 * @example fileNameOf('RFM grid', 'csv', new Date(2026, 5, 30)) // 'RFM-grid-2026-06-30.csv'
 */
export function fileNameOf(name: string, ending: string, day: Date): string {
  const plain = name
    .normalize('NFC')
    .replaceAll(/[^\p{L}\p{M}\p{N}_]+/gu, '-')
    .replaceAll(/^-+|-+$/g, '')
  const stem = [...plain].slice(0, MAX_LENGTH).join('')
  const date = [day.getFullYear(), day.getMonth() + 1, day.getDate()].map((part) => String(part).padStart(2, '0')).join('-')
  return `${stem === '' || DEVICE.test(stem) ? 'export' : stem}-${date}.${ending}`
}
