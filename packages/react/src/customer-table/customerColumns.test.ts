import type { DataField, DataSchema } from '@crm/core/adapter'
import { describe, expect, it } from 'vitest'
import { englishMessages } from '../messages/index.ts'
import { createFormatters } from '../provider/format.ts'
import { resolveColumns } from './customerColumns.ts'
import type { CustomerColumn } from './customerColumns.ts'

function schemaWith(...attributes: DataField[]): DataSchema {
  return {
    timeZone: 'UTC',
    sets: [
      { name: 'customers', estimatedRows: null, fields: [{ name: 'customerId', type: { kind: 'id' }, nullable: false }, ...attributes] },
      { name: 'transactions', estimatedRows: null, fields: [{ name: 'amount', type: { kind: 'money', currency: 'USD', scale: 4 }, nullable: false }] },
    ],
  }
}
const name: DataField = { name: 'name', type: { kind: 'text' }, nullable: true }
const email: DataField = { name: 'email', type: { kind: 'text' }, nullable: true, sensitivity: 'personal' }
const region: DataField = { name: 'homeRegion', type: { kind: 'text' }, nullable: true }
const resolve = (asked: readonly (string | CustomerColumn)[] | undefined, schema: DataSchema) =>
  resolveColumns(asked, schema, englishMessages.customerTable, createFormatters('en'))

describe('resolveColumns', () => {
  it('shows customer, last purchase, orders, revenue and mean order value unless told otherwise', () => {
    const { columns } = resolve(undefined, schemaWith(name, region))
    expect(columns.filter((column) => !column.isHiddenAtFirst).map(({ id }) => id)).toEqual(['customer', 'lastDay', 'orders', 'revenue', 'meanOrderValue'])
    expect(columns.filter((column) => column.isHiddenAtFirst).map(({ id }) => id)).toEqual(['firstDay', 'recencyDays', 'returnedRevenue', 'lines', 'homeRegion'])
  })

  it('leaves personal fields out of the defaults and shows them when they are named', () => {
    const schema = schemaWith(name, email)
    expect(resolve(undefined, schema).columns.map(({ id }) => id)).not.toContain('email')
    expect(resolve(['customer', 'email'], schema).columns.map(({ id }) => id)).toEqual(['customer', 'email'])
  })

  it('neither shows nor searches a personal name unless `name` is asked for', () => {
    const schema = schemaWith({ ...name, sensitivity: 'personal' })
    const byDefault = resolve(undefined, schema)
    expect(byDefault.columns[0]).toMatchObject({ fields: ['customerId'], sortField: 'customerId' })
    expect(byDefault.searchFields).toEqual(['customerId'])
    const asked = resolve(['name', 'orders'], schema)
    expect(asked.columns[0]).toMatchObject({ id: 'customer', fields: ['customerId', 'name'], sortField: 'name' })
    expect(asked.searchFields).toEqual(['customerId', 'name'])
  })

  it('puts the unit once into the heading, and in words into its accessible name', () => {
    const revenue = resolve(['revenue'], schemaWith()).columns[1]
    expect(revenue).toMatchObject({ header: 'Revenue', unit: '$', label: 'Revenue in US Dollar', align: 'end' })
  })

  it('keeps the order asked for, the customer first, each field once, and leaves out what the data do not hold', () => {
    const { columns } = resolve(['orders', { field: 'homeRegion', width: 'wide' }, 'orders', 'nowhere', '__proto__'], schemaWith(region))
    expect(columns.map(({ id }) => id)).toEqual(['customer', 'orders', 'homeRegion'])
    expect(columns[2]).toMatchObject({ header: 'Home region', width: 'wide', align: 'start' })
  })

  it('has no figures where there are no transactions', () => {
    const { columns } = resolve(undefined, { timeZone: 'UTC', sets: [{ name: 'customers', estimatedRows: 1, fields: [region] }] })
    expect(columns.map(({ id }) => id)).toEqual(['customer', 'homeRegion'])
  })
})
