import type { ImportAttribute, ImportDoubt, ImportPlan, ImportRole, Steps } from '@crm/core/adapter'
import { currencyIn, currencyInHeading } from '../values/currencySigns.ts'
import { fieldNameFor } from '../build/fieldNames.ts'
import { namesCodes, ownerOf, plainHeading, ROLE_HEADINGS } from './headings.ts'
import { hasLocalTimes, shareOfMoments, shareOfNumbers, sniffDates, sniffDecimal, sniffKind } from './sniffValues.ts'

/** A column of the sample. */
export interface SampleColumn {
  readonly index: number
  /** As in the header; empty without one. */
  readonly heading: string
  /** Values that are not empty, in the order of the file. */
  readonly values: readonly string[]
}

export interface PlanHints {
  readonly timeZone?: string | undefined
  readonly currency?: string | undefined
}

export interface SuggestedPlan {
  readonly plan: Omit<ImportPlan, 'encoding' | 'delimiter' | 'header'>
  readonly doubts: readonly ImportDoubt[]
}

/** Share of values that fit, before a column is surely one of dates or amounts: some cells of real files are odd. */
const FITS = 0.8

type Roles = Partial<Record<ImportRole, number>>

/** Suggests what the columns mean, from their headings and values. In steps of a few milliseconds. */
export function* suggestPlan(columns: readonly SampleColumn[], rows: readonly (readonly string[])[], delimiter: string, hints: PlanHints): Steps<SuggestedPlan> {
  const doubts: ImportDoubt[] = []
  const roles = yield* suggestRoles(columns)
  const valuesOf = (role: ImportRole): readonly string[] => columns.find(({ index }) => index === roles[role])?.values ?? []

  const amounts = yield* amountColumns(columns, roles)
  const decimal = sniffDecimal([...amounts.flatMap(({ values }) => values), ...valuesOf('quantity')], delimiter)
  if (decimal.isOpen) doubts.push('decimal')
  yield
  const dates = sniffDates(valuesOf('at'))
  yield
  if (dates.isOpen) doubts.push('dates')
  const currency = hints.currency ?? suggestCurrency(columns, amounts)
  if (currency === null) doubts.push('currency')
  const needsZone = hasLocalTimes(valuesOf('at'))
  if (needsZone && hints.timeZone === undefined) doubts.push('timeZone')

  yield
  const attributes = yield* suggestAttributes(columns, roles, decimal.value, dates.value)
  const { category, productName, ...rest } = roles
  return {
    doubts,
    plan: {
      roles: roles.productId === undefined ? rest : roles,
      attributes: roles.productId === undefined ? [...attributes, ...orphans([productName, category], columns)] : attributes,
      decimal: decimal.value,
      dates: dates.value,
      timeZone: hints.timeZone ?? (needsZone ? new Intl.DateTimeFormat().resolvedOptions().timeZone : 'UTC'),
      currency: currency ?? 'USD',
      cancellationPrefix: suggestPrefix(rows, roles),
      duplicates: 'keep',
      rejects: 'skip',
    },
  }
}

/** Names of products without an id of products: they stay with the line. */
function orphans(indexes: readonly (number | undefined)[], columns: readonly SampleColumn[]): ImportAttribute[] {
  return columns
    .filter(({ index }) => indexes.includes(index))
    .map(({ index, heading }) => ({ column: index, name: fieldNameFor(heading, 'transactions', new Set()), of: 'transactions', kind: 'text' }))
}

function* suggestRoles(columns: readonly SampleColumn[]): Steps<Roles> {
  const plain = new Map(columns.map((column) => [column, plainHeading(column.heading)]))
  yield
  const taken = new Set<number>()
  const roles: Roles = {}
  const take = (role: ImportRole, shareOf: (values: readonly string[]) => number = () => 1): void => {
    const named = ROLE_HEADINGS[role].flatMap((heading) => columns.filter((column) => plain.get(column) === heading && !taken.has(column.index)))
    const shares = named.map(({ values }) => (values.length === 0 ? 1 : shareOf(values)))
    const sure = shares.findIndex((share) => share >= FITS)
    const found = named[sure >= 0 ? sure : shares.findIndex((share) => share > 0)]
    if (found === undefined) return
    roles[role] = found.index
    taken.add(found.index)
  }
  take('customerId')
  take('orderId')
  take('lineId')
  take('productId')
  take('at', shareOfMoments)
  yield
  take('quantity', shareOfNumbers)
  yield
  take('unitPrice', shareOfNumbers)
  take('amount', shareOfNumbers)
  yield
  take('customerName')
  take('productName')
  take('category')
  if (roles.at === undefined) {
    const dated = columns.find((column) => !taken.has(column.index) && shareOfMoments(column.values) >= FITS)
    if (dated !== undefined) roles.at = dated.index
  }
  if (roles.amount === undefined && roles.quantity === undefined && roles.unitPrice !== undefined) {
    roles.amount = roles.unitPrice // a price alone is what was paid
    delete roles.unitPrice
  }
  return roles
}

/** The columns of amounts; where no heading names one, all that a person could choose for it. */
function* amountColumns(columns: readonly SampleColumn[], roles: Roles): Steps<readonly SampleColumn[]> {
  const named = [roles.amount, roles.unitPrice].flatMap((role) => columns.find(({ index }) => index === role) ?? [])
  if (named.length > 0) return named
  const taken = new Set(Object.values(roles))
  const possible: SampleColumn[] = []
  for (const column of columns) {
    if (!taken.has(column.index) && shareOfNumbers(column.values) >= FITS) possible.push(column)
    yield
  }
  return possible
}

function suggestCurrency(columns: readonly SampleColumn[], amounts: readonly SampleColumn[]): string | null {
  const column = columns.find(({ heading }) => /^(currency|currency code|币种|货币)$/.test(plainHeading(heading)))
  const codes = new Set(column?.values.map((value) => value.trim()))
  const [code] = codes
  if (codes.size === 1 && /^[A-Z]{3}$/.test(code ?? '')) return code ?? null
  for (const { heading, values } of amounts) {
    const named = currencyInHeading(heading)
    if (named !== null) return named
    for (const value of values) {
      const sign = currencyIn(value)
      if (sign !== null) return sign
    }
  }
  return null
}

function* suggestAttributes(columns: readonly SampleColumn[], roles: Roles, decimal: '.' | ',', dates: ImportPlan['dates']): Steps<ImportAttribute[]> {
  const taken = new Set(Object.values(roles))
  const names = { customers: new Set<string>(), products: new Set<string>(), transactions: new Set<string>() }
  const attributes: ImportAttribute[] = []
  for (const { index, heading, values } of columns) {
    if (taken.has(index) || heading === '' || values.length === 0) continue
    const plain = plainHeading(heading)
    const owner = ownerOf(plain)
    const of = (owner === 'customers' && roles.customerId === undefined) || (owner === 'products' && roles.productId === undefined) ? 'transactions' : owner
    const name = fieldNameFor(heading, of, names[of])
    names[of].add(name)
    yield
    attributes.push({ column: index, name, of, kind: sniffKind(values, decimal, dates, namesCodes(plain)) })
  }
  return attributes
}

/** Letters before the number of an order, if orders have them only where quantities or amounts are negative. */
function suggestPrefix(rows: readonly (readonly string[])[], roles: Roles): string {
  const sign = roles.quantity ?? roles.amount
  if (roles.orderId === undefined || sign === undefined) return ''
  const seen = new Map<string, { all: number; negative: number }>()
  for (const row of rows) {
    const prefix = /^([A-Za-z]{1,3}[-_]?)\d/.exec(row[roles.orderId] ?? '')?.[1] ?? ''
    const count = seen.get(prefix) ?? { all: 0, negative: 0 }
    seen.set(prefix, count)
    count.all++
    if (/^\s*[-\u2212(]|-\s*$/.test(row[sign] ?? '')) count.negative++
  }
  const plain = seen.get('')
  if (plain === undefined || plain.negative > plain.all / 2) return ''
  for (const [prefix, { all, negative }] of seen) if (prefix !== '' && all >= 2 && negative === all) return prefix
  return ''
}
