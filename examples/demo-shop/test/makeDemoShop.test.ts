import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { createCallContext, createMemoryAdapter, type Column } from '@crm/core/adapter'
import { describe, expect, test } from 'vitest'
import { makeDemoShop, type DemoShop, type DemoShopOptions } from '../src/index.ts'
import { countDistinct, fullShop, linesOf, purchasesByCustomer, rowsOf, valueOf } from './readShop.ts'

/** Every name, code, text and number of every column. Little-endian, as all engines of today are. */
function fingerprint({ data }: DemoShop): string {
  const hash = createHash('sha256')
  for (const [set, { columns }] of Object.entries(data)) {
    for (const [name, column] of Object.entries(columns as Record<string, Column>)) {
      hash.update(`${set}.${name}:${column.kind}\n`)
      hash.update(column.kind === 'text' ? column.codes : column.values)
      if (column.kind === 'text') hash.update(JSON.stringify(column.dictionary))
      else if (column.validity !== undefined) hash.update(column.validity)
    }
  }
  return hash.digest('hex').slice(0, 16)
}

const context = createCallContext()

describe('makeDemoShop', () => {
  test('makes the same shop out of the same options, to the bit', () => {
    expect(fingerprint(makeDemoShop({ customers: 300 }))).toBe(fingerprint(makeDemoShop({ customers: 300 })))
    // Another value means another shop on every page and in every story: change it knowingly.
    expect({ full: fingerprint(fullShop()), small: fingerprint(makeDemoShop({ customers: 300 })), other: fingerprint(makeDemoShop({ customers: 300, seed: 2 })) }).toMatchInlineSnapshot(`
      {
        "full": "bc0cb797f4e8cc1f",
        "other": "febcf94bd6293052",
        "small": "e0e6140d440439dd",
      }
    `)
  })

  test('uses no function of Math whose last bit an engine may choose', () => {
    const free = new Set(['floor', 'min', 'max', 'imul'])
    const folder = new URL('../src/', import.meta.url)
    const found = readdirSync(folder).flatMap((file) => [...readFileSync(new URL(file, folder), 'utf8').matchAll(/Math\.(\w+)\(/g)].map(([, name]) => name))
    expect(found.length).toBeGreaterThan(10)
    expect(found.filter((name) => !free.has(name as string))).toEqual([])
  })

  test('makes 5,000 customers, 600 prospects, 400 products and 60,000 orders', () => {
    const shop = fullShop()
    const lines = linesOf(shop)
    expect(rowsOf(shop.data.customers)).toBe(5600)
    expect(rowsOf(shop.data.products)).toBe(400)
    expect(countDistinct(lines.map(({ order }) => order))).toBe(60_000)
    expect(lines.length).toBeGreaterThan(150_000)
    expect(lines.length).toBeLessThan(180_000)
    expect(purchasesByCustomer(shop).filter((own) => own.length > 0)).toHaveLength(5000)
    expect(rowsOf(shop.data.interactions)).toBeGreaterThan(20_000)
  })

  test.each<[DemoShopOptions, [customers: number, products: number, orders: number]]>([
    [{ customers: 300 }, [336, 160, 3600]],
    [{ customers: 20, prospects: 0, orders: 400 }, [20, 160, 400]],
    [{ customers: 100, prospects: 50, orders: 801, products: 144 }, [150, 144, 801]],
    [{ customers: 1000, seed: 4_294_967_295 }, [1120, 400, 12_000]],
    [{ customers: 300, orders: 12_000 }, [336, 160, 12_000]],
  ])('counts as asked: %j', (options, counts) => {
    const shop = makeDemoShop(options)
    expect([rowsOf(shop.data.customers), rowsOf(shop.data.products), countDistinct(linesOf(shop).map(({ order }) => order))]).toEqual(counts)
    expect(purchasesByCustomer(shop).filter((own) => own.length > 0)).toHaveLength(options.customers ?? 5000)
  })

  test.each<[DemoShopOptions, string]>([
    [{ customers: 19 }, 'customers is 19'],
    [{ seed: -1 }, 'seed is -1'],
    [{ customers: 100, orders: 799 }, 'orders is 799'],
    [{ products: 143 }, 'products is 143'],
    [{ prospects: 0.5 }, 'prospects is 0.5'],
    [{ seed: NaN }, 'seed is NaN'],
  ])('refuses %j', (options, words) => expect(() => makeDemoShop(options)).toThrow(words))

  test('is taken by the memory adapter as it is', async () => {
    const shop = makeDemoShop({ customers: 300 })
    const adapter = createMemoryAdapter(shop)
    const schema = await adapter.schema(context)
    expect(schema.timeZone).toBe('Europe/Dublin')
    expect(schema.sets.map(({ name, estimatedRows }) => [name, estimatedRows])).toEqual(Object.entries(shop.data).map(([name, set]) => [name, rowsOf(set)]))
    const types = Object.fromEntries(schema.sets.flatMap(({ name, fields }) => fields.map((field) => [`${name}.${field.name}`, field.type.kind])))
    expect(types).toMatchObject({
      'customers.createdAt': 'instant',
      'customers.newsletter': 'boolean',
      'transactions.lineId': 'id',
      'transactions.at': 'instant',
      'transactions.amount': 'money',
      'transactions.quantity': 'integer',
      'products.price': 'money',
      'products.cost': 'money',
      'products.available': 'boolean',
      'interactions.satisfaction': 'number',
    })
    for await (const { columns } of adapter.scan({ set: 'transactions', select: ['customerId', 'productId'] }, context)) {
      // One dictionary for all sets: nobody has to translate codes.
      for (const [column, own] of [[columns[0], shop.data.customers.columns['customerId']], [columns[1], shop.data.products.columns['productId']]]) {
        expect(column?.kind === 'text' && own?.kind === 'text' && column.dictionary === own.dictionary).toBe(true)
      }
    }
    await adapter.close()
  })

  test('has dictionaries of distinct texts, all of them used', () => {
    for (const [set, { columns }] of Object.entries(makeDemoShop({ customers: 1000 }).data)) {
      for (const [name, column] of Object.entries(columns as Record<string, Column>)) {
        if (column.kind !== 'text') continue
        expect(countDistinct([...column.dictionary]), `${set}.${name}`).toBe(column.dictionary.length)
        // Prospects buy nothing, and not everybody writes.
        const used = name === 'customerId' ? column.dictionary.length : countDistinct([...column.codes].filter((code) => code >= 0))
        expect(used, `${set}.${name}`).toBe(column.dictionary.length)
      }
    }
  })

  test('keeps its books in order: nothing after its present, no order before its customer, no line before the one above', () => {
    const shop = fullShop()
    const { customers, interactions } = shop.data
    const lines = linesOf(shop)
    expect(lines.findIndex(({ at }, row) => row > 0 && at < (lines[row - 1] as { at: number }).at)).toBe(-1)
    expect((lines.at(-1) as { at: number }).at).toBeLessThanOrEqual(shop.asOf)
    const early = purchasesByCustomer(shop).filter((own, row) => own[0] !== undefined && own[0].at <= (valueOf(customers, 'createdAt', row) as number))
    expect(early).toEqual([])
    const contacts = Array.from({ length: rowsOf(interactions) }, (_, row) => valueOf(interactions, 'at', row) as number)
    expect(contacts.filter((at) => at > shop.asOf)).toEqual([])
  })

  test('speaks English and Chinese, and knows people and organisations', () => {
    const { customers, products } = fullShop().data
    const names = Array.from({ length: 5600 }, (_, row) => valueOf(customers, 'name', row) as string)
    const chinese = names.filter((name) => /\p{Script=Han}/u.test(name)).length / names.length
    expect(chinese).toBeCloseTo(0.35, 1)
    const organisations = Array.from({ length: 5600 }, (_, row) => valueOf(customers, 'kind', row)).filter((kind) => kind === 'organisation').length / 5600
    expect(organisations).toBeCloseTo(0.15, 1)
    for (let row = 0; row < 400; row++) expect(valueOf(products, 'nameZh', row)).toMatch(/\p{Script=Han}/u)
    expect(new Set(Array.from({ length: 400 }, (_, row) => valueOf(products, 'name', row))).size).toBe(400)
    expect(new Set(Array.from({ length: 400 }, (_, row) => valueOf(products, 'nameZh', row))).size).toBe(400)
  })
})
