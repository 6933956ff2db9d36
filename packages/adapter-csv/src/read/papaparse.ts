// The one place that names papaparse. It comes as a UMD file, which a browser cannot import and which dev servers do not
// convert for a worker inside a package: the build writes it into this file (scripts/bundle-module.mjs).
// oxlint-disable-next-line typescript/triple-slash-reference -- types of our own, found from wherever this file is compiled
/// <reference path="./papaparse.d.ts" />
import Papa from 'papaparse'

export interface ParserConfig {
  readonly delimiter: string
  readonly newline: '\n' | '\r' | '\r\n'
  readonly step?: (result: ParserResult) => void
}

export interface ParserResult {
  readonly data: string[][]
  /** `row` counts from the start of the input; it may name the row that was left out as unfinished. */
  readonly errors: readonly { readonly code: string; readonly row?: number; readonly index?: number }[]
  /** `cursor` stands after the last complete row. */
  readonly meta: { readonly cursor: number }
}

/** The part of papaparse that is used here: its parser without its reading of files. */
export const Parser: new (config: ParserConfig) => { parse(input: string, baseIndex: number, ignoreLastRow: boolean): ParserResult } = Papa.Parser as never
