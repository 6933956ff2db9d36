import { expect, test } from 'vitest'
import { readViewState, writeViewState, type ViewState } from './viewState.ts'

const changed: ViewState = {
  engine: 'duckdb',
  theme: 'dark',
  y: 'fm',
  measure: 'mean',
  sort: { field: 'orders', direction: 'ascending' },
  search: 'a&b=c',
  selection: { label: 'R 5 · F 5 & “more”', ranges: [{ field: 'recencyDays', upTo: 30 }] },
}

test('a view state survives the address', () => {
  expect(readViewState(writeViewState(changed))).toEqual(changed)
})

test('the defaults leave the address empty', () => {
  expect(writeViewState(readViewState(''))).toBe('')
})

test('an address that makes no sense gives the defaults', () => {
  expect(readViewState('?engine=oracle&y=__proto__&sort=revenue.sideways&selection={"label":')).toEqual(readViewState(''))
})
