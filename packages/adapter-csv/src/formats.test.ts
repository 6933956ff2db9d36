import { gzipSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { createCsvImporter } from './createCsvImporter.ts'
import { fileOf, HEADER, open, planOf, rowsOf, run } from './testing/shop.ts'

const utf16 = (text: string, bigEndian: boolean): Uint8Array => {
  const bytes = new Uint8Array(Buffer.from(text, 'utf16le'))
  if (bigEndian) Buffer.from(bytes.buffer).swap16()
  return bytes
}
const latin = (text: string): Uint8Array => new Uint8Array(Buffer.from(text, 'latin1'))
/** GB 18030 bytes of a few characters; hosts encode UTF-8 only. */
const GB: Readonly<Record<string, readonly number[]>> = {
  客: [0xbf, 0xcd], 户: [0xbb, 0xa7], 编: [0xb1, 0xe0], 号: [0xba, 0xc5], 订: [0xb6, 0xa9], 单: [0xb5, 0xa5], 日: [0xc8, 0xd5], 期: [0xc6, 0xda], 金: [0xbd, 0xf0], 额: [0xb6, 0xee], 城: [0xb3, 0xc7], 市: [0xca, 0xd0], 北: [0xb1, 0xb1], 京: [0xbe, 0xa9], 上: [0xc9, 0xcf], 海: [0xba, 0xa3],
}
const gb = (text: string): Uint8Array => Uint8Array.from([...text].flatMap((character) => GB[character] ?? [character.charCodeAt(0)]))

const CHINESE = '客户编号,订单编号,订单日期,金额,城市\n001,A1,2024年5月1日,12.50,北京\n002,A2,2024/5/2,8,上海\n'

describe('encodings', () => {
  test.each([
    ['UTF-8 with a mark', new TextEncoder().encode(`\ufeff${CHINESE}`), 'utf-8', []],
    ['UTF-8', new TextEncoder().encode(CHINESE), 'utf-8', []],
    ['UTF-16LE with a mark', utf16(`\ufeff${CHINESE}`, false), 'utf-16le', []],
    ['UTF-16BE with a mark', utf16(`\ufeff${CHINESE}`, true), 'utf-16be', []],
    ['GB 18030', gb(CHINESE.replace('年', '-').replace('月', '-').replace(/(?<=-1)日/, '')), 'gb18030', ['encoding']],
  ])('a Chinese file in %s maps by itself', async (_, bytes, encoding, doubts) => {
    const source = fileOf(bytes, 7)
    const draft = await open(source)
    expect(draft.plan).toMatchObject({ encoding, roles: { customerId: 0, orderId: 1, at: 2, amount: 3 }, attributes: [{ column: 4, name: '城市', of: 'customers', kind: 'text' }] })
    expect(draft.doubts.filter((doubt) => doubt === 'encoding')).toEqual(doubts)
    const { adapter } = await run(source)
    expect(await rowsOf(adapter, 'customers', ['customerId', '城市'])).toEqual([
      { customerId: '001', 城市: '北京' },
      { customerId: '002', 城市: '上海' },
    ])
  })

  test('UTF-16 without a mark is told by its zeros, with a doubt', async () => {
    const draft = await open(fileOf(utf16(`${HEADER}a,1,2024-01-01,p,1\n`, false)))
    expect(draft.plan).toMatchObject({ encoding: 'utf-16le', roles: { customerId: 0, amount: 4 } })
    expect(draft.doubts).toContain('encoding')
  })

  test('Western text that is not UTF-8 is suggested as windows-1252, with a doubt', async () => {
    const source = fileOf(latin(`${HEADER.trim()},city\nJos\u00e9,1,2024-01-01,p,\u00a312.50,K\u00f6ln\n`))
    const draft = await open(source)
    expect(draft.plan).toMatchObject({ encoding: 'windows-1252', currency: 'GBP' })
    expect(draft.doubts).toContain('encoding')
    const { adapter } = await run(source)
    expect(await rowsOf(adapter, 'customers', ['customerId', 'city'])).toEqual([{ customerId: 'José', city: 'Köln' }])
  })

  test('Cyrillic in one byte is not taken for Chinese', async () => {
    const moscow = [0xcc, 0xee, 0xf1, 0xea, 0xe2, 0xe0] // windows-1251
    const draft = await open(fileOf(Uint8Array.from([...latin(`${HEADER.trim()},city\na,1,2024-01-01,p,1,`), ...moscow, 10])))
    expect(draft.plan.encoding).toBe('windows-1252')
    expect(draft.doubts).toContain('encoding')
  })

  test('a byte that is not of the encoding names its line and suggests another', async () => {
    const text = `${HEADER}${'a,1,2024-01-01,p,1\n'.repeat(30_000)}`
    const source = fileOf(Uint8Array.from([...latin(text), ...latin('Jos\u00e9,1,2024-01-01,p,1\n')]), 10_000)
    const plan = await planOf(source)
    expect(plan.encoding).toBe('utf-8')
    const importer = createCsvImporter()
    await expect(importer.dryRun(source, plan)).rejects.toMatchObject({ code: 'FILE_MALFORMED', details: { line: 30_002, encoding: 'utf-8', suggestedEncoding: 'windows-1252' } })
    const { report } = await importer.dryRun(source, { ...plan, encoding: 'windows-1252' })
    expect(report).toMatchObject({ accepted: 30_001, rejected: 0 })
    await expect(importer.open(fileOf(latin(`a\nJos\u00e9,b\n`)), { reading: { encoding: 'utf-8' } })).rejects.toMatchObject({ code: 'FILE_MALFORMED', details: { line: 2, suggestedEncoding: 'windows-1252' } })
  })

  test('what a person has settled is taken, and the rest follows', async () => {
    const source = fileOf(latin('kunde;datum;betrag\nM\u00fcller;1.2.2024;1,50\n'))
    const draft = await createCsvImporter().open(source, { reading: { encoding: 'iso-8859-1', header: false } })
    expect(draft.plan).toMatchObject({ encoding: 'iso-8859-1', delimiter: ';', header: false })
    expect(draft.columns[0]).toEqual({ index: 0, name: 'Column 1', samples: ['kunde', 'Müller'] })
    expect(draft.doubts).not.toContain('encoding')
    expect((await createCsvImporter().open(source, { reading: { delimiter: ',' } })).columns).toHaveLength(1)
  })

  test.each([
    ['xlsx or zip', [0x50, 0x4b, 0x03, 0x04, 20, 0, 6, 0]],
    ['pdf', [...new TextEncoder().encode('%PDF-1.7')]],
    ['gzip', [...gzipSync(HEADER)]],
    ['png', [0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10]],
    ['binary', Array.from({ length: 4000 }, (_, i) => (i * 7919) % 256)],
  ])('a file of another kind is refused: %s', async (format, bytes) => {
    const source = fileOf(Uint8Array.from(bytes))
    await expect(open(source)).rejects.toMatchObject({ code: 'FILE_MALFORMED', details: { line: 1, format } })
    await expect(createCsvImporter().run(source, await planOf(HEADER))).rejects.toMatchObject({ code: 'FILE_MALFORMED', details: { format } })
  })
})

describe('dialects', () => {
  test.each([
    ['comma', ',', `customer,date,amount\na,2024-01-01,"1,5"\nb,2024-01-01,2\n`],
    ['semicolon, though there are more commas', ';', 'customer;date;amount\na;2024-01-01;1,50\nb;2024-01-01;2,50\n'],
    ['tab', '\t', 'customer\tdate\tamount\na, b\t2024-01-01\t1\n'],
    ['bar', '|', 'customer|date|amount\na|2024-01-01|1\n'],
    ['named by Excel', ';', 'sep=;\r\ncustomer;date;amount\r\na;2024-01-01;1\r\n'],
  ])('the delimiter is found: %s', async (_, delimiter, text) => {
    const draft = await open(text)
    expect(draft.plan.delimiter).toBe(delimiter)
    expect(draft.columns.map(({ name }) => name)).toEqual(['customer', 'date', 'amount'])
    expect((await run(text)).report.rejected).toBe(0)
  })

  test('the delimiter is found below a header of 300,000 characters', async () => {
    const draft = await open(`customer;date;amount${';x'.repeat(150_000)}\na;2024-01-01;1${';'.repeat(150_000)}\n`)
    expect(draft.plan).toMatchObject({ delimiter: ';', roles: { customerId: 0, at: 1, amount: 2 } })
  })

  test.each(['\n', '\r\n', '\r'])('records end with %j', async (end) => {
    const { report } = await run(fileOf(`${HEADER}a,1,2024-01-01,p,1\nb,2,bad,p,1\n`.replaceAll('\n', end), 5))
    expect(report).toMatchObject({ rows: 2, accepted: 1 })
    expect(report.findings[0]?.examples).toEqual([{ line: 3, value: 'bad' }])
  })

  test('lines are counted in the file: quoted line breaks, empty lines and the line of Excel too', async () => {
    const { report } = await run('sep=,\r\n\r\ncustomer_id,date,amount,note\r\na,2024-01-01,1,"x\ny\r\nz"\r\n\r\nb,bad,1,\r\n')
    expect(report.findings[0]?.examples).toEqual([{ line: 8, value: 'bad' }])
    expect(report.rows).toBe(2)
  })
})

describe('suggestions', () => {
  const suggested = async (header: string, ...rows: string[]): ReturnType<typeof open> => open([header, ...rows].join('\n'))

  test.each([
    ['customer_id,purchase_date,product_id,amount', { customerId: 0, at: 1, productId: 2, amount: 3 }],
    ['CustomerID,PurchaseDate,ProductID,Amount', { customerId: 0, at: 1, productId: 2, amount: 3 }],
    ['Customer Id,Purchase-Date,PRODUCT ID,Total Amount', { customerId: 0, at: 1, productId: 2, amount: 3 }],
    ['customerid,orderdate,sku,order_total', { customerId: 0, at: 1, productId: 2, amount: 3 }],
    ['客户编号,下单时间,商品编码,实付金额（元）', { customerId: 0, at: 1, productId: 2, amount: 3 }],
    ['会员卡号,消费日期,商品代码,消费金额', { customerId: 0, at: 1, productId: 2, amount: 3 }],
    ['User ID,Timestamp,Item,Sales (USD)', { customerId: 0, at: 1, amount: 3 }],
  ])('roles of %s', async (header, roles) => {
    expect((await suggested(header, 'a,2024-01-01,p,12.50')).plan.roles).toEqual(roles)
  })

  test('a date column without a known name is found by its values; text under a known name is not taken for amounts', async () => {
    const { plan } = await suggested('client,when,value,paid amount', 'a,2024-01-01,high,3', 'b,2024-01-02,low,4')
    expect(plan.roles).toEqual({ customerId: 0, at: 1, amount: 3 })
  })

  test('a price alone is the amount; with a quantity it is multiplied', async () => {
    expect((await suggested('customer,date,price', 'a,2024-01-01,2')).plan.roles).toEqual({ customerId: 0, at: 1, amount: 2 })
    expect((await suggested('customer,date,price,qty', 'a,2024-01-01,2,3')).plan.roles).toEqual({ customerId: 0, at: 1, unitPrice: 2, quantity: 3 })
  })

  test.each([
    [['1/13/2010', '2/14/2010'], 'monthFirst', false],
    [['13/1/2010', '14/2/2010'], 'dayFirst', false],
    [['1/2/2010', '1/3/2010', '1/4/2010'], 'monthFirst', true], // ascends by days
    [['1/2/2010', '2/2/2010', '1/3/2010'], 'dayFirst', true],
    [['13/1/2010', '1/13/2010', '14/1/2010'], 'dayFirst', true],
    [['2010-01-02'], 'iso', false],
    [['3.3.2010'], 'dayFirst', true],
  ] as const)('day and month of %j: %s, open %s', async (dates, order, isOpen) => {
    const draft = await suggested('customer,date,amount', ...dates.map((date) => `a,${date},1`))
    expect(draft.plan.dates).toBe(order)
    expect(draft.doubts.includes('dates')).toBe(isOpen)
  })

  test.each([
    [['1,234.50'], '.', false],
    [['1.234,50'], ',', false],
    [['12,5', '3'], ',', false],
    [['12.5', '3'], '.', false],
    [['1,234', '2,500'], '.', true],
    [['1.234'], '.', true],
    [['1.234.567'], ',', false],
    [["1'234,5"], ',', false],
    [['0,123'], ',', false],
    [['7'], '.', false],
    [['1.5', '1,5'], '.', true],
  ] as const)('decimal mark of %j: %s, open %s', async (amounts, mark, isOpen) => {
    const draft = await suggested('customer\tdate\tamount', ...amounts.map((amount) => `a\t2024-01-01\t${amount}`))
    expect(draft.plan.decimal).toBe(mark)
    expect(draft.doubts.includes('decimal')).toBe(isOpen)
  })

  test.each([
    ['amount', '€ 5', 'EUR'],
    ['amount', '5 kr', 'SEK'],
    ['amount', '12.50 CHF', 'CHF'],
    ['Sales (USD)', '5', 'USD'],
    ['金额（元）', '5', 'CNY'],
  ])('the currency of %s %s is %s', async (heading, value, currency) => {
    const draft = await createCsvImporter().open(`customer\tdate\t${heading}\na\t2024-01-01\t${value}`)
    expect(draft.plan.currency).toBe(currency)
    expect(draft.doubts).not.toContain('currency')
    expect((await createCsvImporter().run(`customer\tdate\t${heading}\na\t2024-01-01\t${value}`, draft.plan)).report.rejected).toBe(0)
  })

  test('where no heading names the amount, the mark and the currency are those of the columns that could be it', async () => {
    const { plan, doubts } = await createCsvImporter().open('Kundennummer;Bestelldatum;Umsatz (€)\n007;13.01.2025;1.034,50\n008;14.01.2025;2,00\n')
    expect(plan).toMatchObject({ delimiter: ';', decimal: ',', dates: 'dayFirst', currency: 'EUR', roles: { at: 1 } })
    expect(doubts).toEqual([])
    const open = await createCsvImporter().open('Kundennummer;Bestelldatum;Umsatz\n007;13.01.2025;1.034\n')
    expect(open.plan.decimal).toBe(',')
    expect(open.doubts).toEqual(['decimal', 'currency'])
  })

  test('nothing tells the currency: a doubt; nothing tells the zone of local times: a doubt', async () => {
    const draft = await createCsvImporter().open('customer,date,amount\na,2024-01-01 10:00,5')
    expect(draft.doubts).toEqual(['currency', 'timeZone'])
    expect((await createCsvImporter({ currency: 'EUR', timeZone: 'Asia/Shanghai' }).open('customer,date,amount\na,2024-01-01 10:00,5')).doubts).toEqual([])
    expect((await createCsvImporter().open('customer,date,amount\na,2024-01-01T10:00Z,€5')).doubts).toEqual([])
  })

  test('kinds of attributes keep what the values are', async () => {
    const { plan } = await suggested('customer,date,amount,age,zip,discount,born,vip,phone,level', 'a,2024-01-01,1,41,42420,0.2,1983-04-05,true,0155123456,01', 'b,2024-01-01,1,,90210,0,1990-01-01,false,,2')
    expect(plan.attributes.map(({ name, of, kind }) => [name, of, kind])).toEqual([
      ['age', 'customers', 'integer'],
      ['zip', 'customers', 'text'],
      ['discount', 'transactions', 'number'],
      ['born', 'customers', 'date'],
      ['vip', 'transactions', 'boolean'],
      ['phone', 'customers', 'text'],
      ['level', 'transactions', 'text'],
    ])
  })

  test('attributes get names that mean nothing else and are not taken', async () => {
    const { plan } = await suggested('customer id,date,amount,customer orders,stage,orders,city,city', 'a,2024-01-01,1,3,x,7,Bern,Rome')
    expect(plan.attributes.map(({ name, of }) => [name, of])).toEqual([
      ['customer orders', 'customers'],
      ['stage', 'transactions'],
      ['orders', 'transactions'],
      ['city', 'customers'],
      ['city (2)', 'customers'],
    ])
    expect((await run('customer id,date,amount,city,city\na,2024-01-01,1,Bern,Rome')).report.accepted).toBe(1)
  })
})
