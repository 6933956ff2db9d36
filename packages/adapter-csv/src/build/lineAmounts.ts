import type { Column, FieldType, ImportFindingCode, ImportPlan, Steps } from '@crm/core/adapter'
import { createDecimalReader, MAX_DECIMALS, type DecimalReader } from '../values/readDecimal.ts'
import { createValueReader, isBlank, ValueColumn } from './attributes.ts'
import { CodeBlocks } from './blocks.ts'
import type { Findings } from './findings.ts'
import { MoneyColumn } from './moneyColumn.ts'
import type { SetBuilder } from './setBuilder.ts'

/** Decimals may still be found in these rows without a finding. */
const SETTLING_ROWS = 1000

type Row = readonly string[]

/** Amount, quantity and unit price of the lines. */
export class LineAmounts {
  readonly amounts: MoneyColumn
  private readonly prices: MoneyColumn
  private readonly missingPrices = new CodeBlocks()
  private readonly quantities: ValueColumn
  private hasFractions = false
  private readonly plan: ImportPlan
  private readonly findings: Findings
  private readonly isComputed: boolean
  private readonly amountReader: DecimalReader
  private readonly quantityReader: DecimalReader
  private readonly priceReader: DecimalReader
  private rows = 0
  /** The amount last read. */
  private digits = 0
  private decimals = 0

  constructor(plan: ImportPlan, keeps: number, findings: Findings) {
    this.plan = plan
    this.findings = findings
    this.isComputed = plan.roles.amount === undefined
    this.amounts = new MoneyColumn(keeps)
    this.prices = new MoneyColumn(keeps)
    this.quantities = new ValueColumn(createValueReader('number', plan))
    this.amountReader = createDecimalReader(plan.decimal, plan.currency)
    this.quantityReader = createDecimalReader(plan.decimal, null)
    this.priceReader = createDecimalReader(plan.decimal, plan.currency)
  }

  /** Reads the amount of a row, for {@link keep}; or says why there is none. */
  read(row: Row): ImportFindingCode | null {
    const { roles } = this.plan
    if (this.isComputed) {
      const fault = this.readProduct(row[roles.quantity as number] as string, row[roles.unitPrice as number] as string)
      if (fault !== null) return fault
    } else {
      const text = row[roles.amount as number] as string
      if (isBlank(text)) return 'AMOUNT_MISSING'
      if (!this.amountReader.read(text)) return 'AMOUNT_UNREADABLE'
      this.digits = this.amountReader.digits
      this.decimals = this.amountReader.decimals
    }
    return this.amounts.fits(this.digits, this.decimals) ? null : 'AMOUNT_UNREADABLE'
  }

  /** What the file says about the amount. */
  text(row: Row): string {
    const { roles } = this.plan
    return this.isComputed ? `${row[roles.quantity as number]} x ${row[roles.unitPrice as number]}` : (row[roles.amount as number] as string)
  }

  /** @param index place of the row among those kept; null for one that only counts */
  keep(row: Row, line: number, index: number | null): void {
    if (this.amounts.push(this.digits, this.decimals) && this.rows >= SETTLING_ROWS) this.findings.note('DECIMALS_RAISED', line, this.text(row))
    this.rows++
    if (this.digits === 0) this.findings.note('AMOUNT_ZERO', line, this.text(row))
    // A negative price is a correction, not a return, unless the quantity says so.
    const isCorrection = this.keepPrice(row, line, index)
    const isReturned = this.keepQuantity(row, line, index)
    if (isReturned || (this.digits < 0 && !isCorrection)) this.findings.note('RETURN', line, this.text(row))
  }

  *addTo(set: SetBuilder): Steps<void> {
    const { roles, currency } = this.plan
    const money = (scale: number): FieldType => ({ kind: 'money', currency, scale })
    set.add('amount', money(this.amounts.scale), { kind: 'float64', values: yield* this.amounts.finish() })
    if (roles.quantity !== undefined) set.add('quantity', { kind: this.hasFractions ? 'number' : 'integer' }, yield* this.quantities.finish(), true)
    if (roles.unitPrice !== undefined) set.add('unitPrice', money(this.prices.scale), yield* this.priceColumn(), true)
  }

  /** Quantity x price on the digits: exact, with as many decimals as both have. Zeros behind a whole quantity do not count. */
  private readProduct(quantityText: string, priceText: string): ImportFindingCode | null {
    if (isBlank(quantityText) || isBlank(priceText)) return 'AMOUNT_MISSING'
    const { quantityReader, priceReader } = this
    if (!quantityReader.read(quantityText) || !priceReader.read(priceText) || !this.prices.fits(priceReader.digits, priceReader.decimals)) return 'AMOUNT_UNREADABLE'
    let { digits: count, decimals: places } = quantityReader
    while (places > 0 && count % 10 === 0) [count, places] = [count / 10, places - 1]
    this.digits = count * priceReader.digits + 0
    this.decimals = places + priceReader.decimals
    return Math.abs(this.digits) <= Number.MAX_SAFE_INTEGER && this.decimals <= MAX_DECIMALS ? null : 'AMOUNT_UNREADABLE'
  }

  /** Whether the price is below zero. */
  private keepPrice(row: Row, line: number, index: number | null): boolean {
    const { priceReader, prices, findings } = this
    const column = this.plan.roles.unitPrice
    if (column === undefined) return false
    const text = row[column] as string
    if (this.isComputed || (!isBlank(text) && priceReader.read(text) && prices.fits(priceReader.digits, priceReader.decimals))) {
      prices.push(priceReader.digits, priceReader.decimals)
      if (priceReader.digits < 0) findings.note('PRICE_NEGATIVE', line, text)
      return priceReader.digits < 0
    }
    if (!isBlank(text)) findings.note('VALUE_UNREADABLE', line, `unitPrice: ${text}`)
    prices.pushNone()
    if (index !== null) this.missingPrices.push(index)
    return false
  }

  /** Whether the quantity is below zero. */
  private keepQuantity(row: Row, line: number, index: number | null): boolean {
    const column = this.plan.roles.quantity
    if (column === undefined) return false
    const text = row[column] as string
    const isThere = this.isComputed || (!isBlank(text) && this.quantityReader.read(text))
    if (!isThere && !isBlank(text)) this.findings.note('VALUE_UNREADABLE', line, `quantity: ${text}`)
    const value = isThere ? this.quantityReader.digits / 10 ** this.quantityReader.decimals : NaN
    if (isThere && !Number.isInteger(value)) this.hasFractions = true
    if (index !== null) this.quantities.push(value)
    return value < 0
  }

  private *priceColumn(): Steps<Column> {
    const values = yield* this.prices.finish()
    if (this.missingPrices.length === 0) return { kind: 'float64', values }
    const validity = new Uint8Array(values.length).fill(1)
    for (const row of yield* this.missingPrices.finish()) validity[row] = 0
    return { kind: 'float64', values, validity }
  }
}
