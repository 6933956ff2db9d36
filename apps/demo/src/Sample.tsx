import { CrmProvider, type CrmProviderProps } from '@crm/react'
import { useMemo, type ReactElement } from 'react'
import { Analysis } from './Analysis.tsx'
import { chineseProduct } from './chineseProducts.ts'
import { SHOP_BASE } from './shopBase.ts'
import { useEngine, type SampleSource } from './useEngine.ts'
import type { ChangeView, ViewState } from './viewState.ts'
import { fill, type DemoWords } from './words.ts'

const BASES = {
  // Superstore ends on 30 December 2017: the page looks at it from the last day of that year.
  superstore: { asOf: Date.UTC(2017, 11, 31), timeZone: 'UTC' },
  shop: SHOP_BASE,
}

interface SampleProps {
  readonly source: SampleSource
  readonly view: ViewState
  readonly change: ChangeView
  readonly words: DemoWords
  readonly provider: Omit<CrmProviderProps, 'client' | 'children'>
}

/** Superstore, in memory or in a database behind the demo's server; or the made-up shop, in memory. */
export function Sample({ source, view, change, words, provider }: SampleProps): ReactElement {
  const { client, isOpening, error, retry } = useEngine(source, view.engine)
  const columns = useMemo(
    () =>
      source === 'shop'
        ? ['customer', { field: 'city', header: words.columnCity }, 'lastDay', 'orders', 'revenue', 'meanOrderValue']
        : ['customer', { field: 'business', header: words.columnBusiness }, { field: 'region', header: words.columnRegion }, 'lastDay', 'orders', 'revenue', 'meanOrderValue'],
    [source, words],
  )
  const engine = view.engine === 'memory' ? words.engineMemory : words.engineDuckdb
  return (
    <>
      {error !== null && (
        <div className="demo-notice" data-kind="error" role="alert">
          <p>
            <strong>{fill(words.engineFailed, { engine })}</strong> {client === null ? '' : words.engineOther} {words.engineCheck}
          </p>
          <button type="button" onClick={retry}>
            {words.retry}
          </button>
        </div>
      )}
      {client === null ? (
        error === null && (
          <p className="demo-opening" role="status">
            {source === 'shop' ? words.loadingShop : isOpening && view.engine === 'memory' ? words.loadingMemory : words.loadingEngine}
          </p>
        )
      ) : (
        <CrmProvider {...provider} client={client}>
          <Analysis base={BASES[source]} columns={columns} productText={source === 'shop' && view.language === 'zh-Hans' ? chineseProduct : undefined} view={view} change={change} words={words} />
        </CrmProvider>
      )}
    </>
  )
}
