import type { Column, FieldType, Scalar } from '../adapter/contract.ts'

/** Which column carries a field of this type. */
export function columnKindOf(type: FieldType): Column['kind'] {
  if (type.kind === 'id' || type.kind === 'text') return 'text'
  return type.kind === 'boolean' ? 'boolean' : 'float64'
}

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

/** Builds a column from checked values. A text dictionary holds each value once, in order of first appearance. */
export function columnFromValues(type: FieldType, values: readonly (Scalar | null)[]): Column {
  const rows = values.length
  const kind = columnKindOf(type)
  if (kind === 'text') {
    const codes = new Int32Array(rows)
    const dictionary: string[] = []
    const codeOf = new Map<string, number>()
    for (let row = 0; row < rows; row++) {
      const value = values[row] as string | null
      if (value === null) {
        codes[row] = -1
        continue
      }
      let code = codeOf.get(value)
      if (code === undefined) {
        code = dictionary.push(value) - 1
        codeOf.set(value, code)
      }
      codes[row] = code
    }
    return { kind, codes, dictionary }
  }
  const store = kind === 'boolean' ? new Uint8Array(rows) : new Float64Array(rows)
  let validity: Uint8Array | undefined
  for (let row = 0; row < rows; row++) {
    const value = values[row] as number | boolean | null
    if (value === null) {
      validity ??= new Uint8Array(rows).fill(1)
      validity[row] = 0
    } else {
      store[row] = Number(value) + 0 // -0 is read as 0
    }
  }
  return withValidity(kind, store, validity)
}

/** The rows at `index`, in that order. The dictionary is shared; see {@link compactText}. */
export function takeRows(column: Column, index: Int32Array): Column {
  const rows = index.length
  if (column.kind === 'text') {
    const codes = new Int32Array(rows)
    for (let i = 0; i < rows; i++) codes[i] = column.codes[index[i] as number] as number
    return { kind: 'text', codes, dictionary: column.dictionary }
  }
  const { values, validity } = column
  const store = column.kind === 'boolean' ? new Uint8Array(rows) : new Float64Array(rows)
  for (let i = 0; i < rows; i++) store[i] = values[index[i] as number] as number
  let taken: Uint8Array | undefined
  if (validity !== undefined) {
    taken = new Uint8Array(rows)
    for (let i = 0; i < rows; i++) taken[i] = validity[index[i] as number] as number
  }
  return withValidity(column.kind, store, taken)
}

/** Rows `start` to `end` without a copy: for reading, never to hand out. */
export function viewOf(column: Column, start: number, end: number): Column {
  if (column.kind === 'text') return { ...column, codes: column.codes.subarray(start, end) }
  const { validity } = column
  return { ...column, values: column.values.subarray(start, end), ...(validity === undefined ? {} : { validity: validity.subarray(start, end) }) } as Column
}

/** Rows `start` to `end` as arrays of their own: a reader may transfer them away. */
export function sliceRows(column: Column, start: number, end: number): Column {
  if (column.kind === 'text') return { ...column, codes: column.codes.slice(start, end) }
  const { validity } = column
  return { ...column, values: column.values.slice(start, end), ...(validity === undefined ? {} : { validity: validity.slice(start, end) }) } as Column
}

/** Drops dictionary entries that no row uses: a page of ten rows must not carry half a million ids over a wire. */
export function compactText(column: Column): Column {
  if (column.kind !== 'text' || column.dictionary.length <= column.codes.length) return column
  const dictionary: string[] = []
  const newCode = new Map<number, number>()
  const codes = new Int32Array(column.codes.length)
  for (let row = 0; row < codes.length; row++) {
    const old = column.codes[row] as number
    if (old < 0) {
      codes[row] = -1
      continue
    }
    let code = newCode.get(old)
    if (code === undefined) {
      code = dictionary.push(column.dictionary[old] as string) - 1
      newCode.set(old, code)
    }
    codes[row] = code
  }
  return { kind: 'text', codes, dictionary }
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

/** A column of NULLs. */
export function nullColumn(kind: Column['kind'], rows: number): Column {
  if (kind === 'text') return { kind, codes: new Int32Array(rows).fill(-1), dictionary: [] }
  return withValidity(kind, kind === 'boolean' ? new Uint8Array(rows) : new Float64Array(rows), new Uint8Array(rows))
}

type TextColumn = Extract<Column, { kind: 'text' }>

function concatTexts(pieces: readonly TextColumn[], rows: number): Column {
  const codes = new Int32Array(rows)
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

function withValidity(kind: 'float64' | 'boolean', values: Float64Array | Uint8Array, validity: Uint8Array | undefined): Column {
  const column = validity === undefined ? { kind, values } : { kind, values, validity }
  return column as Column
}
