import { InvalidInputError } from '../errors/index.ts'
import { isMeasure } from '../shared/measures.ts'
import type { DataField, DataSetName, FieldType, Steps } from './contract.ts'
import type { FieldOverride, MemoryRow } from './memory.types.ts'

interface KnownSet {
  readonly key: readonly string[]
  /** Must be there and may not be NULL. */
  readonly needed: readonly string[]
  /** Must be there and may be NULL. */
  readonly expected?: readonly string[]
  /** Types of the fields with a meaning; `moment` is an instant or a date, as the values say. */
  readonly types: Readonly<Record<string, 'id' | 'text' | 'number' | 'boolean' | 'money' | 'moment'>>
}

/** Keys and needed fields of the sets, as the contract lists them. */
export const KNOWN_SETS: Readonly<Record<DataSetName, KnownSet>> = {
  customers: { key: ['customerId'], needed: ['customerId'], types: { customerId: 'id', name: 'text', kind: 'text', createdAt: 'moment', stage: 'text' } },
  transactions: {
    key: ['lineId'],
    needed: ['lineId', 'orderId', 'at', 'amount'],
    expected: ['customerId'],
    types: { lineId: 'id', customerId: 'id', orderId: 'id', productId: 'id', at: 'moment', amount: 'money' },
  },
  products: { key: ['productId'], needed: ['productId'], types: { productId: 'id', name: 'text', category: 'text', price: 'money', cost: 'money', available: 'boolean' } },
  interactions: {
    key: ['interactionId'],
    needed: ['interactionId', 'customerId', 'at', 'lane'],
    types: {
      interactionId: 'id',
      customerId: 'id',
      at: 'moment',
      lane: 'text',
      channel: 'text',
      direction: 'text',
      status: 'text',
      satisfaction: 'number',
      subject: 'text',
    },
  },
  ratings: { key: ['customerId', 'productId'], needed: ['customerId', 'productId', 'rating'], types: { customerId: 'id', productId: 'id', rating: 'number', at: 'moment' } },
}

/** Money as the adapter's options say, for fields that do not say it themselves. */
export interface MoneyDefault {
  readonly currency: string | undefined
  readonly scale: number
}

/** Sample values of a field, to find its type: the first non-null values suffice unless they disagree. */
export type Samples = (name: string) => Iterable<unknown>

/**
 * The fields of one set out of what is declared, known and seen, needed ones first.
 *
 * @throws InvalidInputError `FIELD_RESERVED`, `FIELD_DUPLICATE`, `FIELD_TYPE`, `FIELD_UNKNOWN`, `OPTION_INVALID`
 */
export function resolveFields(
  set: DataSetName,
  seen: readonly string[],
  declared: readonly DataField[] | Readonly<Record<string, FieldOverride>> | undefined,
  samples: Samples,
  money: MoneyDefault,
): DataField[] {
  const { needed, expected = [] } = KNOWN_SETS[set]
  if (isFieldList(declared)) {
    checkFieldNames(set, declared.map((field) => field.name))
    return declared.map((field) => Object.freeze({ ...field, type: checkedType(set, field.name, field.type) }))
  }
  const overrides = new Map(Object.entries(declared ?? {}))
  const names = new Set([...needed, ...expected, ...seen, ...overrides.keys()])
  checkFieldNames(set, [...names])
  return [...names].map((name) => {
    const override = overrides.get(name)
    const type = typeOf(set, name, override, samples, money)
    return Object.freeze({
      name,
      type,
      nullable: override?.nullable ?? !needed.includes(name),
      ...(override?.sensitivity === undefined ? {} : { sensitivity: override.sensitivity }),
      ...(override?.varies === undefined ? {} : { varies: override.varies }),
    })
  })
}

/** Own keys of all rows, in order of appearance. */
export function* namesOfRows(rows: readonly MemoryRow[]): Steps<string[]> {
  const names = new Set<string>()
  for (let i = 0; i < rows.length; i++) {
    if (i % 16_384 === 16_383) yield
    for (const name of Object.keys(rows[i] as MemoryRow)) names.add(name)
  }
  return [...names]
}

/** Own members only: a field may be named `constructor`. */
function knownKind(set: DataSetName, name: string): KnownSet['types'][string] | undefined {
  const { types } = KNOWN_SETS[set]
  return Object.hasOwn(types, name) ? types[name] : undefined
}

function isFieldList(declared: unknown): declared is readonly DataField[] {
  return Array.isArray(declared)
}

function checkFieldNames(set: DataSetName, names: readonly string[]): void {
  const once = new Set<string>()
  for (const name of names) {
    if (once.has(name)) throw new InvalidInputError('FIELD_DUPLICATE', `The field "${name}" of ${set} is declared twice. One of the two would be lost. Declare it once.`, { set, field: name })
    once.add(name)
    if (set === 'customers' && isMeasure(name)) {
      throw new InvalidInputError('FIELD_RESERVED', `A customer attribute is named "${name}". That is the name of a computed measure. Rename the attribute.`, { set, field: name })
    }
  }
  const { needed, expected = [] } = KNOWN_SETS[set]
  for (const name of [...needed, ...expected]) {
    if (!once.has(name)) throw new InvalidInputError('FIELD_UNKNOWN', `The field "${name}" of ${set} is not declared. Nothing can be told without it. Add it to the fields.`, { set, field: name })
  }
}

function typeOf(set: DataSetName, name: string, override: FieldOverride | undefined, samples: Samples, money: MoneyDefault): FieldType {
  const kind = override?.kind ?? knownKind(set, name) ?? inferKind(set, name, samples(name))
  if (kind === 'id') return override?.numericId === true ? { kind, numericId: true } : { kind }
  if (kind === 'moment') return { kind: momentKind(samples(name)) }
  if (kind !== 'money') return checkedType(set, name, { kind } as FieldType)
  const { currency = money.currency, scale = money.scale } = override ?? {}
  if (currency === undefined) {
    throw new InvalidInputError(
      'OPTION_INVALID',
      `The currency of "${name}" in ${set} is not known. An amount without a currency cannot be shown or compared. Pass "currency", for example 'EUR'.`,
      { set, field: name },
    )
  }
  return checkedType(set, name, { kind, currency, scale })
}

function checkedType(set: DataSetName, name: string, type: FieldType): FieldType {
  const kinds = ['id', 'text', 'integer', 'number', 'boolean', 'money', 'instant', 'date']
  const needsId = knownKind(set, name) === 'id'
  const isMoney = type.kind !== 'money' || (typeof type.currency === 'string' && Number.isInteger(type.scale) && type.scale >= 0 && type.scale <= 12)
  const fits =
    kinds.includes(type.kind) &&
    isMoney &&
    (!needsId || type.kind === 'id') &&
    (set !== 'transactions' || name !== 'amount' || type.kind === 'money') &&
    (set === 'customers' || name !== 'at' || type.kind === 'instant' || type.kind === 'date')
  if (!fits) {
    throw new InvalidInputError('FIELD_TYPE', `The field "${name}" of ${set} cannot be of the declared type. The contract fixes what it means. Declare it as the contract describes it.`, {
      set,
      field: name,
    })
  }
  return Object.freeze(type)
}

function inferKind(set: DataSetName, name: string, values: Iterable<unknown>): 'text' | 'boolean' | 'integer' | 'number' | 'instant' {
  let found: ReturnType<typeof inferKind> | undefined
  for (const value of values) {
    if (value === null || value === undefined) continue
    const kind = kindOfValue(value)
    if (found === undefined || (found === 'integer' && kind === 'number')) found = kind
    else if (kind !== found && !(found === 'number' && kind === 'integer')) found = undefined
    if (kind === undefined || found === undefined) {
      throw new InvalidInputError(
        'FIELD_TYPE',
        `The values of "${name}" in ${set} are of several types, or of none that a field can have. Guessing would change some of them. Declare the field, for example { ${JSON.stringify(name)}: { kind: 'text' } }.`,
        { set, field: name },
      )
    }
  }
  return found ?? 'text'
}

function kindOfValue(value: unknown): 'text' | 'boolean' | 'integer' | 'number' | 'instant' | undefined {
  if (typeof value === 'string') return 'text'
  if (typeof value === 'boolean') return 'boolean'
  if (typeof value === 'number') return Number.isSafeInteger(value) ? 'integer' : 'number'
  return value instanceof Date ? 'instant' : undefined
}

function momentKind(values: Iterable<unknown>): 'instant' | 'date' {
  for (const value of values) if (value !== null && value !== undefined) return typeof value === 'string' && /^\d{4}-\d\d-\d\d$/.test(value) ? 'date' : 'instant'
  return 'instant'
}
