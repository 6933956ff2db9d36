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

/** The same with names as a catalogue may have them, without prices and categories. */
export function wordyShop(): DataAdapter {
  const { products } = shop.data
  const { productId, name } = products.columns
  const dictionary = name?.kind === 'text' ? name.dictionary.map((one, at) => `${one} — ${WORDY[at % WORDY.length]}`) : []
  const columns = { productId: productId!, name: { ...name, dictionary } as typeof productId & object }
  return createMemoryAdapter({ ...shop, scopeKey: 'wordy-shop', data: { ...shop.data, products: { columns, fields: {} } } })
}

const WORDY = [
  'limited anniversary edition in a gift box with a card, for those who have everything else already',
  'Donaudampfschifffahrtsgesellschaftskapitänsmützenabzeichen',
  '限量纪念版礼盒装附赠贺卡适合已经拥有一切的人',
  'new',
]

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
