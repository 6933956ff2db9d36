import { createRecordReader } from './readRecords.ts'

export const DELIMITERS = [',', ';', '\t', '|'] as const

/** Excel writes the delimiter into a line of its own before the header. */
const SEP_LINE = /^"?sep=(.)"?\r?\n?$/i

/** The delimiter that a record of the form `sep=;` names, or null. */
export function delimiterLine(row: readonly string[], delimiter: string): string | null {
  return row.length <= 2 ? (SEP_LINE.exec(row.join(delimiter))?.[1] ?? null) : null
}

/** Do records end at a lone CR? Only where there is no LF outside of quotes in so many characters. */
export function endsWithCarriageReturns(text: string): boolean {
  return lineBreakOf(text) === '\r'
}

/** The character that ends records, or null as long as none was seen. */
export function lineBreakOf(text: string): '\n' | '\r' | null {
  let isQuoted = false
  let returns = 0
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i)
    if (unit === 34) isQuoted = !isQuoted
    else if (isQuoted) continue
    else if (unit === 10) return '\n'
    else if (unit === 13 && i < text.length - 1) returns++
  }
  return returns > 0 ? '\r' : null
}

/**
 * The delimiter that cuts the sample into the most even table: how many records have as many columns as the first one,
 * then the number of columns. A comma that is the decimal mark of a semicolon file is not in its header.
 */
export function sniffDelimiter(text: string, isWhole: boolean): string {
  const named = SEP_LINE.exec(text.slice(0, 8).split('\n', 1)[0] ?? '')?.[1]
  if (named !== undefined) return named
  let best: { readonly delimiter: string; readonly score: number } = { delimiter: ',', score: 0 }
  for (const delimiter of DELIMITERS) {
    const rows = recordsOf(text, delimiter, isWhole).filter((row) => row.length > 1 || row[0]?.trim() !== '')
    const columns = rows[0]?.length ?? 1
    if (columns < 2) continue
    const even = rows.filter((row) => row.length === columns).length / rows.length
    const score = even * 1000 + Math.min(columns, 100)
    if (score > best.score) best = { delimiter, score }
  }
  return best.delimiter
}

/** Records of a sample. Faults in it are told when the file is read, with the delimiter that was chosen. */
function recordsOf(text: string, delimiter: string, isWhole: boolean): readonly (readonly string[])[] {
  const reader = createRecordReader(delimiter, endsWithCarriageReturns(text))
  try {
    const records = reader.push(text)
    const more = isWhole ? reader.end().rows : []
    return [...(records?.rows ?? []), ...more].slice(0, 200)
  } catch {
    return []
  }
}
