import type { DataField, DataSetName, FieldType } from '@crm/core/adapter'
import { InvalidInputError } from '@crm/core/errors'

/** Where each data set lives. A set that is left out is not held. */
export type SqlMapping = { readonly [Set in DataSetName]?: SetMapping }

export interface SetMapping {
  /** A table or view; as a list, qualified: `['schema', 'table']` or `['catalog', 'schema', 'table']`. */
  readonly table: string | readonly string[]
  /** By the name of the field in the contract. */
  readonly fields: Readonly<Record<string, FieldMapping>>
}

export interface FieldMapping {
  readonly column: string
  /** Required for money and for fields the contract does not name; otherwise it follows from the name. */
  readonly type?: FieldType | Exclude<FieldType['kind'], 'money'>
  /** Money only: the column counts the smallest units (`minor`, integers) or whole currency (`decimal`, DECIMAL or DOUBLE). */
  readonly stored?: 'minor' | 'decimal'
  /** Money only: a column with the currency of each row. A row in another one than the type's is `CURRENCY_MIXED`. */
  readonly currencyColumn?: string
  /** Default: what the catalog says; never for the fields that a set needs. */
  readonly nullable?: boolean
  readonly sensitivity?: 'public' | 'personal'
  readonly varies?: true
}

/**
 * The tenancy of an adapter, bound at its birth: no call carries or changes it.
 */
export interface SqlScope {
  /** Opaque; part of every cache key. Two adapters with one key show the same data to the same people. */
  readonly key: string
  /**
   * Which rows of each set belong to the scope: all of column = value hold. Every mapped set must be named once `where`
   * is given, so that none is forgotten; `'all'` says that its rows are shared.
   */
  readonly where?: { readonly [Set in DataSetName]?: 'all' | Readonly<Record<string, string | number | boolean>> }
}

export const NEEDED_FIELDS: Readonly<Record<DataSetName, readonly string[]>> = {
  customers: ['customerId'],
  transactions: ['lineId', 'orderId', 'at', 'amount'],
  products: ['productId'],
  interactions: ['interactionId', 'customerId', 'at', 'lane'],
  ratings: ['customerId', 'productId', 'rating'],
}

const MEASURES = new Set(['firstDay', 'lastDay', 'recencyDays', 'orders', 'revenue', 'returnedRevenue', 'lines', 'meanOrderValue'])

const KIND_OF_NAME: ReadonlyMap<string, Exclude<FieldType['kind'], 'money'>> = new Map([
  ...['customerId', 'orderId', 'lineId', 'productId', 'interactionId'].map((name) => [name, 'id'] as const),
  ...['name', 'kind', 'stage', 'category', 'lane', 'channel', 'direction', 'status', 'subject'].map((name) => [name, 'text'] as const),
  ...['satisfaction', 'rating', 'quantity'].map((name) => [name, 'number'] as const),
  ['available', 'boolean'],
])

/** The type of a mapped field; `isDate` tells what the catalog says of its column. */
export function fieldTypeOf(set: DataSetName, name: string, mapping: FieldMapping, isDate: boolean): FieldType {
  const { type } = mapping
  if (typeof type === 'object') {
    if (type.kind === 'money' && !(typeof type.currency === 'string' && Number.isInteger(type.scale) && type.scale >= 0 && type.scale <= 15)) {
      throw mappingInvalid(set, name, 'its money type needs a currency and a scale of 0 to 15')
    }
    return Object.freeze({ ...type })
  }
  const kind = type ?? (name === 'at' || name === 'createdAt' ? (isDate ? 'date' : 'instant') : KIND_OF_NAME.get(name))
  if (kind === undefined || (kind as string) === 'money') throw mappingInvalid(set, name, 'its type does not follow from its name')
  return Object.freeze({ kind })
}

/** Checks the parts of a mapping that need no catalog. */
export function checkShape(set: DataSetName, mapping: SetMapping): void {
  const names = Object.keys(mapping.fields)
  for (const needed of set === 'transactions' ? [...NEEDED_FIELDS[set], 'customerId'] : NEEDED_FIELDS[set]) {
    if (!names.includes(needed)) throw mappingInvalid(set, needed, 'the set needs this field')
  }
  for (const name of names) {
    if (set === 'customers' && MEASURES.has(name)) {
      throw new InvalidInputError(
        'FIELD_RESERVED',
        `The attribute "${name}" of customers bears the name of a measure. Filters could not tell the two apart. Map it under another name.`,
        { set, field: name },
      )
    }
  }
}

/** The field as the schema shows it. */
export function dataField(set: DataSetName, name: string, mapping: FieldMapping, type: FieldType, catalogNullable: boolean): DataField {
  const nullable = NEEDED_FIELDS[set].includes(name) ? false : (mapping.nullable ?? catalogNullable)
  return Object.freeze({
    name,
    type,
    nullable,
    ...(mapping.sensitivity === undefined ? {} : { sensitivity: mapping.sensitivity }),
    ...(mapping.varies === undefined ? {} : { varies: mapping.varies }),
  })
}

/** Names the set and the field, never what the table holds. */
export function mappingInvalid(set: string, field: string | null, problem: string): InvalidInputError {
  const place = field === null ? `The mapping of ${set} does not hold` : `The mapping of the field "${field}" of ${set} does not hold`
  return new InvalidInputError('MAPPING_INVALID', `${place}: ${problem}. A statement built from it would fail or mislead. Correct the mapping, or map a view that fits.`, {
    set,
    ...(field === null ? {} : { field }),
  })
}
