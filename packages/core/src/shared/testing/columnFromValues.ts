import type { Column, FieldType, Scalar } from '../../adapter/contract.ts'
import { columnKindOf } from '../columns.ts'
import { withValidity } from '../readColumns.ts'

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
