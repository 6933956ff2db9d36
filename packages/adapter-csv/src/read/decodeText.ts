import { InvalidInputError } from '@crm/core/errors'

export interface TextReader {
  /** Characters complete so far. Throws {@link UndecodableBytes}. */
  decode(bytes: Uint8Array): string
  end(): string
}

/** Bytes that are none of the encoding. */
export class UndecodableBytes extends Error {
  /** Line breaks between the start of the last bytes and the fault. */
  readonly breaks: number

  constructor(breaks: number) {
    super('bytes that are none of the encoding')
    this.breaks = breaks
  }
}

/**
 * Decodes strictly: a byte that is none of the encoding ends the reading instead of becoming U+FFFD.
 *
 * @param encoding a label of the Encoding Standard
 * @throws InvalidInputError `OPTION_INVALID` for an unknown label
 */
export function createTextReader(encoding: string): TextReader {
  const decoder = decoderOf(encoding)
  let isFirst = true

  const run = (bytes: Uint8Array | undefined): string => {
    let text: string
    try {
      text = bytes === undefined ? decoder.decode() : decoder.decode(bytes, { stream: true })
    } catch {
      throw new UndecodableBytes(bytes === undefined ? 0 : breaksBeforeFault(bytes, encoding))
    }
    if (!isFirst || text === '') return text
    isFirst = false
    return withoutBom(text)
  }
  return { decode: run, end: () => run(undefined) }
}

/** TextDecoder drops the mark of UTF-8 and UTF-16 itself; GB 18030 and text have one too. */
export function withoutBom(text: string): string {
  return text.charCodeAt(0) === 0xfeff ? text.slice(1) : text
}

function decoderOf(encoding: string): InstanceType<typeof TextDecoder> {
  try {
    return new TextDecoder(encoding, { fatal: true })
  } catch {
    throw new InvalidInputError('OPTION_INVALID', `The encoding ${JSON.stringify(encoding)} is not known here. The file cannot be turned into text. Use a label such as "utf-8", "windows-1252" or "gb18030".`)
  }
}

/** Line breaks before the first line that does not decode. Lines end at the same byte in all encodings but UTF-16. */
function breaksBeforeFault(bytes: Uint8Array, encoding: string): number {
  let breaks = 0
  let start = 0
  // The rest of a character that began in the bytes before.
  while (start < 3 && ((bytes[start] ?? 0) & 0xc0) === 0x80) start++
  for (;;) {
    const at = bytes.indexOf(0x0a, start)
    try {
      decoderOf(encoding).decode(bytes.subarray(start, at < 0 ? bytes.length : at + 1), { stream: at < 0 })
    } catch {
      return breaks
    }
    if (at < 0) return breaks
    breaks++
    start = at + 1
  }
}
