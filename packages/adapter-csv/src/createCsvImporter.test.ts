import fc from 'fast-check'
import { createCallContext, type ImportPlan } from '@crm/core/adapter'
import { describe, expect, test } from 'vitest'
import { createCsvImporter } from './createCsvImporter.ts'
import { counts, fileOf, HEADER, open, planOf, rowsOf, run } from './testing/shop.ts'

const day = (text: string): number => Date.parse(`${text}T00:00:00Z`) / 86_400_000

describe('run', () => {
  test('keeps ids as text with their zeros, dates as days and amounts as exact units', async () => {
    const { adapter, report } = await run(`${HEADER}007,0001,2024-05-01,00A,1.10\n7,0002,2024-05-02,,-0.055\n`)
    expect(await rowsOf(adapter, 'transactions', ['customerId', 'orderId', 'productId', 'at', 'amount'])).toEqual([
      { customerId: '007', orderId: '0001', productId: '00A', at: day('2024-05-01'), amount: 1100 },
      { customerId: '7', orderId: '0002', productId: null, at: day('2024-05-02'), amount: -55 },
    ])
    expect(report).toMatchObject({ rows: 2, accepted: 2, rejected: 0, customers: 2, orders: 2, products: 1, atKind: 'date', from: day('2024-05-01'), to: day('2024-05-02'), net: 1045, gross: 1100, scale: 3, currency: 'GBP' })
    expect(report.rejectedCsv).toBeNull()
  })

  test('multiplies quantity and unit price exactly, where floats would not', async () => {
    const text = 'customer_id,date,qty,unit_price\na,2024-01-01,3,0.1\na,2024-01-01,1.5,1.005\na,2024-01-01,1000,9007199254.73\na,2024-01-01,-7,0.29\n'
    const { adapter, report } = await run(text)
    expect(report.scale).toBe(4)
    expect((await rowsOf(adapter, 'transactions', ['amount'])).map(({ amount }) => amount)).toEqual([3000, 15075, null, -20300].filter((units) => units !== null))
    expect(counts(report)).toMatchObject({ AMOUNT_UNREADABLE: 1, RETURN: 1 })
  })

  test('raises the scale exactly when a later line has more decimals, and says so', async () => {
    const early = Array.from({ length: 1000 }, (_, i) => `c,o${i},2024-01-01,p,1.25`).join('\n')
    const { adapter, report } = await run(`${HEADER}${early}\nc,x,2024-01-02,p,0.0001\n`)
    expect(report).toMatchObject({ scale: 4, net: 12_500_001 })
    expect(report.findings.find(({ code }) => code === 'DECIMALS_RAISED')).toEqual({ code: 'DECIMALS_RAISED', rows: 1, isRejected: false, examples: [{ line: 1002, value: '0.0001' }] })
    expect((await rowsOf(adapter, 'transactions', ['amount']))[0]).toEqual({ amount: 12_500 })
  })

  test('sums beyond 2^53 - 1 are rounded once, and a single amount beyond it is rejected', async () => {
    const big = '9007199254740991'
    const { report } = await run(`${HEADER}a,1,2024-01-01,p,${big}\nb,2,2024-01-01,p,${big}\nc,3,2024-01-01,p,-${big}\nd,4,2024-01-01,p,9007199254740992\ne,5,2024-01-01,p,0.1\n`)
    expect(report).toMatchObject({ accepted: 3, rejected: 2, net: 9007199254740991, gross: 2 * 9007199254740991 })
    expect(report.findings.find(({ code }) => code === 'AMOUNT_UNREADABLE')?.examples.map(({ line }) => line)).toEqual([5, 6])
  })

  test('counts local times by the zone of the plan and keeps instants with an offset', async () => {
    const { adapter } = await run('customer_id,date,amount\na,2011-06-01 09:00,1\na,2011-06-01T09:00:00Z,1\na,2011-12-01,1\n', { timeZone: 'Europe/London' })
    const at = (await rowsOf(adapter, 'transactions', ['at'])).map((row) => new Date(row['at'] as number).toISOString())
    expect(at).toEqual(['2011-06-01T08:00:00.000Z', '2011-06-01T09:00:00.000Z', '2011-12-01T00:00:00.000Z'])
  })

  test('turns days into instants of the zone when a later line has a time', async () => {
    const { adapter, report } = await run('customer_id,date,amount,city\na,2011-06-02,1,Leeds\na,2011-06-01 09:00,1,York\n')
    expect(report.atKind).toBe('instant')
    expect(report.from).toBe(Date.parse('2011-06-01T08:00Z'))
    expect((await rowsOf(adapter, 'transactions', ['at'])).map(({ at }) => at)).toEqual([Date.parse('2011-06-01T23:00Z'), Date.parse('2011-06-01T08:00Z')])
    expect(await rowsOf(adapter, 'customers', ['city'])).toEqual([{ city: 'Leeds' }]) // the later one by time, not by line
  })

  test('keeps the last value that is not empty, by time, then by line, and says what varies', async () => {
    const { adapter, report } = await run(
      'customer_id,customer_name,order_date,product_id,product_name,category,amount,city,age\n' +
        'a,Ann,2024-02-01,p,Pen,Office,1,Leeds,31\na,,2024-03-01,p,Pen,Office,1,,\na,Anne,2024-01-01,q,Ink,Office,1,York,30\nb,Bob,2024-01-01,q,Ink 2,Office,1,,\nb,Bob,2024-01-01,q,Ink 3,Office,1,,\n',
    )
    expect(await rowsOf(adapter, 'customers', ['customerId', 'name', 'city', 'age'])).toEqual([
      { customerId: 'a', name: 'Ann', city: 'Leeds', age: 31 },
      { customerId: 'b', name: 'Bob', city: null, age: null },
    ])
    expect(await rowsOf(adapter, 'products', ['productId', 'name', 'category'])).toEqual([
      { productId: 'p', name: 'Pen', category: 'Office' },
      { productId: 'q', name: 'Ink 3', category: 'Office' },
    ])
    expect(report.varies).toEqual([
      { name: 'name', of: 'customers', ids: 1 },
      { name: 'city', of: 'customers', ids: 1 },
      { name: 'age', of: 'customers', ids: 1 },
      { name: 'name', of: 'products', ids: 1 },
    ])
    const schema = await adapter.schema(createCallContext())
    expect(schema.sets.find(({ name }) => name === 'products')?.fields.map(({ name, varies }) => [name, varies])).toEqual([
      ['productId', undefined],
      ['name', true],
      ['category', undefined],
    ])
  })

  test('counts every finding and keeps the rows that it does not reject', async () => {
    const text =
      'customer_id,order_id,date,product_id,qty,price,tags\n' +
      'a,C1,2024-01-01,p,-1,2.00,\n' + // cancellation, return
      'a,C2,2024-01-01,p,-1,2.00,\n' +
      ',3,2024-01-01,p,1,2.00,\n' + // no customer
      'a,,2024-01-01,p,1,2.00,\n' + // no order
      'a,5,2024-01-01,p,1,0,\n' + // amount zero
      'a,6,2024-01-01,p,1,-2.00,\n' + // price negative
      'a,7,2024-01-01,p,1,2.00,\n' +
      'a,7,2024-01-01,p,1,2.00,\n' + // duplicate
      'a,8,2024-01-01,p,x,2.00,\n' + // rejected from here
      'a,9,2024-01-01,p,,2.00,\n' +
      'a,10,then,p,1,2.00,\n' +
      'a,11,,p,1,2.00,\n' +
      'a,12,2024-01-01,p,1\n' +
      'a,13,2024-01-01,"p" x\n",1,2.00,\n' +
      '\n   \n'
    const { adapter, report } = await run(text, { cancellationPrefix: 'C' })
    expect(counts(report)).toEqual({
      RETURN: 2,
      CANCELLATION: 2,
      CUSTOMER_MISSING: 1,
      ORDER_MISSING: 1,
      AMOUNT_ZERO: 1,
      PRICE_NEGATIVE: 1,
      DUPLICATE_ROW: 1,
      AMOUNT_UNREADABLE: 1,
      AMOUNT_MISSING: 1,
      DATE_UNREADABLE: 1,
      DATE_MISSING: 1,
      COLUMNS_DIFFER: 1,
      QUOTES_BROKEN: 1,
    })
    expect(report).toMatchObject({ rows: 14, accepted: 8, rejected: 6, customers: 1, orders: 7 })
    expect(report.findings.filter(({ isRejected }) => isRejected).map(({ code, examples }) => [code, examples[0]?.line])).toEqual([
      ['AMOUNT_UNREADABLE', 10],
      ['AMOUNT_MISSING', 11],
      ['DATE_UNREADABLE', 12],
      ['DATE_MISSING', 13],
      ['COLUMNS_DIFFER', 14],
      ['QUOTES_BROKEN', 15],
    ])
    expect(await rowsOf(adapter, 'transactions', ['orderId'])).toHaveLength(8)
  })

  test('writes the rows left out with line and reason, formulas escaped, so that they can be read back', async () => {
    const { report } = await run(`${HEADER}=cmd(),1,2024-01-01,"a,""b",x\nann,2,2024-01-02,p,1\n`)
    expect(report.rejectedCsv).toContain(`"'=cmd()",1,2024-01-01,"a,""b",x\r\n`)
    // As an importer would read it again.
    const again = await open(report.rejectedCsv ?? '')
    expect(again.columns.map(({ name, samples }) => [name, samples[0]])).toEqual([
      ['line', '2'],
      ['reason', 'AMOUNT_UNREADABLE'],
      ['customer_id', "'=cmd()"],
      ['order_id', '1'],
      ['purchase_date', '2024-01-01'],
      ['product_id', 'a,"b'],
      ['amount', 'x'],
    ])
  })

  test('ends at the first row that cannot be read where the plan says stop', async () => {
    await expect(run(`${HEADER}a,1,2024-01-01,p,1\na,2,2024-01-01,p,one\n`, { rejects: 'stop' })).rejects.toMatchObject({ code: 'DATA_INVALID', details: { line: 3, finding: 'AMOUNT_UNREADABLE' } })
  })

  test('drops equal rows only when asked', async () => {
    const text = `${HEADER}a,1,2024-01-01,p,1.0\na,1,2024-01-01,p,1.0\na,1,2024-01-01,p,1.00\n`
    expect((await run(text)).report).toMatchObject({ accepted: 3, rejected: 0 })
    const { report } = await run(text, { duplicates: 'drop', rejects: 'stop' })
    expect(report).toMatchObject({ accepted: 2, rejected: 1, net: 200 })
    expect(report.rejectedCsv).toContain('3,DUPLICATE_ROW,a,1')
  })

  test('makes ids of orders and lines that have none, which no other row has', async () => {
    const { adapter, report } = await run('row_id,order_id,customer_id,date,amount\n1,#3,a,2024-01-01,1\n1,,a,2024-01-01,1\n,x,a,2024-01-01,1\n')
    expect(await rowsOf(adapter, 'transactions', ['lineId', 'orderId'])).toEqual([
      { lineId: '1', orderId: '#3' },
      { lineId: '#3', orderId: '##3' },
      { lineId: '#4', orderId: 'x' },
    ])
    expect(counts(report)).toEqual({ ORDER_MISSING: 1, LINE_ID_REPEATED: 2 })
    expect(report.orders).toBe(3)
  })

  test('leaves a value empty that is not of the kind of its attribute, and says so', async () => {
    const attributes: ImportPlan['attributes'] = [
      { column: 3, name: 'age', of: 'customers', kind: 'integer' },
      { column: 4, name: 'online', of: 'transactions', kind: 'boolean' },
      { column: 5, name: 'shipped', of: 'transactions', kind: 'date' },
    ]
    const { adapter, report } = await run('customer_id,date,amount,age,online,shipped\na,2024-01-01,1,41,yes,2024-01-03\nb,2024-01-01,1,4.5,maybe,soon\n', { attributes })
    expect(await rowsOf(adapter, 'customers', ['age'])).toEqual([{ age: 41 }, { age: null }])
    expect(await rowsOf(adapter, 'transactions', ['online', 'shipped'])).toEqual([
      { online: true, shipped: day('2024-01-03') },
      { online: null, shipped: null },
    ])
    expect(report.findings).toEqual([expect.objectContaining({ code: 'VALUE_UNREADABLE', rows: 3 })])
  })

  test('takes columns named __proto__ and constructor like any other', async () => {
    const { adapter } = await run('customer_id,date,amount,__proto__,constructor,__proto__\na,2024-01-01,1,x,y,z\n')
    const schema = await adapter.schema(createCallContext())
    expect(schema.sets[0]?.fields.slice(-3).map(({ name }) => name)).toEqual(['__proto__', 'constructor', '__proto__ (2)'])
    for (const [name, value] of [['__proto__', 'x'], ['constructor', 'y'], ['__proto__ (2)', 'z']] as const) {
      const [row] = await rowsOf(adapter, 'transactions', [name])
      expect(Object.getOwnPropertyDescriptor(row, name)?.value).toBe(value)
    }
  })

  test('gives another adapter key to other rows and to another plan, and the same to the same', async () => {
    const key = async (text: string, changes: Partial<ImportPlan> = {}): Promise<string> => (await run(text, changes)).adapter.manifest.scopeKey
    const text = `${HEADER}a,1,2024-01-01,p,1\nb,2,2024-01-02,p,1\n`
    const keys = [await key(text), await key(text.replace('b,2', 'c,2')), await key(text, { currency: 'EUR' }), await key(text.replace(',1\nb', ',2\nb'))]
    expect(new Set(keys).size).toBe(4)
    expect(await key(text)).toBe(keys[0])
  })

  test('gives the same data whatever the size of the chunks', async () => {
    const value = fc.constantFrom('', 'a', 'b"c', 'é, x', '商品', 'line\nbreak', '😀')
    const rows = fc.array(fc.record({ customer: value, order: value, date: fc.constantFrom('2024-01-01', '2024-02-30', '2024-01-01 10:00', ''), amount: fc.constantFrom('1', '2.50', '-3.125', 'x', ''), city: value }), { minLength: 1, maxLength: 20 })
    await fc.assert(
      fc.asyncProperty(rows, fc.integer({ min: 1, max: 64 }), fc.constantFrom('\n', '\r\n'), async (records, chunk, end) => {
        const quoted = (text: string): string => `"${text.replaceAll('"', '""')}"`
        const text = ['customer_id,order_id,date,amount,city', ...records.map((record) => Object.values(record).map(quoted).join(','))].join(end)
        const plan = await planOf(text, { roles: { customerId: 0, orderId: 1, at: 2, amount: 3 }, attributes: [{ column: 4, name: 'city', of: 'customers', kind: 'text' }] })
        const importer = createCsvImporter()
        const [whole, pieces] = [await importer.run(text, plan), await importer.run(fileOf(text, chunk), plan)]
        expect(pieces.report).toEqual(whole.report)
        expect(pieces.adapter.manifest).toEqual(whole.adapter.manifest)
        for (const [set, fields] of [['transactions', ['lineId', 'orderId', 'customerId', 'at', 'amount']], ['customers', ['customerId', 'city']]] as const) {
          expect(await rowsOf(pieces.adapter, set, fields)).toEqual(await rowsOf(whole.adapter, set, fields))
        }
      }),
      { numRuns: 60 },
    )
  })
})

describe('dryRun', () => {
  test('reports as run would and shows the first 20 rows as they would be read', async () => {
    const lines = Array.from({ length: 30 }, (_, i) => `c${i},o${i},2024-01-${String((i % 28) + 1).padStart(2, '0')},p,${i}.5,City ${i}`).join('\n')
    const text = `${HEADER.trim()},city\n${lines}\nbroken\n`
    const importer = createCsvImporter()
    const plan = await planOf(text)
    const trial = await importer.dryRun(text, plan)
    const { report } = await importer.run(text, plan)
    expect(trial.report).toEqual(report)
    expect(trial.fields.map(({ name, type }) => [name, type.kind])).toEqual([
      ['orderId', 'id'],
      ['customerId', 'id'],
      ['productId', 'id'],
      ['at', 'date'],
      ['amount', 'money'],
      ['city', 'text'],
    ])
    expect(trial.preview).toHaveLength(20)
    expect(trial.preview[3]).toEqual(['o3', 'c3', 'p', day('2024-01-04'), 35, 'City 3'])
  })
})

describe('what cannot be read', () => {
  test.each([
    ['', 1],
    ['\n\n', 1],
  ])('an empty file is refused: %j', async (text, line) => {
    await expect(open(text)).rejects.toMatchObject({ code: 'FILE_MALFORMED', details: { line } })
    await expect(createCsvImporter().run(text, await planOf(HEADER))).rejects.toMatchObject({ code: 'FILE_MALFORMED' })
    await expect(open(fileOf(text))).rejects.toMatchObject({ code: 'FILE_MALFORMED' })
  })

  test('a header alone gives an adapter without rows', async () => {
    for (const text of [HEADER, HEADER.trim()]) {
      const draft = await open(text)
      expect(draft.plan).toMatchObject({ header: true, roles: { customerId: 0, orderId: 1, at: 2, productId: 3, amount: 4 } })
      const { adapter, report } = await run(text)
      expect(report).toMatchObject({ rows: 0, accepted: 0, customers: 0, from: null, to: null, net: 0, rejectedCsv: null })
      expect(await rowsOf(adapter, 'transactions', ['lineId'])).toEqual([])
    }
  })

  test('a single line of values is data without a header', async () => {
    const draft = await open('ann,2024-01-01,12.50')
    expect(draft.plan.header).toBe(false)
    expect(draft.doubts).toContain('header')
    expect(draft.columns.map(({ name }) => name)).toEqual(['Column 1', 'Column 2', 'Column 3'])
    const { report } = await run('ann,2024-01-01,12.50', { roles: { customerId: 0, at: 1, amount: 2 } })
    expect(report).toMatchObject({ rows: 1, accepted: 1, net: 1250 })
  })

  test('a quote that is never closed names its line and leaves nothing behind', async () => {
    const text = `${HEADER}a,1,2024-01-01,p,1\n${'b,2,2024-01-01,p,1\n'.repeat(20_000)}c,"3,2024-01-01,p,1\n${'d,4,2024-01-01,p,1\n'.repeat(20_000)}`
    const plan = await planOf(text)
    for (const source of [text, fileOf(text, 5000)]) await expect(createCsvImporter().run(source, plan)).rejects.toMatchObject({ code: 'FILE_MALFORMED', details: { line: 20_003 } })
  })

  test('NUL characters are text like any other', async () => {
    const { adapter } = await run(fileOf(`${HEADER}a\0b,1,2024-01-01,p,1\n`))
    expect(await rowsOf(adapter, 'customers', ['customerId'])).toEqual([{ customerId: 'a\0b' }])
  })

  test('1,000,000 empty columns in the header are not listed, and the file is read', async () => {
    const text = `${HEADER.trim()}${','.repeat(1_000_000)}\na,1,2024-01-01,p,2${','.repeat(1_000_000)}\nb,2,2024-01-01,p,3\n`
    for (const source of [text, fileOf(text)]) {
      const draft = await open(source)
      // The first row counts as one, though it ends 2 MB from the beginning.
      expect(draft.columns.map(({ samples }) => samples)).toEqual([['a'], ['1'], ['2024-01-01'], ['p'], ['2']])
    }
    const draft = await open(fileOf(text))
    const { report } = await createCsvImporter().run(fileOf(text), draft.plan)
    expect(report).toMatchObject({ rows: 2, accepted: 1, rejected: 1, net: 2 })
  })

  test('a first row that is longer than the sample is read to its end, with or without a line break behind it', async () => {
    for (const end of ['', '\n', '\r\n']) {
      const text = `${HEADER.trim()},note\na,1,2024-01-01,p,2,${'x'.repeat(300_000)}${end}`
      for (const source of [text, fileOf(text), fileOf(text.replaceAll(/\r?\n/g, '\r'))]) {
        const { columns } = await open(source)
        expect(columns.map(({ samples }) => samples[0]?.slice(0, 10))).toEqual(['a', '1', '2024-01-01', 'p', '2', 'xxxxxxxxxx'])
      }
    }
  })

  test('1,000,000 named columns are listed up to 1,000', async () => {
    const text = `${HEADER.trim()}${Array.from({ length: 400_000 }, (_, i) => `,c${i}`).join('')}\n`
    expect((await open(text)).columns).toHaveLength(1000)
  })

  test.each([
    [{ roles: { at: 2, amount: 4 } }, 'MAPPING_INVALID'],
    [{ roles: { customerId: 0, amount: 4 } }, 'MAPPING_INVALID'],
    [{ roles: { customerId: 0, at: 2 } }, 'MAPPING_INVALID'],
    [{ roles: { customerId: 0, at: 2, quantity: 4 } }, 'MAPPING_INVALID'],
    [{ roles: { customerId: 0, at: 2, amount: 5 } }, 'MAPPING_INVALID'],
    [{ roles: { customerId: -1, at: 2, amount: 4 } }, 'MAPPING_INVALID'],
    [{ roles: { customerId: 0, at: 2, amount: 4, category: 3 } }, 'MAPPING_INVALID'],
    [{ delimiter: ';' }, 'MAPPING_INVALID'],
    [{ delimiter: '"' }, 'OPTION_INVALID'],
    [{ encoding: 'klingon' }, 'OPTION_INVALID'],
    [{ currency: 'pounds' }, 'OPTION_INVALID'],
    [{ timeZone: 'Mars/Olympus' }, 'TIME_ZONE_UNKNOWN'],
    [{ attributes: [{ column: 3, name: 'orders', of: 'customers', kind: 'text' }] }, 'FIELD_RESERVED'],
    [{ attributes: [{ column: 3, name: 'amount', of: 'transactions', kind: 'text' }] }, 'FIELD_RESERVED'],
    [{ attributes: [{ column: 3, name: 'x', of: 'customers', kind: 'text' }, { column: 4, name: 'x', of: 'customers', kind: 'text' }] }, 'FIELD_DUPLICATE'],
  ] as const)('a plan that cannot read the file is refused before a row is read: %j', async (changes, code) => {
    const text = `${HEADER}a,1,2024-01-01,p,1\n`
    const plan = { ...(await planOf(text)), ...changes } as ImportPlan
    await expect(createCsvImporter().run(fileOf(text), plan)).rejects.toMatchObject({ name: 'InvalidInputError', code })
  })
})

describe('abort and progress', () => {
  const rows = Array.from({ length: 40_000 }, (_, i) => `c${i % 500},o${i},2024-01-01,p${i % 70},${i}.25\n`).join('')

  test('an abort on the way rejects with its reason and lets go of the source', async () => {
    const plan = await planOf(HEADER + rows)
    for (const method of ['run', 'dryRun'] as const) {
      const stop = new AbortController()
      const reason = new Error('enough')
      let isReleased = false
      const file = fileOf(HEADER + rows, 4096)
      const source = {
        ...file,
        async *stream() {
          try {
            let chunks = 0
            for await (const chunk of file.stream()) {
              if (chunks++ === 40) stop.abort(reason)
              yield chunk
            }
          } finally {
            isReleased = true
          }
        },
      }
      await expect(createCsvImporter()[method](source, plan, { signal: stop.signal })).rejects.toBe(reason)
      await new Promise((resolve) => setTimeout(resolve, 5))
      expect(isReleased).toBe(true)
    }
    await expect(createCsvImporter().open(HEADER, { signal: AbortSignal.abort('no') })).rejects.toBe('no')
  })

  test('an abort is heard while the source gives nothing', async () => {
    const stop = new AbortController()
    const source = { stream: () => new ReadableStream<Uint8Array>({ pull: () => new Promise(() => {}) }) }
    setTimeout(() => stop.abort(new Error('enough')), 10)
    await expect(createCsvImporter().open(source, { signal: stop.signal })).rejects.toThrow('enough')
  })

  test('an abort while the columns are handed over leaves no adapter', async () => {
    const stop = new AbortController()
    const done = createCsvImporter().run(HEADER + rows, await planOf(HEADER + rows), { signal: stop.signal, onProgress: ({ phase }) => phase === 'building' && stop.abort(new Error('late')) })
    await expect(done).rejects.toThrow('late')
  })

  test('progress rises from row to row to 1, and knows no share without a size', async () => {
    const text = HEADER + rows
    const plan = await planOf(text)
    const seen: (readonly [number, number, number | null, string])[] = []
    await createCsvImporter().run(fileOf(text), plan, { onProgress: ({ rows: count, bytes, share, phase }) => seen.push([count, bytes, share, phase]) })
    for (const column of [0, 1, 2] as const) for (let i = 1; i < seen.length; i++) expect(seen[i]?.[column]).toBeGreaterThanOrEqual(seen[i - 1]?.[column] as number)
    expect(seen.at(-1)).toEqual([40_000, text.length, 1, 'building'])
    const { name, stream } = fileOf(text)
    const shares: (number | null)[] = []
    await createCsvImporter().dryRun({ name, stream }, plan, { onProgress: ({ share }) => shares.push(share) })
    expect(new Set(shares)).toEqual(new Set([null]))
  })

  test('a source that fails is "not available", with what it said behind debug()', async () => {
    const cause = new Error('NotReadableError: the file was changed')
    const source = {
      async *stream(): AsyncGenerator<Uint8Array> {
        yield new TextEncoder().encode(HEADER)
        throw cause
      },
    }
    const error = await createCsvImporter().run(source, await planOf(HEADER)).catch((thrown: unknown) => thrown as { code: string; debug(): unknown })
    expect(error).toMatchObject({ code: 'UNAVAILABLE', retryable: false })
    expect((error as { debug(): unknown }).debug()).toBe(cause)
  })
})
