import type { Column, DataField, DataSetName, FieldType, ImportFindingCode, ImportPlan, ImportReport, Scalar, Steps } from '@crm/core/adapter'
import type { ReadyExportTable } from '@crm/core/export'
import type { Records } from '../read/readRecords.ts'
import { createDecimalReader, MAX_DECIMALS } from '../values/readDecimal.ts'
import { createValueReader, EntityValues, isBlank, scalarOf, typeOfKind, ValueColumn, type ValueReader } from './attributes.ts'
import { CodeBlocks } from './blocks.ts'
import { Findings } from './findings.ts'
import { MomentColumn } from './momentColumn.ts'
import { MoneyColumn } from './moneyColumn.ts'
import { RowFingerprints } from './rowFingerprints.ts'
import { TextCodes } from './textCodes.ts'

/** One data set, as columns in the order of `fields`. */
export interface BuiltSet {
  readonly name: DataSetName
  readonly fields: readonly DataField[]
  readonly columns: readonly Column[]
}

/** A file that was read to its end. */
export interface BuiltTable {
  /** All but the rows left out, which are written in slices. */
  readonly report: Omit<ImportReport, 'rejectedCsv'>
  readonly rejected: ReadyExportTable | null
  /** Empty for a dry run. Transactions come first; they have no `lineId` unless the plan names one. */
  readonly sets: readonly BuiltSet[]
  readonly fields: readonly DataField[]
  readonly preview: readonly (readonly (Scalar | null)[])[]
  /** Equal for equal rows in equal order. */
  readonly digest: string
}

export interface TableBuilder {
  /** @throws DataContractError `DATA_INVALID` under `rejects: 'stop'` */
  add(records: Records): void
  finish(): Steps<BuiltTable>
  rows(): number
  /** Estimate of the memory held. */
  bytes(): number
}

/** Rows of a trial. */
const PREVIEW_ROWS = 20
/** Decimals may still be found in these rows without a finding. */
const SETTLING_ROWS = 1000
/** A fingerprint, in a table that is half empty at most. */
const BYTES_A_FINGERPRINT = 24

/** Codes of rows whose id is made at the end, when it is sure that no other row has it. */
const MADE = -2

interface Extra {
  readonly column: number
  readonly name: string
  readonly field: string
  readonly reader: ValueReader
}

/**
 * Turns records into the columns of the data sets, row by row. What decides about a row is read first, so a rejected row
 * leaves no trace but its finding.
 *
 * @param header names of the columns as they stand; empty without a header
 * @param keepsRows false for a dry run: everything is counted, and the first rows are kept
 */
export function createTableBuilder(plan: ImportPlan, header: readonly string[], width: number, keepsRows: boolean): TableBuilder {
  const { roles } = plan
  const keeps = keepsRows ? Infinity : PREVIEW_ROWS
  const isComputed = roles.amount === undefined
  const findings = new Findings(plan.rejects === 'stop')
  const prints = new RowFingerprints()
  const amountReader = createDecimalReader(plan.decimal, plan.currency)
  const quantityReader = createDecimalReader(plan.decimal, null)
  const priceReader = createDecimalReader(plan.decimal, plan.currency)

  const customers = new TextCodes()
  const orders = new TextCodes()
  const products = new TextCodes()
  const lines = new TextCodes()
  const customerCodes = new CodeBlocks()
  const orderCodes = new CodeBlocks()
  const productCodes = new CodeBlocks()
  const lineCodes = new CodeBlocks()
  /** Line of the file of each row whose order or line id is made. */
  const madeOrders = new CodeBlocks()
  const madeLines = new CodeBlocks()
  const amounts = new MoneyColumn(keeps)
  const prices = new MoneyColumn(keeps)
  const missingPrices = new CodeBlocks()
  const quantity = new ValueColumn(createValueReader('number', plan))
  let hasFractions = false

  const extrasOf = (of: 'customers' | 'products' | 'transactions'): Extra[] =>
    plan.attributes.filter((attribute) => attribute.of === of).map(({ column, name, kind }) => ({ column, name, field: name, reader: createValueReader(kind, plan) }))
  const named = (role: 'customerName' | 'productName' | 'category', field: string): Extra[] => {
    const column = roles[role]
    return column === undefined ? [] : [{ column, name: role, field, reader: createValueReader('text', plan) }]
  }
  const entity = (extras: readonly Extra[]): (Extra & { readonly values: EntityValues })[] => extras.map((extra) => ({ ...extra, values: new EntityValues(extra.reader) }))
  const ofCustomers = entity([...named('customerName', 'name'), ...extrasOf('customers')])
  const ofProducts = entity([...named('productName', 'name'), ...named('category', 'category'), ...extrasOf('products')])
  const ofLines = extrasOf('transactions').map((extra) => ({ ...extra, values: new ValueColumn(extra.reader) }))
  const at = new MomentColumn(plan, keeps, (instantOf) => {
    for (const { values } of [...ofCustomers, ...ofProducts]) values.rekey(instantOf)
  })
  const previewed: (Scalar | null)[][] = []

  let rows = 0
  let accepted = 0
  let kept = 0

  function add({ rows: records, lineOf, broken }: Records): void {
    for (let i = 0; i < records.length; i++) {
      const row = records[i] as readonly string[]
      if (row.length === 1 && isBlank(row[0] as string)) continue
      rows++
      const line = lineOf(i)
      if (broken?.has(i)) findings.reject('QUOTES_BROKEN', line, row.join(', '), row)
      else if (row.length !== width) findings.reject('COLUMNS_DIFFER', line, `${row.length}/${width}`, row)
      else addRow(row, line)
    }
  }

  function addRow(row: readonly string[], line: number): void {
    const atText = row[roles.at as number] as string
    if (!at.read(atText)) return findings.reject(isBlank(atText) ? 'DATE_MISSING' : 'DATE_UNREADABLE', line, atText, row)
    const fault = readAmount(row)
    if (fault !== null) return findings.reject(fault, line, amountText(row), row)
    if (prints.add(row)) {
      if (plan.duplicates === 'drop') return findings.reject('DUPLICATE_ROW', line, row.join(', '), row)
      findings.note('DUPLICATE_ROW', line, row.join(', '))
    }
    accepted++
    keepRow(row, line)
  }

  /** Sets `digits` and `decimals`, or says what is wrong. */
  let digits = 0
  let decimals = 0
  function readAmount(row: readonly string[]): ImportFindingCode | null {
    if (!isComputed) {
      const text = row[roles.amount as number] as string
      if (isBlank(text)) return 'AMOUNT_MISSING'
      if (!amountReader.read(text)) return 'AMOUNT_UNREADABLE'
      digits = amountReader.digits
      decimals = amountReader.decimals
    } else {
      const quantityText = row[roles.quantity as number] as string
      const priceText = row[roles.unitPrice as number] as string
      if (isBlank(quantityText) || isBlank(priceText)) return 'AMOUNT_MISSING'
      if (!quantityReader.read(quantityText) || !priceReader.read(priceText)) return 'AMOUNT_UNREADABLE'
      if (!prices.fits(priceReader.digits, priceReader.decimals)) return 'AMOUNT_UNREADABLE'
      multiply()
      if (!(Math.abs(digits) <= Number.MAX_SAFE_INTEGER) || decimals > MAX_DECIMALS) return 'AMOUNT_UNREADABLE'
    }
    return amounts.fits(digits, decimals) ? null : 'AMOUNT_UNREADABLE'
  }

  /** Quantity x price on the digits: exact, with as many decimals as both have. Zeros behind a whole quantity do not count. */
  function multiply(): void {
    let { digits: count, decimals: places } = quantityReader
    while (places > 0 && count % 10 === 0) [count, places] = [count / 10, places - 1]
    digits = count * priceReader.digits + 0
    decimals = places + priceReader.decimals
  }

  function amountText(row: readonly string[]): string {
    return isComputed ? `${row[roles.quantity as number]} x ${row[roles.unitPrice as number]}` : (row[roles.amount as number] as string)
  }

  function keepRow(row: readonly string[], line: number): void {
    const isKept = kept < keeps
    if (isKept) kept++
    at.push()
    if (amounts.push(digits, decimals) && accepted > SETTLING_ROWS) findings.note('DECIMALS_RAISED', line, amountText(row))
    if (digits === 0) findings.note('AMOUNT_ZERO', line, amountText(row))
    const isReturn = keepQuantityAndPrice(row, line, isKept)
    if (isReturn) findings.note('RETURN', line, amountText(row))
    const customer = keepCustomer(row, line, isKept)
    keepOrder(row, line, isKept)
    const product = keepProduct(row, isKept)
    keepLineId(row, line, isKept)
    for (const { column, name, reader, values } of ofLines) {
      const value = readExtra(reader, name, row[column] as string, line)
      if (isKept) values.push(value)
    }
    const shown: (Scalar | null)[] | null = previewed.length < PREVIEW_ROWS ? [] : null
    for (const [code, extras] of [[customer, ofCustomers], [product, ofProducts]] as const) {
      for (const { column, name, reader, values } of extras) {
        const value = code < 0 && shown === null ? NaN : readExtra(reader, name, row[column] as string, line)
        if (code >= 0) values.set(code, value, at.last)
        shown?.push(scalarOf(value, reader))
      }
    }
    if (shown !== null) previewed.push(shown)
  }

  function readExtra(reader: ValueReader, name: string, text: string, line: number): number {
    const value = reader.read(text)
    if (reader.isUnreadable) findings.note('VALUE_UNREADABLE', line, `${name}: ${text}`)
    return value
  }

  function keepQuantityAndPrice(row: readonly string[], line: number, isKept: boolean): boolean {
    let isNegative = digits < 0
    if (roles.unitPrice !== undefined) {
      const text = row[roles.unitPrice] as string
      const isThere = !isBlank(text) && (isComputed || (priceReader.read(text) && prices.fits(priceReader.digits, priceReader.decimals)))
      if (isThere) {
        prices.push(priceReader.digits, priceReader.decimals)
        if (priceReader.digits < 0) {
          findings.note('PRICE_NEGATIVE', line, text)
          isNegative = false // a correction, not a return, unless the quantity says so
        }
      } else {
        if (!isBlank(text)) findings.note('VALUE_UNREADABLE', line, `unitPrice: ${text}`)
        prices.pushNone()
        if (isKept) missingPrices.push(kept - 1)
      }
    }
    if (roles.quantity === undefined) return isNegative
    const text = row[roles.quantity] as string
    const isThere = !isBlank(text) && (isComputed || quantityReader.read(text))
    if (!isThere && !isBlank(text)) findings.note('VALUE_UNREADABLE', line, `quantity: ${text}`)
    const value = isThere ? quantityReader.digits / 10 ** quantityReader.decimals : NaN
    if (isThere && !Number.isInteger(value)) hasFractions = true
    if (isKept) quantity.push(value)
    return isNegative || value < 0
  }

  function keepCustomer(row: readonly string[], line: number, isKept: boolean): number {
    const text = row[roles.customerId as number] as string
    const code = isBlank(text) ? -1 : customers.add(text)
    if (code < 0) findings.note('CUSTOMER_MISSING', line, text)
    if (isKept) customerCodes.push(code)
    return code
  }

  function keepOrder(row: readonly string[], line: number, isKept: boolean): void {
    const text = roles.orderId === undefined ? '' : (row[roles.orderId] as string)
    const isMade = isBlank(text)
    const code = isMade ? MADE : orders.add(text)
    if (isMade && roles.orderId !== undefined) findings.note('ORDER_MISSING', line, text)
    if (!isMade && plan.cancellationPrefix !== '' && text.startsWith(plan.cancellationPrefix)) findings.note('CANCELLATION', line, text)
    if (isMade) ordersMade++
    if (!isKept) return
    if (isMade) madeOrders.push(line)
    orderCodes.push(code)
  }
  let ordersMade = 0

  function keepProduct(row: readonly string[], isKept: boolean): number {
    if (roles.productId === undefined) return -1
    const text = row[roles.productId] as string
    const code = isBlank(text) ? -1 : products.add(text)
    if (isKept) productCodes.push(code)
    return code
  }

  function keepLineId(row: readonly string[], line: number, isKept: boolean): void {
    if (roles.lineId === undefined) return
    const text = row[roles.lineId] as string
    const known = lines.texts.length
    const code = isBlank(text) ? -1 : lines.add(text)
    const isMade = code < known
    if (isMade) findings.note('LINE_ID_REPEATED', line, text)
    if (!isKept) return
    if (isMade) madeLines.push(line)
    lineCodes.push(isMade ? MADE : code)
  }

  function* finish(): Steps<BuiltTable> {
    const facts = report() // before ids are made, which would count as orders
    const moneyType = (scale: number): FieldType => ({ kind: 'money', currency: plan.currency, scale })
    const sets: BuiltSet[] = []
    const transactions = new SetBuilder('transactions')
    if (roles.lineId !== undefined) transactions.add('lineId', { kind: 'id' }, yield* codesOf(lineCodes, lines, madeLines))
    transactions.add('orderId', { kind: 'id' }, yield* codesOf(orderCodes, orders, madeOrders))
    transactions.add('customerId', { kind: 'id' }, yield* codesOf(customerCodes, customers, null), true)
    if (roles.productId !== undefined) transactions.add('productId', { kind: 'id' }, yield* codesOf(productCodes, products, null), true)
    transactions.add('at', { kind: at.kind }, { kind: 'float64', values: yield* at.finish() })
    transactions.add('amount', moneyType(amounts.scale), { kind: 'float64', values: yield* amounts.finish() })
    if (roles.quantity !== undefined) transactions.add('quantity', { kind: hasFractions ? 'number' : 'integer' }, yield* quantity.finish(), true)
    if (roles.unitPrice !== undefined) transactions.add('unitPrice', moneyType(prices.scale), yield* priceColumn(), true)
    for (const { field, reader, values } of ofLines) transactions.add(field, typeOfKind(reader.kind), yield* values.finish(), true)

    const preview = previewOf(transactions)
    if (keepsRows) {
      sets.push(transactions.done())
      sets.push(yield* entitySet('customers', 'customerId', customers, ofCustomers))
      if (roles.productId !== undefined) sets.push(yield* entitySet('products', 'productId', products, ofProducts))
    }
    return Object.freeze({ report: facts, rejected: findings.rejectedTable(header), sets: Object.freeze(sets), ...preview, digest: prints.digest() })
  }

  function* priceColumn(): Steps<Column> {
    const values = yield* prices.finish()
    if (missingPrices.length === 0) return { kind: 'float64', values }
    const validity = new Uint8Array(values.length).fill(1)
    for (const row of yield* missingPrices.finish()) validity[row] = 0
    return { kind: 'float64', values, validity }
  }

  function* entitySet(name: 'customers' | 'products', key: string, ids: TextCodes, extras: readonly (Extra & { readonly values: EntityValues })[]): Steps<BuiltSet> {
    const set = new SetBuilder(name)
    const codes = new Int32Array(ids.texts.length)
    for (let code = 0; code < codes.length; code++) codes[code] = code
    set.add(key, { kind: 'id' }, { kind: 'text', codes, dictionary: ids.texts })
    for (const { field, reader, values } of extras) {
      if (codes.length > 0) values.set(codes.length - 1, NaN, 0) // ids after the last that has a value
      set.add(field, typeOfKind(reader.kind), yield* values.finish(), true, values.variesCount > 0)
    }
    return set.done()
  }

  function previewOf(transactions: SetBuilder): Pick<BuiltTable, 'fields' | 'preview'> {
    const fields = [...transactions.fields]
    const taken = new Set(fields.map(({ name }) => name))
    for (const [of, extras] of [['customers', ofCustomers], ['products', ofProducts]] as const) {
      for (const { name, reader } of extras) {
        const free = taken.has(name) ? `${of}.${name}` : name
        taken.add(free)
        fields.push(Object.freeze({ name: free, type: typeOfKind(reader.kind), nullable: true }))
      }
    }
    return {
      fields: Object.freeze(fields),
      preview: Object.freeze(previewed.map((shown, row) => Object.freeze([...transactions.columns.map((column) => valueAt(column, row)), ...shown]))),
    }
  }

  function report(): BuiltTable['report'] {
    const { net, gross } = amounts.sums()
    const varies = [
      ...ofCustomers.map(({ field, values }) => ({ name: field, of: 'customers' as const, ids: values.variesCount })),
      ...ofProducts.map(({ field, values }) => ({ name: field, of: 'products' as const, ids: values.variesCount })),
    ]
    return {
      kind: 'import-report' as const,
      version: 1 as const,
      rows,
      accepted,
      rejected: findings.rejected,
      findings: findings.list(),
      customers: customers.texts.length,
      orders: orders.texts.length + ordersMade,
      products: products.texts.length,
      ...at.range(),
      atKind: at.kind,
      net,
      gross,
      currency: plan.currency,
      scale: amounts.scale,
      varies: Object.freeze(varies.filter(({ ids }) => ids > 0).map((entry) => Object.freeze(entry))),
    }
  }

  const pools = [customers, orders, products, lines]
  const bytesOfRow = 8 + 8 + 4 + 4 + (roles.productId === undefined ? 0 : 4) + (roles.lineId === undefined ? 0 : 4) + (roles.quantity === undefined ? 0 : 8) + (roles.unitPrice === undefined ? 0 : 8) + ofLines.length * 8

  return {
    add,
    finish,
    rows: () => rows,
    bytes() {
      let bytes = kept * bytesOfRow + prints.size * BYTES_A_FINGERPRINT + madeOrders.length * 100
      for (const { bytes: more } of pools) bytes += more
      for (const { values } of [...ofCustomers, ...ofProducts]) bytes += values.bytes()
      for (const { reader } of ofLines) bytes += reader.texts.bytes
      return bytes
    },
  }
}

class SetBuilder {
  readonly fields: DataField[] = []
  readonly columns: Column[] = []
  private readonly name: DataSetName

  constructor(name: DataSetName) {
    this.name = name
  }

  add(name: string, type: FieldType, column: Column, nullable = false, varies = false): void {
    this.fields.push(Object.freeze({ name, type: Object.freeze(type), nullable, ...(varies ? { varies: true as const } : {}) }))
    this.columns.push(column)
  }

  done(): BuiltSet {
    return Object.freeze({ name: this.name, fields: Object.freeze(this.fields), columns: Object.freeze(this.columns) })
  }
}

/** Codes with their texts; rows without an id of their own get one that names their line and that no other row has. */
function* codesOf(codes: CodeBlocks, texts: TextCodes, made: CodeBlocks | null): Steps<Column> {
  const values = yield* codes.finish()
  for (let row = 0, next = 0; made !== null && next < made.length; row++) {
    if (row % 16_384 === 16_383) yield
    if (values[row] !== MADE) continue
    let id = `#${made.get(next++)}`
    while (texts.has(id)) id = `#${id}`
    values[row] = texts.add(id)
  }
  return { kind: 'text', codes: values, dictionary: texts.texts }
}

function valueAt(column: Column, row: number): Scalar | null {
  if (column.kind === 'text') {
    const code = column.codes[row] as number
    return code < 0 ? null : (column.dictionary[code] as string)
  }
  if (column.validity?.[row] === 0) return null
  return column.kind === 'boolean' ? column.values[row] === 1 : (column.values[row] as number)
}
