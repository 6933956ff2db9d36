import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { FieldType, Scalar } from '../adapter/contract.ts'
import { streamJson, toHtml, toJson } from './index.ts'
import type { JsonExport } from './index.ts'

const EUR: FieldType = { kind: 'money', currency: 'EUR', scale: 2 }
const columns = [
  { name: 'Name', type: { kind: 'text' } },
  { name: 'Revenue', type: EUR },
  { name: 'Orders', type: { kind: 'integer' } },
  { name: 'Day', type: { kind: 'date' } },
  { name: 'At', type: { kind: 'instant' } },
  { name: 'Open', type: { kind: 'boolean' } },
] as const
const rows: readonly (readonly (Scalar | null)[])[] = [
  ['=1+1 "quoted"\n', -1250, 3, 17_531, Date.UTC(2017, 11, 31), true],
  [null, null, null, null, null, null],
]

describe('toJson', () => {
  test('holds the spec, the columns with their types, and values as the types say', () => {
    const spec = { asOf: 1, segments: [{ id: 'a', r: [4, 5] }] }
    expect(JSON.parse(toJson({ columns, rows }, { spec, name: 'grid', exportedAt: 0 }))).toEqual({
      kind: 'crm-export',
      version: 1,
      name: 'grid',
      exportedAt: '1970-01-01T00:00:00.000Z',
      spec,
      columns,
      rows: [['=1+1 "quoted"\n', '-12.50', 3, '2017-12-31', '2017-12-31T00:00:00.000Z', true], [null, null, null, null, null, null]],
    } satisfies JsonExport)
  })

  test('is valid without rows, columns or spec', () => {
    expect(JSON.parse(toJson({ columns: [], rows: [] }))).toEqual({ kind: 'crm-export', version: 1, name: null, exportedAt: null, spec: null, columns: [], rows: [] })
  })

  test('any text and any number read back the same', () => {
    const type = { kind: 'number' } as const
    const cell = fc.option(fc.oneof(fc.string({ unit: 'binary' }), fc.double({ noNaN: true, noDefaultInfinity: true })))
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.array(fc.tuple(cell, cell)), (name, values) => {
        const back = JSON.parse(toJson({ columns: [{ name, type }, { name, type }], rows: values }, { spec: { name } })) as JsonExport
        expect(back.columns[0]).toEqual({ name, type })
        expect(back.spec).toEqual({ name })
        expect(back.rows).toEqual(values.map((row) => row.map((value) => (value === 0 ? 0 : value))))
      }),
    )
  })

  test('streams the same text', async () => {
    const many = Array.from({ length: 2500 }, () => rows).flat()
    const parts: string[] = []
    for await (const chunk of streamJson({ columns, rows: many }, { spec: 1 })) parts.push(chunk)
    expect(parts.length).toBeGreaterThan(3)
    expect(parts.join('')).toBe(toJson({ columns, rows: many }, { spec: 1 }))
  })

  test('refuses what JSON has no word for', () => {
    expect(() => toJson({ columns: [columns[2]], rows: [[Number.NaN]] })).toThrow(expect.objectContaining({ code: 'VALUE_NOT_FINITE' }))
  })
})

describe('toHtml', () => {
  test('writes a table whose text is text, whatever it holds', () => {
    const table = { columns: [{ name: '<b>', type: EUR }, { name: 'B', type: { kind: 'text' } as const }], rows: [[-1250, '=1+1<script>&"'], [null, 'a\r\nb']] }
    expect(toHtml(table)).toBe(
      '<meta charset="utf-8"><table><thead><tr><th>&lt;b&gt; (EUR)</th><th>B</th></tr></thead><tbody>' +
        `<tr><td>-12.50</td><td>'=1+1&lt;script&gt;&amp;&quot;</td></tr>` +
        '<tr><td></td><td>a<br>b</td></tr></tbody></table>',
    )
  })
})
