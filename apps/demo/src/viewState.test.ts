import { expect, test } from 'vitest'
import { readViewState, writeViewState, type ViewState } from './viewState.ts'

const changed: ViewState = {
  data: 'file',
  page: 'cuts',
  step: 'check',
  plan: {
    encoding: 'utf-8',
    delimiter: ';',
    header: true,
    roles: { customerId: 0, at: 3, amount: 5 },
    attributes: [{ column: 1, name: '__proto__', of: 'customers', kind: 'text' }],
    decimal: ',',
    dates: 'dayFirst',
    timeZone: 'Europe/Berlin',
    currency: 'EUR',
    cancellationPrefix: '',
    duplicates: 'keep',
    rejects: 'skip',
  },
  engine: 'duckdb',
  theme: 'dark',
  language: 'zh-Hans',
  y: 'fm',
  measure: 'mean',
  sort: { field: 'orders', direction: 'ascending' },
  search: 'a&b=c',
  selection: { label: 'R 5 · F 5 & “more”', ranges: [{ field: 'recencyDays', upTo: 30 }] },
  customer: 'a/b&c',
  person: 'd=e',
  strategy: { kind: 'buyAgain', halfLifeDays: 90 },
  map: 'r-rfm',
  cuts: { r: [30, 90], f: [1, 3.5], m: [-100, 20_000] },
}

test('a view state survives the address', () => {
  expect(readViewState(writeViewState(changed))).toEqual(changed)
})

test('the defaults leave the address empty', () => {
  expect(writeViewState(readViewState(''))).toBe('')
})

test('an address that makes no sense gives the defaults', () => {
  expect(readViewState('?engine=oracle&y=__proto__&sort=revenue.sideways&selection={"label":&plan=null&cuts={"r":[1],"f":["x"],"m":[]}')).toEqual(readViewState(''))
})

test.each([
  ['another type of zone', { timeZone: 1 }],
  ['no encoding', { encoding: undefined }],
  ['a role without a number', { roles: { customerId: 'x' } }],
  ['an attribute that is none', { attributes: [null] }],
  ['columns that are no list', { columns: { 0: 'a' } }],
  ['a column that is none', { columns: [null] }],
  ['an attribute without a name', { attributes: [{ column: 1, of: 'customers', kind: 'text' }] }],
])('a plan with %s is none', (_, fault) => {
  expect(readViewState(`?plan=${encodeURIComponent(JSON.stringify(changed.plan))}`).plan).toEqual(changed.plan)
  expect(readViewState(`?plan=${encodeURIComponent(JSON.stringify({ ...changed.plan, ...fault }))}`).plan).toBeNull()
})
