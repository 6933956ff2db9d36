import type { Expr, FieldType } from '@crm/core/adapter'
import type { Cell } from '../testkit.types.ts'
import { compareValues } from './compare.ts'

/** A row as the filter sees it. */
export interface RowView {
  cell(field: string): Cell
  type(field: string): FieldType
}

/** Kleene's three values: true, false, null for unknown. */
export function evaluate(expr: Expr, row: RowView): boolean | null {
  switch (expr.op) {
    case 'and': {
      let unknown = false
      for (const part of expr.of) {
        const value = evaluate(part, row)
        if (value === false) return false
        if (value === null) unknown = true
      }
      return unknown ? null : true
    }
    case 'or': {
      let unknown = false
      for (const part of expr.of) {
        const value = evaluate(part, row)
        if (value === true) return true
        if (value === null) unknown = true
      }
      return unknown ? null : false
    }
    case 'not': {
      const value = evaluate(expr.of, row)
      return value === null ? null : !value
    }
    case 'isNull':
      return row.cell(expr.field) === null
    case 'in': {
      if (expr.values.length === 0) return false
      const cell = row.cell(expr.field)
      return cell === null ? null : expr.values.includes(cell)
    }
    case 'startsWith':
    case 'contains': {
      const cell = row.cell(expr.field)
      if (cell === null) return null
      const fold = expr.fold === 'ascii' ? foldAsciiLetters : (text: string): string => text
      // By code points: half a surrogate pair is in no text that holds the pair.
      const points = Array.from(fold(cell as string))
      const part = Array.from(fold(expr.value))
      const isAt = (start: number): boolean => part.every((point, i) => points[start + i] === point)
      return expr.op === 'startsWith' ? isAt(0) : Array.from({ length: points.length + 1 }, (_, start) => start).some(isAt)
    }
    default: {
      const cell = row.cell(expr.field)
      if (cell === null) return null
      const difference = compareValues(row.type(expr.field), cell, expr.value)
      switch (expr.op) {
        case 'eq':
          return difference === 0
        case 'ne':
          return difference !== 0
        case 'lt':
          return difference < 0
        case 'le':
          return difference <= 0
        case 'gt':
          return difference > 0
        case 'ge':
          return difference >= 0
      }
    }
  }
}

function foldAsciiLetters(text: string): string {
  return text.replace(/[A-Z]/g, (letter) => String.fromCharCode(letter.charCodeAt(0) + 32))
}
