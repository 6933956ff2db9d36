import type { DataField, ImportPlan, ImportReport, Scalar, Steps } from '@crm/core/adapter'
import type { ReadyExportTable } from '@crm/core/export'
import type { Records } from '../read/readRecords.ts'
import { createValueReader, EntityValues, isBlank, scalarOf, typeOfKind, ValueColumn, type ValueReader } from './attributes.ts'
import { CodeBlocks } from './blocks.ts'
import { Findings } from './findings.ts'
import { LineAmounts } from './lineAmounts.ts'
import { MomentColumn } from './momentColumn.ts'
import { RowFingerprints } from './rowFingerprints.ts'
import { idColumn, MADE, SetBuilder, type BuiltSet } from './setBuilder.ts'
import { TextCodes } from './textCodes.ts'

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
/** A fingerprint, in a table that is half empty at most. */
const BYTES_A_FINGERPRINT = 24

/** A column of ids, and what it holds in the present row. */
interface Id {
  readonly column: number
  readonly texts: TextCodes
  readonly codes: CodeBlocks
  code: number
  isNew: boolean
}

/** A column that is kept as an attribute, and what it holds in the present row. */
interface Extra {
  readonly column: number
  readonly name: string
  readonly field: string
  readonly reader: ValueReader
  value: number
  isUnreadable: boolean
}

type EntityExtra = Extra & { readonly values: EntityValues }

const idOf = (column: number): Id => ({ column, texts: new TextCodes(), codes: new CodeBlocks(), code: -1, isNew: false })
const extraOf = (column: number, name: string, field: string, reader: ValueReader): Extra => ({ column, name, field, reader, value: NaN, isUnreadable: false })

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
  const findings = new Findings(plan.rejects === 'stop')
  const prints = new RowFingerprints()

  const customer = idOf(roles.customerId as number)
  const order = roles.orderId === undefined ? null : idOf(roles.orderId)
  const product = roles.productId === undefined ? null : idOf(roles.productId)
  const lineId = roles.lineId === undefined ? null : idOf(roles.lineId)
  const ids = [customer, order, product, lineId].filter((id) => id !== null)
  const orderCodes = order?.codes ?? new CodeBlocks()
  /** Line of the file of each row whose order or line id is made. */
  const madeOrders = new CodeBlocks()
  const madeLines = new CodeBlocks()
  let ordersMade = 0
  const amounts = new LineAmounts(plan, keeps, findings)

  const extrasOf = (of: 'customers' | 'products' | 'transactions'): Extra[] =>
    plan.attributes.filter((attribute) => attribute.of === of).map(({ column, name, kind }) => extraOf(column, name, name, createValueReader(kind, plan)))
  const named = (role: 'customerName' | 'productName' | 'category', field: string): Extra[] => {
    const column = roles[role]
    return column === undefined ? [] : [extraOf(column, role, field, createValueReader('text', plan))]
  }
  const entity = (found: readonly Extra[]): EntityExtra[] => found.map((extra) => ({ ...extra, values: new EntityValues(extra.reader) }))
  const ofCustomers = entity([...named('customerName', 'name'), ...extrasOf('customers')])
  const ofProducts = entity([...named('productName', 'name'), ...named('category', 'category'), ...extrasOf('products')])
  const ofLines = extrasOf('transactions').map((extra) => ({ ...extra, values: new ValueColumn(extra.reader) }))
  const extras: readonly Extra[] = [...ofCustomers, ...ofProducts, ...ofLines]
  const textExtras = extras.filter(({ reader }) => reader.kind === 'text')
  const coded = new Set([...ids, ...textExtras].map(({ column }) => column))
  /** Columns without codes, those that are not kept too: rows are equal when all columns are. */
  const plainColumns = Array.from({ length: width }, (_, column) => column).filter((column) => !coded.has(column))
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
    const fault = amounts.read(row)
    if (fault !== null) return findings.reject(fault, line, amounts.text(row), row)
    // Before it is sure that the row is kept: the texts of a repeated row are known already.
    readCodes(row)
    if (isRepeated(row)) {
      if (plan.duplicates === 'drop') return findings.reject('DUPLICATE_ROW', line, row.join(', '), row)
      findings.note('DUPLICATE_ROW', line, row.join(', '))
    }
    accepted++
    keepRow(row, line)
  }

  function readCodes(row: readonly string[]): void {
    for (const id of ids) {
      const text = row[id.column] as string
      id.isNew = false
      if (isBlank(text)) id.code = -1
      else {
        const known = id.texts.texts.length
        id.code = id.texts.add(text)
        id.isNew = id.code === known
      }
    }
    for (const extra of extras) {
      extra.value = extra.reader.read(row[extra.column] as string)
      extra.isUnreadable = extra.reader.isUnreadable
    }
  }

  function isRepeated(row: readonly string[]): boolean {
    for (const { code } of ids) prints.mixCode(code)
    for (const { value } of textExtras) prints.mixCode(Number.isNaN(value) ? -1 : value)
    for (const column of plainColumns) prints.mixText(row[column] as string)
    return prints.endRow()
  }

  function keepRow(row: readonly string[], line: number): void {
    const isKept = kept < keeps
    if (isKept) kept++
    at.push()
    amounts.keep(row, line, isKept ? kept - 1 : null)
    keepIds(row, line, isKept)
    for (const extra of extras) if (extra.isUnreadable) findings.note('VALUE_UNREADABLE', line, `${extra.name}: ${row[extra.column]}`)
    if (isKept) for (const { value, values } of ofLines) values.push(value)
    if (customer.code >= 0) for (const { value, values } of ofCustomers) values.set(customer.code, value, at.last)
    if (product !== null && product.code >= 0) for (const { value, values } of ofProducts) values.set(product.code, value, at.last)
    if (previewed.length < PREVIEW_ROWS) previewed.push([...ofCustomers, ...ofProducts].map(({ value, reader }) => scalarOf(value, reader)))
  }

  function keepIds(row: readonly string[], line: number, isKept: boolean): void {
    if (customer.code < 0) findings.note('CUSTOMER_MISSING', line, row[customer.column] as string)
    const isOrderMade = order === null || order.code < 0
    if (order !== null) {
      const text = row[order.column] as string
      if (isOrderMade) findings.note('ORDER_MISSING', line, text)
      else if (plan.cancellationPrefix !== '' && text.startsWith(plan.cancellationPrefix)) findings.note('CANCELLATION', line, text)
    }
    if (isOrderMade) ordersMade++
    const isLineMade = lineId !== null && !lineId.isNew
    if (isLineMade) findings.note('LINE_ID_REPEATED', line, row[lineId.column] as string)
    if (!isKept) return
    customer.codes.push(customer.code)
    orderCodes.push(isOrderMade ? MADE : order.code)
    if (isOrderMade) madeOrders.push(line)
    product?.codes.push(product.code)
    lineId?.codes.push(isLineMade ? MADE : lineId.code)
    if (isLineMade) madeLines.push(line)
  }

  function* finish(): Steps<BuiltTable> {
    const facts = report() // before ids are made, which would count as orders
    const sets: BuiltSet[] = []
    const transactions = new SetBuilder('transactions')
    const digest = yield* digestOf()
    if (lineId !== null) transactions.add('lineId', { kind: 'id' }, yield* idColumn(lineId.codes, lineId.texts, madeLines))
    transactions.add('orderId', { kind: 'id' }, yield* idColumn(orderCodes, order?.texts ?? new TextCodes(), madeOrders))
    transactions.add('customerId', { kind: 'id' }, yield* idColumn(customer.codes, customer.texts, null), true)
    if (product !== null) transactions.add('productId', { kind: 'id' }, yield* idColumn(product.codes, product.texts, null), true)
    transactions.add('at', { kind: at.kind }, { kind: 'float64', values: yield* at.finish() })
    yield* amounts.addTo(transactions)
    for (const { field, reader, values } of ofLines) transactions.add(field, typeOfKind(reader.kind), yield* values.finish(), true)

    const preview = previewOf(transactions)
    if (keepsRows) {
      sets.push(transactions.done())
      sets.push(yield* entitySet('customers', 'customerId', customer.texts, ofCustomers))
      if (product !== null) sets.push(yield* entitySet('products', 'productId', product.texts, ofProducts))
    }
    return Object.freeze({ report: facts, rejected: findings.rejectedTable(header), sets: Object.freeze(sets), ...preview, digest })
  }

  function* digestOf(): Steps<string> {
    for (const { texts } of [...ids, ...textExtras.map(({ reader }) => reader)].map((holder) => holder.texts)) {
      for (let code = 0; code < texts.length; code++) {
        prints.mixText(texts[code] as string)
        if (code % 4096 === 4095) yield
      }
      prints.endRow()
    }
    return prints.digest()
  }

  function* entitySet(name: 'customers' | 'products', key: string, texts: TextCodes, attributes: readonly EntityExtra[]): Steps<BuiltSet> {
    const set = new SetBuilder(name)
    const codes = new Int32Array(texts.texts.length)
    for (let code = 0; code < codes.length; code++) codes[code] = code
    set.add(key, { kind: 'id' }, { kind: 'text', codes, dictionary: texts.texts })
    for (const { field, reader, values } of attributes) {
      if (codes.length > 0) values.set(codes.length - 1, NaN, 0) // ids after the last that has a value
      set.add(field, typeOfKind(reader.kind), yield* values.finish(), true, values.variesCount > 0)
    }
    return set.done()
  }

  function previewOf(transactions: SetBuilder): Pick<BuiltTable, 'fields' | 'preview'> {
    const fields = [...transactions.fields]
    const taken = new Set(fields.map(({ name }) => name))
    for (const [of, attributes] of [['customers', ofCustomers], ['products', ofProducts]] as const) {
      for (const { name, reader } of attributes) {
        const free = taken.has(name) ? `${of}.${name}` : name
        taken.add(free)
        fields.push(Object.freeze({ name: free, type: typeOfKind(reader.kind), nullable: true }))
      }
    }
    return {
      fields: Object.freeze(fields),
      preview: Object.freeze(previewed.map((shown, row) => Object.freeze([...transactions.row(row), ...shown]))),
    }
  }

  function report(): BuiltTable['report'] {
    const { net, gross } = amounts.amounts.sums()
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
      customers: customer.texts.texts.length,
      orders: (order?.texts.texts.length ?? 0) + ordersMade,
      products: product?.texts.texts.length ?? 0,
      ...at.range(),
      atKind: at.kind,
      net,
      gross,
      currency: plan.currency,
      scale: amounts.amounts.scale,
      varies: Object.freeze(varies.filter(({ ids }) => ids > 0).map((entry) => Object.freeze(entry))),
    }
  }

  const bytesOfRow = 8 + 8 + ids.length * 4 + (roles.quantity === undefined ? 0 : 8) + (roles.unitPrice === undefined ? 0 : 8) + ofLines.length * 8

  return {
    add,
    finish,
    rows: () => rows,
    bytes() {
      let bytes = kept * bytesOfRow + prints.size * BYTES_A_FINGERPRINT + madeOrders.length * 100
      for (const { texts } of ids) bytes += texts.bytes
      for (const { values } of [...ofCustomers, ...ofProducts]) bytes += values.bytes()
      for (const { reader } of ofLines) bytes += reader.texts.bytes
      return bytes
    },
  }
}
