import type { Column } from '../adapter/contract.ts'

/**
 * Codes of texts of which only equality matters, as orders: equal texts of many batches get equal codes. The codes of
 * the first dictionary are taken as they are, without a copy.
 */
export interface Coder {
  add(column: Extract<Column, { kind: 'text' }>): Int32Array
  /** Texts kept in a Map: none while all batches share one dictionary. */
  mapSize(): number
}

export function createCoder(): Coder {
  let first: readonly string[] | null = null
  let codeOf: Map<string, number> | null = null
  let dictionary: readonly string[] | null = null
  let table: Int32Array = new Int32Array(0)

  return {
    add({ codes, dictionary: next }) {
      first ??= next
      if (codeOf === null && next === first) return codes
      if (codeOf === null) {
        codeOf = new Map()
        for (let code = 0; code < first.length; code++) codeOf.set(first[code] as string, code)
      }
      if (next !== dictionary) {
        table = new Int32Array(next.length)
        for (let entry = 0; entry < table.length; entry++) {
          const text = next[entry] as string
          let code = codeOf.get(text)
          if (code === undefined) codeOf.set(text, (code = codeOf.size))
          table[entry] = code
        }
        dictionary = next
      }
      return codes.map((entry) => (entry < 0 ? -1 : (table[entry] as number)))
    },
    mapSize: () => codeOf?.size ?? 0,
  }
}

/** Gives equal texts of many batches equal codes, numbered by first appearance. */
export interface Interner {
  add(column: Extract<Column, { kind: 'text' }>): Int32Array
  texts(): readonly string[]
  size(): number
  /** Texts kept in a Map: none while all batches share one dictionary. */
  mapSize(): number
}

/**
 * Text is looked up once per dictionary entry that occurs, not once per row. While all batches bring one and the same
 * dictionary object (a bulk read of the memory adapter), nothing is hashed at all: entries of a dictionary are
 * distinct by contract.
 */
export function createInterner(): Interner {
  const texts: string[] = []
  let codeOf: Map<string, number> | null = null
  let dictionary: readonly string[] | null = null
  let table: Int32Array = new Int32Array(0)

  return {
    add({ codes, dictionary: next }) {
      if (next !== dictionary || next.length > table.length) {
        if ((dictionary !== null && next !== dictionary) || next.length <= codes.length) codeOf ??= new Map(texts.map((text, code) => [text, code]))
        const grown = new Int32Array(next.length).fill(-1)
        if (next === dictionary) grown.set(table)
        table = grown
        dictionary = next
      }
      const own = new Int32Array(codes.length)
      for (let row = 0; row < own.length; row++) {
        const entry = codes[row] as number
        if (entry < 0) {
          own[row] = -1
          continue
        }
        let code = table[entry] as number
        if (code < 0) {
          const text = next[entry] as string
          code = codeOf?.get(text) ?? -1
          if (code < 0) {
            code = texts.push(text) - 1
            codeOf?.set(text, code)
          }
          table[entry] = code
        }
        own[row] = code
      }
      return own
    },
    texts: () => texts,
    size: () => texts.length,
    mapSize: () => codeOf?.size ?? 0,
  }
}
