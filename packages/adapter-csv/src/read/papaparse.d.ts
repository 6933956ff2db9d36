// The part of papaparse that is used here. Its own types (@types/papaparse) bring the globals of Node and the DOM along.
declare module 'papaparse' {
  interface ParserConfig {
    readonly delimiter: string
    readonly newline: '\n' | '\r' | '\r\n'
    readonly step?: (result: ParserResult) => void
  }
  interface ParserResult {
    readonly data: string[][]
    /** `row` counts from the start of the input; it may name the row that was left out as unfinished. */
    readonly errors: readonly { readonly code: string; readonly row?: number; readonly index?: number }[]
    /** `cursor` stands after the last complete row. */
    readonly meta: { readonly cursor: number }
  }
  interface Parser {
    parse(input: string, baseIndex: number, ignoreLastRow: boolean): ParserResult
  }
  const Papa: { readonly Parser: new (config: ParserConfig) => Parser }
  export default Papa
}
