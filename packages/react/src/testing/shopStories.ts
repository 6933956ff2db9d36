import { makeDemoShop } from '@crm/example-demo-shop'
import { createMemoryAdapter } from '@crm/core/adapter'
import type { Batch, CallContext, DataAdapter, ScanRequest } from '@crm/core/adapter'
import { AdapterError } from '@crm/core/errors'
import type { AdapterErrorCode } from '@crm/core/errors'
import type { PreferenceSpec } from '@crm/core/recommend'

/** The small made shop for stories and tests of recommendations, and adapters over it that behave in one special way. */

const shop = makeDemoShop({ customers: 300 })

export const SHOP_PREFERENCES: PreferenceSpec = { from: 'transactions', asOf: shop.asOf }

export function shopAdapter(): DataAdapter {
  return createMemoryAdapter(shop)
}

/** The same with products and categories in Chinese. */
export function chineseShop(): DataAdapter {
  const { products } = shop.data
  const { nameZh, categoryZh, ...columns } = products.columns
  const data = { ...shop.data, products: { ...products, columns: { ...columns, name: nameZh!, category: categoryZh! } } }
  return createMemoryAdapter({ ...shop, scopeKey: 'chinese-shop', data })
}

type Scan = (request: ScanRequest, context: CallContext) => AsyncIterable<Batch>

function withScan(scopeKey: string, scan: (original: Scan) => Scan): DataAdapter {
  const adapter = shopAdapter()
  return {
    manifest: Object.freeze({ ...adapter.manifest, scopeKey }),
    schema: (context) => adapter.schema(context),
    scan: scan((request, context) => adapter.scan(request, context)),
    close: () => adapter.close(),
  }
}

/** Refuses every read with one error. */
export function failingShop(code: AdapterErrorCode): DataAdapter {
  return recoveringShop(code, Number.POSITIVE_INFINITY)
}

/** Refuses the first `failures` reads, then answers. */
export function recoveringShop(code: AdapterErrorCode, failures = 1): DataAdapter {
  let left = failures
  return withScan(`recovering-shop-${code}`, (original) => async function* (request, context) {
    if (left-- > 0) throw new AdapterError(code, { retryable: false })
    yield* original(request, context)
  })
}

/** Answers the first `answers` reads and gives one batch of each later one, then waits until it is aborted. */
export function waitingShop(answers = 0): DataAdapter {
  let left = answers
  return withScan(`waiting-shop-${answers}`, (original) => async function* (request, context) {
    if (left-- > 0) return yield* original(request, context)
    for await (const { rows, columns } of original(request, context)) {
      yield { rows, columns }
      break
    }
    await new Promise((_, reject) => {
      if (context.signal.aborted) reject(context.signal.reason as Error)
      context.signal.addEventListener('abort', () => reject(context.signal.reason as Error), { once: true })
    })
  })
}
