import { expect, it } from 'vitest'
import { createMemoryAdapter } from '../adapter/index.ts'
import { createClient } from '../client/index.ts'
import { productNamesOperation } from './productNamesOperation.ts'

const shop = (data: object) => createClient(createMemoryAdapter({ timeZone: 'UTC', currency: 'EUR', data }))

it('names the products asked for in the order of the question; one that is not there is left out', async () => {
  const client = shop({
    products: [
      { productId: 'p1', name: 'Green tea', category: 'Tea' },
      { productId: 'p2', name: null, category: 'Coffee' },
      { productId: '__proto__', name: 'Kettle', category: null },
    ],
  })
  const { data } = await client.run(productNamesOperation, { ids: ['__proto__', 'p9', 'p2', 'p1'] })
  expect(data.products).toEqual([
    { id: '__proto__', name: 'Kettle', category: null },
    { id: 'p2', name: null, category: 'Coffee' },
    { id: 'p1', name: 'Green tea', category: 'Tea' },
  ])
  expect(Object.isFrozen(data)).toBe(true)
})

it('knows no names where no set says them', async () => {
  expect((await shop({ customers: [{ customerId: 'c1' }] }).run(productNamesOperation, { ids: ['p1'] })).data.products).toEqual([])
  expect((await shop({ products: [{ productId: 'p1' }] }).run(productNamesOperation, { ids: ['p1'] })).data.products).toEqual([{ id: 'p1', name: null, category: null }])
})
