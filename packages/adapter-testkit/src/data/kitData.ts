import type { DataField, DataSetName } from '@crm/core/adapter'
import type { Cell, KitData, KitSet, KitVariant } from '../testkit.types.ts'
import { columnOf } from './columns.ts'
import { isAwkward } from './hostileTexts.ts'
import { mainSets } from './mainSets.ts'
import { daysSets, largeSets, linesSets, oneSets, overflowSets } from './smallSets.ts'

export const KIT_VARIANTS: readonly KitVariant[] = ['main', 'days', 'lines', 'large', 'overflow', 'one', 'empty']

/** A set before it is frozen and put into columns. */
export interface PlainSet {
  readonly name: DataSetName
  readonly fields: readonly DataField[]
  readonly rows: readonly (readonly Cell[])[]
}

/** The zone of the shop. Kept apart from the zones of the requests, which may name any. */
const TIME_ZONES: Readonly<Record<KitVariant, string>> = {
  main: 'Europe/Amsterdam',
  days: 'Pacific/Apia',
  lines: 'Asia/Kathmandu',
  large: 'UTC',
  overflow: 'UTC',
  one: 'America/St_Johns',
  empty: 'Europe/Amsterdam',
}

/**
 * The data of a variant: always the same, to the byte.
 *
 * @param storable see `DescribeDataAdapterOptions`; texts that it denies are replaced, one by one, by plain ones
 */
export function kitData(variant: KitVariant, storable: (text: string) => boolean = () => true): KitData {
  const plain = remembered.get(variant) ?? plainSets(variant)
  remembered.set(variant, plain)
  const sets = plain.map((set) => freezeSet(set, storable))
  const schema = Object.freeze({
    timeZone: TIME_ZONES[variant],
    sets: Object.freeze(sets.map(({ name, fields, rows }) => Object.freeze({ name, estimatedRows: rows.length, fields }))),
  })
  return Object.freeze({ variant, schema, sets: Object.freeze(sets) })
}

const remembered = new Map<KitVariant, readonly PlainSet[]>()

function plainSets(variant: KitVariant): readonly PlainSet[] {
  switch (variant) {
    case 'main':
      return mainSets()
    case 'days':
      return daysSets()
    case 'lines':
      return linesSets()
    case 'large':
      return largeSets()
    case 'overflow':
      return overflowSets()
    case 'one':
      return oneSets()
    case 'empty':
      return mainSets().map((set) => ({ ...set, rows: [] }))
  }
}

function freezeSet({ name, fields, rows }: PlainSet, storable: (text: string) => boolean): KitSet {
  const stored = rows.map((row) => Object.freeze(row.map((cell) => (typeof cell === 'string' && isAwkward(cell) && !storable(cell) ? plainStandIn(cell) : cell))))
  return Object.freeze({
    name,
    fields: Object.freeze(fields.map((field) => Object.freeze({ ...field, type: Object.freeze(field.type) }))),
    rows: Object.freeze(stored),
    columns: Object.freeze(fields.map(({ type }, f) => Object.freeze(columnOf(type, stored.map((row) => row[f] as Cell))))),
  })
}

/** Distinct for distinct texts, so that keys stay keys: its code units in hexadecimal. */
function plainStandIn(text: string): string {
  return 'stand-in ' + Array.from({ length: text.length }, (_, i) => text.charCodeAt(i).toString(16)).join('.')
}
