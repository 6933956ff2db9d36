import { makeDemoShop } from '@crm/example-demo-shop'
import { expect, test } from 'vitest'
import { SHOP_BASE } from './shopBase.ts'

test('is what the shop says of itself', () => {
  expect(makeDemoShop({ customers: 50 })).toMatchObject(SHOP_BASE)
})
