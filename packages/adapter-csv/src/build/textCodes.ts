/** Bytes of a text beside its characters: the text's head, its place in a list and in a Map. */
const BYTES_A_TEXT = 96

/** Gives equal texts equal codes, numbered by first appearance. */
export class TextCodes {
  readonly texts: string[] = []
  /** Estimate of the memory that texts and index take. */
  bytes = 0
  private readonly codeOf = new Map<string, number>()
  private lastText = ''
  private lastCode = -1

  add(text: string): number {
    if (text === this.lastText && this.lastCode >= 0) return this.lastCode // lines of one order stand together
    let code = this.codeOf.get(text)
    if (code === undefined) {
      const own = flat(text)
      code = this.texts.push(own) - 1
      this.codeOf.set(own, code)
      this.bytes += BYTES_A_TEXT + own.length
    }
    this.lastText = this.texts[code] as string
    this.lastCode = code
    return code
  }

  has(text: string): boolean {
    return this.codeOf.has(text)
  }
}

/** A copy that does not hold on to the piece of the file it was cut from; V8 cuts out texts of 13 characters and more. */
export function flat(text: string): string {
  return text.length < 13 ? text : (' ' + text).slice(1)
}
