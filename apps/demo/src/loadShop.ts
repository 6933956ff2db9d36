import { createMemoryAdapter, type DataAdapter, type DataSetName } from '@crm/core/adapter'
import type { DemoShop } from '@crm/example-demo-shop'
import { keepChineseProducts } from './chineseProducts.ts'

/**
 * Makes up the shop in a worker and keeps it in the browser's memory. Set by set and in slices: the page answers
 * meanwhile.
 */
export async function loadShop(signal: AbortSignal): Promise<DataAdapter> {
  const worker = new Worker(new URL('./shopWorker.ts', import.meta.url), { type: 'module' })
  try {
    const { data, ...shop } = await new Promise<DemoShop>((resolve, reject) => {
      signal.addEventListener('abort', () => reject(signal.reason), { once: true })
      worker.addEventListener('message', ({ data: made }) => resolve(made))
      worker.addEventListener('error', () => reject(new Error('The shop could not be made.')))
    })
    keepChineseProducts(data.products)
    const adapter = createMemoryAdapter({ ...shop, data: {} })
    for (const name of ['customers', 'products', 'transactions', 'interactions'] as const satisfies readonly DataSetName[]) await adapter.append(name, data[name])
    return adapter
  } finally {
    worker.terminate()
  }
}
