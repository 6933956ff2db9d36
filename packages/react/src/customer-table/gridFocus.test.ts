import { describe, expect, it } from 'vitest'
import { moveInGrid } from './gridFocus.ts'

const extent = { rows: 101, columns: 5, pageRows: 10, direction: 'ltr' } as const
const press = (key: string, ctrlKey = false) => ({ key, ctrlKey, metaKey: false })

describe('moveInGrid', () => {
  it('goes by cell with arrows and stops at the edges', () => {
    expect(moveInGrid({ row: 1, column: 0 }, press('ArrowUp'), extent)).toEqual({ row: 0, column: 0 })
    expect(moveInGrid({ row: 0, column: 0 }, press('ArrowUp'), extent)).toEqual({ row: 0, column: 0 })
    expect(moveInGrid({ row: 100, column: 4 }, press('ArrowDown'), extent)).toEqual({ row: 100, column: 4 })
    expect(moveInGrid({ row: 3, column: 4 }, press('ArrowRight'), extent)).toEqual({ row: 3, column: 4 })
  })

  it('goes by the viewport with Page Up and Page Down, and to the heading only from the first row', () => {
    expect(moveInGrid({ row: 5, column: 2 }, press('PageDown'), extent)).toEqual({ row: 15, column: 2 })
    expect(moveInGrid({ row: 5, column: 2 }, press('PageUp'), extent)).toEqual({ row: 1, column: 2 })
    expect(moveInGrid({ row: 1, column: 2 }, press('PageUp'), extent)).toEqual({ row: 0, column: 2 })
    expect(moveInGrid({ row: 98, column: 2 }, press('PageDown'), extent)).toEqual({ row: 100, column: 2 })
  })

  it('goes to the first and the last customer with Control + Home and Control + End', () => {
    expect(moveInGrid({ row: 50, column: 2 }, press('Home', true), extent)).toEqual({ row: 1, column: 0 })
    expect(moveInGrid({ row: 50, column: 2 }, press('End', true), extent)).toEqual({ row: 100, column: 4 })
    expect(moveInGrid({ row: 50, column: 2 }, press('Home'), extent)).toEqual({ row: 50, column: 0 })
    expect(moveInGrid({ row: 50, column: 2 }, press('End'), extent)).toEqual({ row: 50, column: 4 })
  })

  it('turns the arrows round when text runs from right to left', () => {
    const rtl = { ...extent, direction: 'rtl' } as const
    expect(moveInGrid({ row: 1, column: 1 }, press('ArrowLeft'), rtl)).toEqual({ row: 1, column: 2 })
    expect(moveInGrid({ row: 1, column: 1 }, press('ArrowLeft', true), rtl)).toEqual({ row: 1, column: 4 })
    expect(moveInGrid({ row: 1, column: 1 }, press('ArrowRight', true), rtl)).toEqual({ row: 1, column: 0 })
    expect(moveInGrid({ row: 1, column: 1 }, press('ArrowLeft', true), extent)).toEqual({ row: 1, column: 0 })
  })

  it('stays in the heading of an empty table and leaves other keys alone', () => {
    expect(moveInGrid({ row: 0, column: 0 }, press('Home', true), { ...extent, rows: 1 })).toEqual({ row: 0, column: 0 })
    expect(moveInGrid({ row: 0, column: 0 }, press('a'), extent)).toBeNull()
    expect(moveInGrid({ row: 0, column: 0 }, press('Tab'), extent)).toBeNull()
  })
})
