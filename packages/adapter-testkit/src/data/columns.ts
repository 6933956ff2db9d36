import type { Column, FieldType } from '@crm/core/adapter'
import type { Cell } from '../testkit.types.ts'

/** The column kind in which values of a type travel. */
export function columnKind(type: FieldType): Column['kind'] {
  if (type.kind === 'id' || type.kind === 'text') return 'text'
  return type.kind === 'boolean' ? 'boolean' : 'float64'
}

/** A contract column of these values. */
export function columnOf(type: FieldType, cells: readonly Cell[]): Column {
  const kind = columnKind(type)
  const hasNull = cells.includes(null)
  if (kind === 'text') {
    const codeOf = new Map<string, number>()
    const codes = new Int32Array(cells.length)
    cells.forEach((cell, i) => {
      if (cell === null) return void (codes[i] = -1)
      const text = cell as string
      if (!codeOf.has(text)) codeOf.set(text, codeOf.size)
      codes[i] = codeOf.get(text) as number
    })
    return { kind, codes, dictionary: [...codeOf.keys()] }
  }
  const validity = hasNull ? { validity: Uint8Array.from(cells, (cell) => (cell === null ? 0 : 1)) } : {}
  if (kind === 'boolean') return { kind, values: Uint8Array.from(cells, (cell) => (cell === true ? 1 : 0)), ...validity }
  return { kind, values: Float64Array.from(cells, (cell) => (cell === null ? 0 : (cell as number))), ...validity }
}
