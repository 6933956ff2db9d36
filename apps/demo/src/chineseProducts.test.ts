import { makeDemoShop } from '@crm/example-demo-shop'
import { expect, test } from 'vitest'
import { chineseProduct, keepChineseProducts } from './chineseProducts.ts'

test('every product of the shop has a Chinese name and category', () => {
  const { products } = makeDemoShop({ customers: 50 }).data
  keepChineseProducts(products)
  const ids = products.columns['productId']
  expect(ids?.kind === 'text' && ids.dictionary.length).toBe(160)
  for (const id of ids?.kind === 'text' ? ids.dictionary : []) expect(chineseProduct(id)).toEqual({ name: expect.stringMatching(/\p{Script=Han}/u), category: expect.stringMatching(/\p{Script=Han}/u) })
  expect(chineseProduct('nothing')).toBeUndefined()
})
