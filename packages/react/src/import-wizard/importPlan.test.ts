import type { ImportColumn, ImportDraft, ImportPlan } from '@crm/core/adapter'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { fitPlan, missingRoles, planFor, rereadPlan, withAttribute, withRole } from './importPlan.ts'

const columnsOf = (...names: readonly string[]): readonly ImportColumn[] => names.map((name, index) => ({ index, name, samples: ['x'] }))
const PLAN: ImportPlan = {
  encoding: 'utf-8',
  delimiter: ',',
  header: true,
  roles: { customerId: 0, at: 1, amount: 2 },
  attributes: [{ column: 3, name: 'city', of: 'customers', kind: 'text' }],
  decimal: '.',
  dates: 'iso',
  timeZone: 'UTC',
  currency: 'EUR',
  cancellationPrefix: '',
  duplicates: 'keep',
  rejects: 'skip',
}
const draftOf = (columns: readonly ImportColumn[], plan: ImportPlan = PLAN): ImportDraft => ({ name: 'x.csv', size: 1, columns, plan, doubts: [] })

describe('missingRoles', () => {
  test.each([
    [{}, ['customerId', 'at', 'amount']],
    [{ customerId: 0, at: 1, amount: 2 }, []],
    [{ customerId: 0, at: 1, quantity: 2, unitPrice: 3 }, []],
    [{ customerId: 0, at: 1, quantity: 2 }, ['unitPrice']],
    [{ customerId: 0, at: 1, unitPrice: 2 }, ['quantity']],
    [{ amount: 0, quantity: 1 }, ['customerId', 'at']],
    [{ customerId: 0, at: 1, amount: 2, category: 3 }, ['productId']],
    [{ customerId: 0, at: 1, amount: 2, category: 3, productId: 4 }, []],
  ])('of %j are %j', (roles, missing) => {
    expect(missingRoles({ ...PLAN, roles })).toEqual(missing)
  })
})

test('an attribute of products needs their id', () => {
  expect(missingRoles(withAttribute(PLAN, 4, { name: 'size', of: 'products', kind: 'text' }))).toEqual(['productId'])
})

describe('choosing', () => {
  test('a column that gets a role is no attribute any more; the plan before is unchanged', () => {
    const before = structuredClone(PLAN)
    expect(withRole(PLAN, 'productId', 3)).toMatchObject({ roles: { ...PLAN.roles, productId: 3 }, attributes: [] })
    expect(withRole(PLAN, 'amount', null).roles).toEqual({ customerId: 0, at: 1 })
    expect(PLAN).toEqual(before)
  })

  test('attributes stand in the order of the file, each column once', () => {
    const one = withAttribute(PLAN, 9, { name: 'b', of: 'products', kind: 'text' })
    const two = withAttribute(one, 4, { name: '__proto__', of: 'customers', kind: 'text' })
    expect(withAttribute(two, 9, { name: 'c', of: 'products', kind: 'number' }).attributes.map(({ column, name }) => `${column} ${name}`)).toEqual(['3 city', '4 __proto__', '9 c'])
    expect(withAttribute(two, 3, null).attributes.map(({ column }) => column)).toEqual([4, 9])
  })
})

describe('fitPlan', () => {
  const saved = planFor(draftOf(columnsOf('id', 'day', 'sum', 'city', 'unused')))

  test('finds the columns by name, in whatever order they stand', () => {
    expect(fitPlan(saved, columnsOf('city', 'note', 'sum', 'id', 'day'))).toMatchObject({ roles: { customerId: 3, at: 4, amount: 2 }, attributes: [{ column: 0, name: 'city' }] })
  })

  test('finds them again after any shuffle', () => {
    fc.assert(
      fc.property(fc.shuffledSubarray(['id', 'day', 'sum', 'city', 'a', 'b'], { minLength: 6 }), (names) => {
        const fitted = fitPlan(saved, columnsOf(...names))!
        expect([fitted.roles.customerId, fitted.roles.at, fitted.roles.amount, fitted.attributes[0]!.column].map((column) => names[column!])).toEqual(['id', 'day', 'sum', 'city'])
      }),
    )
  })

  test('fits no file in which a column is missing, or is there twice in other places', () => {
    expect(fitPlan(saved, columnsOf('id', 'day', 'city'))).toBeNull()
    expect(fitPlan(saved, columnsOf('day', 'id', 'sum', 'city', 'id'))).toBeNull()
    expect(fitPlan(saved, columnsOf('id', 'day', 'sum', 'town'))).toBeNull()
  })

  test('goes by number where it knows no names, or the file has none', () => {
    expect(fitPlan(PLAN, columnsOf('a', 'b', 'c', 'd'))).toMatchObject({ roles: PLAN.roles })
    expect(fitPlan(PLAN, columnsOf('a', 'b', 'c'))).toBeNull()
    expect(fitPlan({ ...saved, header: false }, columnsOf('a', 'b', 'c', 'd'))).toMatchObject({ roles: PLAN.roles })
  })

  test('a number is not a place in the list, which leaves out empty columns', () => {
    const columns = [0, 1, 700_000, 999_999].map((index) => ({ index, name: `c${index}`, samples: ['x'] }))
    const plan = planFor(draftOf(columns, { ...PLAN, roles: { customerId: 0, at: 1, amount: 999_999 }, attributes: [] }))
    expect(plan.columns).toEqual([{ index: 0, name: 'c0' }, { index: 1, name: 'c1' }, { index: 999_999, name: 'c999999' }])
    expect(fitPlan(plan, columns)).toMatchObject({ roles: plan.roles })
    expect(fitPlan({ ...plan, roles: { ...plan.roles, at: 2 } }, columns)).toBeNull()
  })
})

describe('rereadPlan', () => {
  test('keeps what was chosen and takes the new names where the columns are as many as before', () => {
    const before = draftOf(columnsOf('id', 'day', 'sum', 'st\uFFFDdt'))
    const chosen = planFor(before, { ...PLAN, roles: { customerId: 0, at: 1, amount: 2 }, attributes: [{ column: 3, name: 'st\uFFFDdt', of: 'customers', kind: 'text' }] })
    const now = draftOf(columnsOf('id', 'day', 'sum', 'städt'), { ...PLAN, encoding: 'windows-1252', roles: {} })
    expect(rereadPlan(chosen, before, now)).toMatchObject({ encoding: 'windows-1252', roles: PLAN.roles, attributes: [{ name: 'städt' }] })
  })

  test('takes what is suggested for the columns where they are others', () => {
    const before = draftOf(columnsOf('id;day;sum'), { ...PLAN, roles: {}, attributes: [] })
    const now = draftOf(columnsOf('id', 'day', 'sum'), { ...PLAN, delimiter: ';', attributes: [] })
    expect(rereadPlan({ ...before.plan, currency: 'CHF' }, before, now)).toMatchObject({ delimiter: ';', roles: PLAN.roles, currency: 'CHF' })
  })
})
