import type { ImportColumn, ImportDraft, ImportPlan } from '@crm/core/adapter'
import { expect, test } from 'vitest'
import { importWizardMessages } from '../messages/importWizard.ts'
import { fillMessage } from '../messages/template.ts'
import type { CrmMessages } from '../messages/index.ts'
import { importWizardMessages as chineseMessages } from '../messages/zh/importWizard.ts'
import { createFormatters } from '../provider/format.ts'
import { columnNames, doubtText } from './importWords.ts'

const wordingOf = (words: CrmMessages['importWizard'], language: string) => ({ words, format: createFormatters(language), text: (...[message, values]: [Parameters<typeof fillMessage>[0], Parameters<typeof fillMessage>[2]?]) => fillMessage(message, language, values) })
const english = wordingOf(importWizardMessages, 'en')
const columnsOf = (...names: readonly string[]): readonly ImportColumn[] => names.map((name, index) => ({ index, name, samples: [] }))

test('columns without a name, or with the same one, are told apart by their numbers', () => {
  const columns = columnsOf('customer', 'x', 'Column 3', 'x')
  expect([...columnNames(english, columns).values()]).toEqual(['customer', 'x (column 2)', 'Column 3', 'x (column 4)'])
  expect([...columnNames(wordingOf(chineseMessages, 'zh-Hans'), columns).values()]).toEqual(['customer', 'x（第 2 列）', '第 3 列', 'x（第 4 列）'])
})

test.each([
  [['01/01/2025', '02/06/2025'], '02/06/2025'],
  [['3.3.2025', '4.4.2025'], null],
])('the doubt about the order of day and month shows a date that both orders read: %j', (samples, example) => {
  const draft = { columns: [{ index: 0, name: 'date', samples }] } as unknown as ImportDraft
  const plan = { roles: { at: 0 } } as unknown as ImportPlan
  expect(doubtText(english, 'dates', draft, plan)).toBe(example === null ? importWizardMessages.doubts.datesPlain : fillMessage(importWizardMessages.doubts.dates, 'en', { example }))
})
