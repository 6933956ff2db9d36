import { codeOfId } from '../preferenceRows.ts'

/** Codes of ids, each looked up once: tests ask for the same few again and again. */
export function codesOfIds(list: readonly string[], ids: readonly string[]): Int32Array {
  const known = new Map<string, number>()
  return Int32Array.from(ids, (id) => {
    let code = known.get(id)
    if (code === undefined) known.set(id, (code = codeOfId(list, id)))
    return code
  })
}

/** Places of pairs, row by row, each row in the order asked; rows that are not known first. */
export function groupByRow(rows: Int32Array, size: number): Int32Array {
  const places = new Int32Array(size + 2)
  for (let i = 0; i < rows.length; i++) places[rows[i]! + 2] = places[rows[i]! + 2]! + 1
  for (let row = 1; row < places.length; row++) places[row] = places[row]! + places[row - 1]!
  const order = new Int32Array(rows.length)
  for (let i = 0; i < rows.length; i++) {
    const slot = rows[i]! + 1
    order[places[slot]!] = i
    places[slot] = places[slot]! + 1
  }
  return order
}
