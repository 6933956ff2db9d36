import type { DataField } from '@crm/core/adapter'
import { describe, expect, test } from 'vitest'
import type { Cell } from '../testkit.types.ts'
import { memoryAdapterOf } from '../memoryAdapterOf.ts'
import { isAwkward } from './hostileTexts.ts'
import { KIT_VARIANTS, kitData } from './kitData.ts'
import { KIT_ZONES } from './zones.ts'

const KEYS: Readonly<Record<string, readonly string[]>> = { customers: ['customerId'], transactions: ['lineId'], products: ['productId'], interactions: ['interactionId'], ratings: ['customerId', 'productId'] }

describe.each(KIT_VARIANTS)('the data "%s"', (variant) => {
  for (const [how, storable] of [
    ['with every text', () => true],
    ['without awkward texts', () => false],
  ] as const) {
    test(`${how}: keys are unique and never NULL, values fit their types`, () => {
      for (const { name, fields, rows, columns } of kitData(variant, storable).sets) {
        const places = (KEYS[name] as readonly string[]).map((key) => fields.findIndex((field) => field.name === key))
        expect(new Set(rows.map((row) => JSON.stringify(places.map((f) => row[f])))).size).toBe(rows.length)
        expect(columns).toHaveLength(fields.length)
        expect(rows.filter((row) => row.length !== fields.length)).toEqual([])
        const wrong = rows.flatMap((row) => row.filter((cell, f) => !fits(cell, fields[f] as DataField)))
        expect(wrong).toEqual([])
        const awkward = rows.flat().filter((cell) => typeof cell === 'string' && isAwkward(cell))
        expect(storable() || awkward.length === 0).toBe(true)
      }
    })
  }

  test('is the same every time, frozen, and what an adapter takes', async () => {
    const data = kitData(variant)
    expect(JSON.stringify(kitData(variant))).toBe(JSON.stringify(data))
    expect(Object.isFrozen(data) && Object.isFrozen(data.sets) && data.sets.every(({ rows }) => Object.isFrozen(rows) && rows.every(Object.isFrozen))).toBe(true)
    await memoryAdapterOf(data).close()
  })
})

test('the main data are about two thousand rows over all five sets', () => {
  const { sets } = kitData('main')
  expect(sets.map(({ name }) => name).sort()).toEqual(['customers', 'interactions', 'products', 'ratings', 'transactions'])
  const rows = sets.reduce((sum, set) => sum + set.rows.length, 0)
  expect(rows).toBeGreaterThan(1200)
  expect(rows).toBeLessThan(2500)
})

test.each(KIT_ZONES)('the offsets of $timeZone agree with Intl around the change', ({ timeZone, offsets, changeAt }) => {
  const format = new Intl.DateTimeFormat('en-US', { timeZone, hourCycle: 'h23', era: 'short', year: 'numeric', month: 'numeric', day: 'numeric', hour: 'numeric', minute: 'numeric', second: 'numeric' })
  const minutesAt = (at: number): number => {
    const part = Object.fromEntries(format.formatToParts(at).map(({ type, value }) => [type, Number(value)]))
    const local = Date.UTC(part['year'] as number, (part['month'] as number) - 1, part['day'], part['hour'], part['minute'], part['second'])
    return (local - Math.floor(at / 1000) * 1000) / 60_000
  }
  for (let at = changeAt - 3 * 86_400_000; at <= changeAt + 3 * 86_400_000; at += 900_000) {
    for (const instant of [at, at - 1]) {
      const listed = offsets.findLast(({ since }) => since <= instant) ?? offsets[0]
      expect(listed?.offsetMinutes, new Date(instant).toISOString()).toBe(minutesAt(instant))
    }
  }
})

function fits(cell: Cell, { type, nullable }: DataField): boolean {
  if (cell === null) return nullable
  switch (type.kind) {
    case 'id':
      return typeof cell === 'string' && (type.numericId !== true || /^(?:0|-?[1-9][0-9]{0,14})$/.test(cell))
    case 'text':
      return typeof cell === 'string'
    case 'boolean':
      return typeof cell === 'boolean'
    case 'number':
      return Number.isFinite(cell)
    default:
      return Number.isSafeInteger(cell)
  }
}
