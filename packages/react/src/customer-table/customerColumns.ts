import type { DataField, DataSchema, FieldType, Scalar } from '@crm/core/adapter'
import { fieldsOfCustomers } from '@crm/core/customers'
import type { CrmMessages } from '../messages/index.ts'
import type { Formatters } from '../provider/format.ts'

/** Room a column takes. The widths are `--crm-table-narrow`, `-medium` and `-wide`, so no style attribute is needed. */
export type CustomerColumnWidth = 'narrow' | 'medium' | 'wide'

/** A column a host asks for. A bare string is the same with all defaults. */
export interface CustomerColumn {
  /** `customer`, a measure (`orders`, `revenue`, ...) or an attribute of `customers`. */
  readonly field: string
  /** Default: the word for the field in the messages, else its name in words. */
  readonly header?: string
  /** Default: by the type of the field, right-aligned for figures. */
  readonly format?: (value: Scalar | null, format: Formatters) => string
  /** Default by type. */
  readonly width?: CustomerColumnWidth
  /** Not shown until chosen in the columns menu. */
  readonly hidden?: boolean
}

/** A column with all its defaults decided by the schema. */
export interface ResolvedColumn {
  /** Equal to `field` of the column asked for. */
  readonly id: string
  readonly header: string
  /** Unit of the figures, shown once in the heading: `$`. */
  readonly unit: string | null
  /** The heading as it is read out: "Revenue in US dollars". */
  readonly label: string
  readonly type: FieldType
  readonly align: 'start' | 'end'
  readonly width: CustomerColumnWidth
  /** Names the row: the first column, always shown. */
  readonly isRowHeader: boolean
  readonly isHiddenAtFirst: boolean
  /** Fields the cell is made from; the first is its value. */
  readonly fields: readonly string[]
  readonly sortField: string
  readonly firstDirection: 'ascending' | 'descending'
  readonly format: ((value: Scalar | null, format: Formatters) => string) | null
}

export interface ResolvedColumns {
  readonly columns: readonly ResolvedColumn[]
  /** Text fields that may be searched: the id, and the name when it may be shown. */
  readonly searchFields: readonly string[]
}

/** Shown when the host names no columns. */
const DEFAULT_FIELDS = ['customer', 'lastDay', 'orders', 'revenue', 'meanOrderValue'] as const
/** Offered in the columns menu besides. */
const FURTHER_MEASURES = ['firstDay', 'recencyDays', 'returnedRevenue', 'lines'] as const

/**
 * Decides the columns of a table from what the host asked for and what the data hold.
 *
 * The row header is always the customer: name over id. A field of sensitivity `personal` is left out unless the host
 * names it; `name` asks for a personal name, `customer` shows a name only when it is public. A field the data do not
 * hold is left out, so one list of columns serves several sources.
 */
export function resolveColumns(
  asked: readonly (string | CustomerColumn)[] | undefined,
  schema: DataSchema,
  words: CrmMessages['customerTable'],
  format: Formatters,
): ResolvedColumns {
  const attributes = new Map<string, DataField>()
  for (const field of schema.sets.find((set) => set.name === 'customers')?.fields ?? []) attributes.set(field.name, field)
  const types = fieldsOfCustomers(schema)
  const isPublic = (field: DataField): boolean => field.sensitivity !== 'personal'
  const wanted = (asked ?? defaultColumns(attributes, isPublic)).map((one): CustomerColumn => (typeof one === 'string' ? { field: one } : one))

  const nameField = attributes.get('name')
  const showsName = nameField !== undefined && (isPublic(nameField) || wanted.some((one) => one.field === 'name'))
  const rowHeader: CustomerColumn = wanted.find((one) => one.field === 'customer' || one.field === 'name') ?? { field: 'customer' }
  const columns: ResolvedColumn[] = []
  const seen = new Set(['customer', 'name'])
  columns.push(resolveColumn(rowHeader, { kind: 'text' }, true, showsName, words, format))
  for (const one of wanted) {
    if (seen.has(one.field)) continue
    seen.add(one.field)
    // The mean of money is money with a fraction, written like money.
    const type = types.get(one.field === 'meanOrderValue' ? 'revenue' : one.field)
    if (type !== undefined) columns.push(resolveColumn(one, type, false, showsName, words, format))
  }
  return { columns, searchFields: showsName ? ['customerId', 'name'] : ['customerId'] }
}

function defaultColumns(attributes: ReadonlyMap<string, DataField>, isPublic: (field: DataField) => boolean): (string | CustomerColumn)[] {
  const further = [...attributes.values()].filter((field) => field.name !== 'customerId' && field.name !== 'name' && isPublic(field))
  return [
    ...DEFAULT_FIELDS,
    ...FURTHER_MEASURES.map((field) => ({ field, hidden: true })),
    ...further.map(({ name }) => ({ field: name, hidden: true })),
  ]
}

function resolveColumn(
  column: CustomerColumn,
  type: FieldType,
  isRowHeader: boolean,
  showsName: boolean,
  words: CrmMessages['customerTable'],
  format: Formatters,
): ResolvedColumn {
  const { field } = column
  const id = isRowHeader ? 'customer' : field
  const header = column.header ?? wordOf(id, words)
  const isFigure = type.kind === 'integer' || type.kind === 'number' || type.kind === 'money'
  const isDate = type.kind === 'date' || type.kind === 'instant'
  const hasUnit = type.kind === 'money' && column.format === undefined
  return {
    id,
    header,
    unit: hasUnit ? format.currencySign(type.currency) : null,
    label: hasUnit ? words.inUnit.replace('{field}', header).replace('{unit}', currencyName(type.currency, format.locale)) : header,
    type,
    align: isFigure ? 'end' : 'start',
    width: column.width ?? (isRowHeader ? 'wide' : field !== 'meanOrderValue' && (isFigure || type.kind === 'boolean') ? 'narrow' : 'medium'),
    isRowHeader,
    isHiddenAtFirst: !isRowHeader && column.hidden === true,
    fields: isRowHeader ? (showsName ? ['customerId', 'name'] : ['customerId']) : field === 'lastDay' ? ['lastDay', 'recencyDays'] : [field],
    sortField: isRowHeader ? (showsName ? 'name' : 'customerId') : field,
    firstDirection: isFigure || isDate ? 'descending' : 'ascending',
    format: column.format ?? null,
  }
}

/** The word for a field in the messages (`orders` -> `fieldOrders`), else its name in words: `customerSince` -> "Customer since". */
function wordOf(field: string, words: CrmMessages['customerTable']): string {
  const key = `field${field.charAt(0).toUpperCase()}${field.slice(1)}`
  const word = Object.hasOwn(words, key) ? words[key as keyof typeof words] : undefined
  if (typeof word === 'string') return word
  const text = field.replaceAll(/[_-]+/g, ' ').replaceAll(/(\p{Ll})(\p{Lu})/gu, '$1 $2').toLowerCase()
  return text.charAt(0).toUpperCase() + text.slice(1)
}

/** Do two lists ask for the same? So that a list written in the JSX does not count as a new one at every render. */
export function sameColumns(a: UseColumns, b: UseColumns): boolean {
  if (a === b) return true
  if (a === undefined || b === undefined || a.length !== b.length) return false
  return a.every((one, at) => {
    const other = b[at]
    if (typeof one === 'string' || typeof other !== 'object') return one === other
    return (['field', 'header', 'format', 'width', 'hidden'] as const).every((key) => one[key] === other[key])
  })
}

type UseColumns = readonly (string | CustomerColumn)[] | undefined

function currencyName(currency: string, locale: string): string {
  return new Intl.DisplayNames(locale, { type: 'currency' }).of(currency) ?? currency
}
