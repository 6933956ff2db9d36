import type { Column, Scalar } from '../adapter/contract.ts'

// What reading an answer needs, apart from what computing one needs: a page that asks a database loads only this.

export function lengthOf(column: Column): number {
  return column.kind === 'text' ? column.codes.length : column.values.length
}

export function isNull(column: Column, row: number): boolean {
  if (column.kind === 'text') return (column.codes[row] as number) < 0
  return column.validity !== undefined && column.validity[row] === 0
}

export function valueAt(column: Column, row: number): Scalar | null {
  if (isNull(column, row)) return null
  if (column.kind === 'text') return column.dictionary[column.codes[row] as number] as string
  return column.kind === 'boolean' ? column.values[row] === 1 : (column.values[row] as number)
}

/** One column out of the pieces of several batches. All pieces are of one kind. */
export function concatColumns(kind: Column['kind'], pieces: readonly Column[]): Column {
  if (pieces.length === 1) return pieces[0] as Column
  let rows = 0
  for (const piece of pieces) rows += lengthOf(piece)
  if (kind === 'text') return concatTexts(pieces as readonly TextColumn[], rows)
  const store = kind === 'boolean' ? new Uint8Array(rows) : new Float64Array(rows)
  let validity: Uint8Array | undefined
  let at = 0
  for (const piece of pieces as readonly Exclude<Column, TextColumn>[]) {
    store.set(piece.values, at)
    if (piece.validity !== undefined) {
      validity ??= new Uint8Array(rows).fill(1)
      validity.set(piece.validity, at)
    }
    at += piece.values.length
  }
  return withValidity(kind, store, validity)
}

type TextColumn = Extract<Column, { kind: 'text' }>

function concatTexts(pieces: readonly TextColumn[], rows: number): Column {
  const codes = new Int32Array(rows)
  const shared = pieces[0]?.dictionary ?? []
  if (pieces.every((piece) => piece.dictionary === shared)) {
    let at = 0
    for (const piece of pieces) {
      codes.set(piece.codes, at)
      at += piece.codes.length
    }
    return { kind: 'text', codes, dictionary: shared }
  }
  const dictionary: string[] = []
  const codeOf = new Map<string, number>()
  const tables = new Map<readonly string[], Int32Array>()
  let at = 0
  for (const piece of pieces) {
    let table = tables.get(piece.dictionary)
    if (table === undefined) {
      table = new Int32Array(piece.dictionary.length)
      for (let i = 0; i < table.length; i++) {
        const text = piece.dictionary[i] as string
        let code = codeOf.get(text)
        if (code === undefined) {
          code = dictionary.push(text) - 1
          codeOf.set(text, code)
        }
        table[i] = code
      }
      tables.set(piece.dictionary, table)
    }
    for (let row = 0; row < piece.codes.length; row++) {
      const old = piece.codes[row] as number
      codes[at++] = old < 0 ? -1 : (table[old] as number)
    }
  }
  return { kind: 'text', codes, dictionary }
}

export function withValidity(kind: 'float64' | 'boolean', values: Float64Array | Uint8Array, validity: Uint8Array | undefined): Column {
  const column = validity === undefined ? { kind, values } : { kind, values, validity }
  return column as Column
}
