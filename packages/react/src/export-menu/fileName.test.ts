import { expect, test } from 'vitest'
import { fileNameOf } from './fileName.ts'

const day = new Date(2026, 0, 5)

test.each([
  ['segments', 'segments-2026-01-05.csv'],
  ['RFM grid: F × M', 'RFM-grid-F-M-2026-01-05.csv'],
  ['../../etc/passwd', 'etc-passwd-2026-01-05.csv'],
  ['a\\b|c<d>e"f?g*h\u0000i\u202ej', 'a-b-c-d-e-f-g-h-i-j-2026-01-05.csv'],
  ['客户分群', '客户分群-2026-01-05.csv'],
  ['Ko\u0308ln', 'Köln-2026-01-05.csv'],
  ['.htaccess', 'htaccess-2026-01-05.csv'],
  ['CON', 'export-2026-01-05.csv'],
  ['Lpt1', 'export-2026-01-05.csv'],
  ['', 'export-2026-01-05.csv'],
  ['//', 'export-2026-01-05.csv'],
])('%j becomes %j', (name, file) => expect(fileNameOf(name, 'csv', day)).toBe(file))

test('a long name is cut between letters, not inside one', () => {
  const file = fileNameOf('𠮷'.repeat(200), 'svg', day)
  expect(file).toBe(`${'𠮷'.repeat(80)}-2026-01-05.svg`)
})
