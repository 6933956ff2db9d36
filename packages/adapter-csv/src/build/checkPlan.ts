import { resolveZone, type ImportPlan, type ImportRole } from '@crm/core/adapter'
import { InvalidInputError } from '@crm/core/errors'
import { wrongPlan } from '../faults.ts'
import { isReserved } from './fieldNames.ts'

const KINDS = ['text', 'integer', 'number', 'boolean', 'date']

/**
 * Refuses a plan that cannot read a file of so many columns, before a row is read. A plan is plain JSON and may come
 * from a store, so its form is checked too.
 *
 * @throws InvalidInputError `MAPPING_INVALID`, `OPTION_INVALID`, `FIELD_DUPLICATE`, `FIELD_RESERVED`, `TIME_ZONE_UNKNOWN`
 */
export function checkPlan(plan: ImportPlan, width: number): void {
  const { roles, attributes } = plan
  if (typeof roles !== 'object' || roles === null || !Array.isArray(attributes)) throw wrongPlan('The plan has no roles or no attributes', 'Pass a plan as `open` suggests it')
  for (const [role, column] of Object.entries(roles)) checkColumn(column, width, `the role ${role}`)
  for (const role of ['customerId', 'at'] as const) need(roles, role)
  if (roles.amount === undefined && (roles.quantity === undefined || roles.unitPrice === undefined)) {
    throw wrongPlan('No column is the amount, nor quantity and unit price', 'Choose the column of the amount', { role: 'amount' })
  }
  if (roles.productId === undefined && (roles.productName !== undefined || roles.category !== undefined)) {
    throw wrongPlan('A column is the name or category of a product, and none is its id', 'Choose the column of the product id, or keep the column as an attribute', { role: 'productId' })
  }
  checkAttributes(plan, width)
  checkOptions(plan)
  resolveZone(plan.timeZone, 0, 0)
}

function need(roles: ImportPlan['roles'], role: ImportRole): void {
  if (roles[role] === undefined) throw wrongPlan(`No column has the role ${role}`, 'Choose one', { role })
}

function checkColumn(column: unknown, width: number, what: string): void {
  if (!Number.isInteger(column) || (column as number) < 0 || (column as number) >= width) {
    throw wrongPlan(`The column of ${what} is not in the file, which has ${width}`, 'Choose one of its columns, or check the delimiter', { columns: width })
  }
}

function checkAttributes({ attributes, roles }: ImportPlan, width: number): void {
  const seen = new Set<string>()
  for (const { column, name, of, kind } of attributes) {
    checkColumn(column, width, `the attribute ${JSON.stringify(name)}`)
    if (typeof name !== 'string' || name === '' || !KINDS.includes(kind) || !['customers', 'products', 'transactions'].includes(of)) {
      throw wrongPlan(`The attribute of column ${column} has no name, or an unknown kind or owner`, 'Correct it in the plan', { column })
    }
    if (of === 'products' && roles.productId === undefined) throw wrongPlan(`${JSON.stringify(name)} belongs to products, and no column is the id of a product`, 'Keep it with the transactions', { field: name })
    const key = `${of}/${name}`
    if (seen.has(key)) {
      throw new InvalidInputError('FIELD_DUPLICATE', `Two columns are kept as ${JSON.stringify(name)} of ${of}. One of the two would be lost. Give one of them another name.`, { set: of, field: name })
    }
    seen.add(key)
    if (isReserved(name, of)) {
      throw new InvalidInputError('FIELD_RESERVED', `An attribute of ${of} is named ${JSON.stringify(name)}. That name has a meaning of its own. Give it another name, or the role.`, { set: of, field: name })
    }
  }
}

function checkOptions(plan: ImportPlan): void {
  const faults: readonly (readonly [isWrong: boolean, option: string, range: string])[] = [
    [typeof plan.delimiter !== 'string' || plan.delimiter.length !== 1 || /["\r\n\ufeff]/.test(plan.delimiter), 'delimiter', 'one character that is no quote and no line break'],
    [typeof plan.header !== 'boolean', 'header', 'true or false'],
    [plan.decimal !== '.' && plan.decimal !== ',', 'decimal', '"." or ","'],
    [!['iso', 'dayFirst', 'monthFirst'].includes(plan.dates), 'dates', '"iso", "dayFirst" or "monthFirst"'],
    [!/^[A-Z]{3}$/.test(plan.currency), 'currency', 'a code of ISO 4217 such as "EUR"'],
    [typeof plan.cancellationPrefix !== 'string', 'cancellationPrefix', 'a text, perhaps empty'],
    [plan.duplicates !== 'keep' && plan.duplicates !== 'drop', 'duplicates', '"keep" or "drop"'],
    [plan.rejects !== 'skip' && plan.rejects !== 'stop', 'rejects', '"skip" or "stop"'],
  ]
  for (const [isWrong, option, range] of faults) {
    if (isWrong) throw new InvalidInputError('OPTION_INVALID', `The ${option} of the plan is none that can be used. The file would be read wrongly. Pass ${range}.`, { option })
  }
}
