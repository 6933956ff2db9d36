import { CrmProvider, type CrmProviderProps } from '@crm/react'
import { useMemo, type ReactElement } from 'react'
import { Analysis } from './Analysis.tsx'
import { useEngine } from './useEngine.ts'
import type { ChangeView, ViewState } from './viewState.ts'
import { fill, type DemoWords } from './words.ts'

/** The sample ends on 30 December 2017: the page looks at it from the last day of that year. */
const BASE = { asOf: Date.UTC(2017, 11, 31), timeZone: 'UTC' }

interface SuperstoreProps {
  readonly view: ViewState
  readonly change: ChangeView
  readonly words: DemoWords
  readonly provider: Omit<CrmProviderProps, 'client' | 'children'>
}

/** The sample, in memory or in a database behind the demo's server. */
export function Superstore({ view, change, words, provider }: SuperstoreProps): ReactElement {
  const { client, isOpening, error, retry } = useEngine(view.engine)
  const columns = useMemo(
    () => ['customer', { field: 'business', header: words.columnBusiness }, { field: 'region', header: words.columnRegion }, 'lastDay', 'orders', 'revenue', 'meanOrderValue'],
    [words],
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
            {isOpening && view.engine === 'memory' ? words.loadingMemory : words.loadingEngine}
          </p>
        )
      ) : (
        <CrmProvider {...provider} client={client}>
          <Analysis base={BASE} columns={columns} view={view} change={change} words={words} />
        </CrmProvider>
      )}
    </>
  )
}
