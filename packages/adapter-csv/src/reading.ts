import type { ImportSource } from '@crm/core/adapter'

// What a page knows of a reading that its worker does: apart, so that the page loads no parser.

/** Share of the work that is reading; the rest is handing the columns over. */
export const READING_SHARE = 0.9

/** A header and a row under it may be longer than the sample, 4 MB each: up to here they are waited for. */
export const MOST_BYTES: number = 8 * 1024 * 1024

/** Bytes of a source, a text counting one a character; null when not known. */
export function sizeOf(source: ImportSource): number | null {
  return typeof source === 'string' ? source.length : (source.size ?? null)
}
