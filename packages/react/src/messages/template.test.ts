import { expect, test } from 'vitest'
import { englishMessages, mergeMessages } from './messages.ts'
import { fillMessage } from './template.ts'

test('a count chooses the plural form of the language', () => {
  const customers = { one: '{countText} Kunde', other: '{countText} Kunden' }
  expect(fillMessage(customers, 'de', { count: 1, countText: '1' })).toBe('1 Kunde')
  expect(fillMessage(customers, 'de', { count: 0, countText: '0' })).toBe('0 Kunden')
  const polish = { one: '{countText} klient', few: '{countText} klientów (few)', many: '{countText} klientów', other: '{countText} klienta' }
  expect(fillMessage(polish, 'pl', { count: 3, countText: '3' })).toBe('3 klientów (few)')
  expect(fillMessage(polish, 'pl', { count: 5, countText: '5' })).toBe('5 klientów')
})

test('a place without a value stays, and values are taken as they are', () => {
  expect(fillMessage('{a} and {b}', 'en', { a: '{b}' })).toBe('{b} and {b}')
  expect(fillMessage('{toString} {constructor}', 'en')).toBe('{toString} {constructor}')
})

test('an override replaces single words and leaves the rest', () => {
  const merged = mergeMessages({ common: { retry: 'Nochmal' } })
  expect(merged.common.retry).toBe('Nochmal')
  expect(merged.common.clearSelection).toBe(englishMessages.common.clearSelection)
  expect(merged.rfmGrid).toBe(englishMessages.rfmGrid)
  expect(englishMessages.common.retry).toBe('Try again')
})

test('an override reaches words in groups of a section, and plural forms are replaced together', () => {
  const { importWizard, common } = mergeMessages({ importWizard: { headings: { choose: 'Your file?' }, delimiters: { tab: 'Tabulator' }, rows: { other: '{countText} lines' } } })
  expect(importWizard.headings).toEqual({ ...englishMessages.importWizard.headings, choose: 'Your file?' })
  expect(importWizard.delimiters).toEqual({ ...englishMessages.importWizard.delimiters, tab: 'Tabulator' })
  expect(importWizard.rows).toEqual({ other: '{countText} lines' })
  expect(common).toBe(englishMessages.common)
})
