import { execFile, spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { promisify } from 'node:util'
import { afterAll, describe, expect, test } from 'vitest'
import { toCsv, unescapeFormulas } from './index.ts'
import type { CsvOptions, ReadyExportTable } from './index.ts'
import { hostileCells } from './testing/hostileCells.ts'

const soffice = process.env['SOFFICE'] ?? 'soffice'
const isThere = spawnSync(soffice, ['--version']).status === 0
const whyNot = isThere ? '' : ' (left out: no soffice on this machine; SOFFICE may name it)'

/** Number, text, number: 500 lines, in a file as the kit writes it. */
const table: ReadyExportTable = {
  columns: [{ name: '=A1', type: { kind: 'integer' } }, { name: '@text', type: { kind: 'text' } }, { name: '-n', type: { kind: 'number' } }],
  rows: hostileCells.map((cell, index) => [-index, cell, index / 8 - 30]),
}

const folder = mkdtempSync(join(tmpdir(), 'crm-export-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))
let files = 0

interface Sheet {
  /** Cells with a formula. */
  readonly formulas: number
  readonly rows: readonly (readonly { readonly type: string | null; readonly value: string | null; readonly text: string }[])[]
}

/** Opens CSV as LibreOffice does, with a delimiter of its own, and reads the sheet from flat OpenDocument. */
async function reopen(options: CsvOptions, delimiter: string): Promise<Sheet> {
  const name = `file-${files++}`
  writeFileSync(join(folder, `${name}.csv`), toCsv(table, options))
  // Delimiter, quote, UTF-8, first line, columns, language, quoted field as text (no), detect special numbers (yes).
  const filter = `CSV:${delimiter.charCodeAt(0)},34,76,1,,1033,false,true`
  const profile = `-env:UserInstallation=${pathToFileURL(join(folder, 'profile')).href}`
  await promisify(execFile)(soffice, [profile, '--headless', `--infilter=${filter}`, '--convert-to', 'fods', '--outdir', folder, join(folder, `${name}.csv`)])
  const xml = readFileSync(join(folder, `${name}.fods`), 'utf8')
  const body = xml.slice(xml.indexOf('<office:spreadsheet>'))
  const rows = [...body.matchAll(/<table:table-row\b[^>]*>([\s\S]*?)<\/table:table-row>/g)].map(([, row = '']) =>
    [...row.matchAll(/<table:table-cell\b([^>]*?)(?:\/>|>([\s\S]*?)<\/table:table-cell>)/g)].map(([, attributes = '', content = '']) => ({
      type: / office:value-type="(\w+)"/.exec(attributes)?.[1] ?? null,
      value: / office:value="([^"]*)"/.exec(attributes)?.[1] ?? null,
      text: textOf(content),
    })),
  )
  return { formulas: body.match(/table:formula=/g)?.length ?? 0, rows }
}

/** Paragraphs are lines; blanks and tabs are elements. */
function textOf(content: string): string {
  const lines = [...content.matchAll(/<text:p\b[^>]*?(?:\/>|>([\s\S]*?)<\/text:p>)/g)].map(([, line = '']) =>
    line
      .replace(/<text:s(?: text:c="(\d+)")?\/>/g, (_, count: string | undefined) => ' '.repeat(Number(count ?? 1)))
      .replaceAll('<text:tab/>', '\t')
      .replace(/<[^>]*>/g, '')
      .replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&quot;', '"').replaceAll('&apos;', "'").replaceAll('&amp;', '&'),
  )
  return lines.join('\n')
}

/** A sheet knows one kind of line end, and LibreOffice (7.4) drops the tabs of a cell of several lines. */
function inSheet(text: string): string {
  const lines = text.replace(/\r\n?/g, '\n')
  return lines.includes('\n') ? lines.replaceAll('\t', '') : lines
}

describe.skipIf(!isThere)(`a CSV file reopened in LibreOffice${whyNot}`, { timeout: 120_000 }, () => {
  test('holds no formula among 500 hostile cells, and every value as it was', async () => {
    const { formulas, rows } = await reopen({}, ',')
    expect(formulas).toBe(0)
    expect(rows[0]!.map(({ text }) => unescapeFormulas(text))).toEqual(['=A1', '@text', '-n'])
    const values = rows.slice(1, 501)
    expect(values.map(([, cell]) => unescapeFormulas(cell!.text))).toEqual(hostileCells.map(inSheet))
    expect(values.every(([, cell]) => cell!.type === 'string')).toBe(true)
    // True numbers are numbers still, negative ones too.
    expect(values.map(([first, , last]) => [first!.type, Number(first!.value), last!.type, Number(last!.value)])).toEqual(hostileCells.map((_, index) => ['float', index === 0 ? 0 : -index, 'float', index / 8 - 30]))
  })

  test.each([';', '\t', '|'])('holds no formula when it is read with %j as delimiter', async (delimiter) => {
    expect((await reopen({}, delimiter)).formulas).toBe(0)
  })

  test.each([';', '\t', '|'] as const)('holds no formula when it is written with %j', async (delimiter) => {
    const { formulas, rows } = await reopen({ delimiter }, delimiter)
    expect(formulas).toBe(0)
    expect(rows.slice(1, 501).map(([, cell]) => unescapeFormulas(cell!.text))).toEqual(hostileCells.map(inSheet))
  })

  test('holds formulas when nothing is escaped, so this test can fail', async () => {
    expect((await reopen({ formulas: 'keep' }, ',')).formulas).toBeGreaterThan(0)
    expect((await reopen({ formulas: 'keep' }, ';')).formulas).toBeGreaterThan(0)
  })
})
