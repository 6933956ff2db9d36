import { createCsvImporter } from '@crm/adapter-csv'
import { createMemoryAdapter } from '@crm/core/adapter'
import { createClient } from '@crm/core/client'
import { renderToString } from 'react-dom/server'
import { expect, test } from 'vitest'
import { CrmProvider } from '../provider/index.ts'
import { ImportWizard } from './ImportWizard.tsx'
import type { ImportWizardProps } from './ImportWizard.tsx'

const client = createClient(createMemoryAdapter({ timeZone: 'UTC', currency: 'EUR', data: {} }))

const html = (props: Partial<ImportWizardProps> = {}): string =>
  renderToString(
    <CrmProvider client={client}>
      <ImportWizard importer={createCsvImporter()} onImported={() => {}} {...props} />
    </CrmProvider>,
  )

test("the server's HTML asks for a file, says what it needs, and has no style attribute", () => {
  const page = html()
  expect(page).toContain('type="file"')
  expect(page).toContain('accept=".csv,')
  for (const words of ['Which file?', 'Customer', 'Date', 'Amount', 'not uploaded']) expect(page).toContain(words)
  expect(page).not.toMatch(/\sstyle=/)
})

test('a server reads no file: a step asked for by the address waits at the first one', () => {
  const page = html({ step: 'check', defaultSource: 'a,b\n1,2\n' })
  expect(page).toContain('data-step="choose"')
  expect(page).toContain('aria-busy="true"')
})
