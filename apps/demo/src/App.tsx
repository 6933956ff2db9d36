import { createRfmSpec, type RfmGridRequest } from '@crm/core/rfm'
import { CrmProvider, RfmGrid } from '@crm/react'
import { CustomerTable } from '@crm/react/customer-table'
import { useMemo, type ReactElement } from 'react'
import { Choice } from './Choice.tsx'
import { KeyFigures } from './KeyFigures.tsx'
import { SegmentList } from './SegmentList.tsx'
import { useEngine } from './useEngine.ts'
import { useViewState, type Engine, type Theme } from './viewState.ts'

/** The sample ends on 30 December 2017: the page looks at it from the last day of that year. */
const SPEC = createRfmSpec({ asOf: Date.UTC(2017, 11, 31), timeZone: 'UTC' })
const REQUEST: RfmGridRequest = { spec: SPEC }
const COLUMNS = ['customer', 'business', 'region', 'lastDay', 'orders', 'revenue', 'meanOrderValue'] as const

const ENGINES = [
  { value: 'memory', label: 'Browser memory' },
  { value: 'duckdb', label: 'DuckDB' },
] as const satisfies readonly { value: Engine; label: string }[]

const THEMES = [
  { value: 'auto', label: 'Auto' },
  { value: 'light', label: 'Light' },
  { value: 'dark', label: 'Dark' },
] as const satisfies readonly { value: Theme; label: string }[]

/** The page a product manager shows around: who the customers are, and who is behind each cell. */
export function App(): ReactElement {
  const [view, change] = useViewState()
  const { client, isOpening, error, retry } = useEngine(view.engine)
  const format = useMemo(() => ({ locale: 'en-US' }), [])
  return (
    <div className="demo" data-theme={view.theme}>
      <header className="demo-bar">
        <div className="demo-titles">
          <h1>Superstore customers</h1>
          <p>Who bought lately, how often, and for how much. Order lines of a retailer in the United States, 2014 to 2017.</p>
        </div>
        <div className="demo-choices">
          <Choice label="Computed in" name="engine" options={ENGINES} value={view.engine} onChange={(engine) => change({ engine })} />
          <Choice label="Theme" name="theme" options={THEMES} value={view.theme} onChange={(theme) => change({ theme })} />
        </div>
      </header>
      <main className="demo-main">
        {error !== null && (
          <div className="demo-notice" role="alert">
            <p>
              <strong>{ENGINES.find(({ value }) => value === view.engine)?.label} could not be opened.</strong> {client === null ? '' : 'The figures below are those of the other engine. '}
              Check that the demo server is running, then try again.
            </p>
            <button type="button" onClick={retry}>
              Try again
            </button>
          </div>
        )}
        {client === null ? (
          error === null && (
            <p className="demo-opening" role="status">
              {isOpening && view.engine === 'memory' ? 'Loading 9,994 order lines into memory…' : 'Opening the database…'}
            </p>
          )
        ) : (
          <CrmProvider client={client} theme={view.theme} format={format}>
            <KeyFigures request={REQUEST} />
            <div className="demo-columns">
              <RfmGrid
                request={REQUEST}
                headingLevel={2}
                y={view.y}
                onYChange={(y) => change({ y })}
                measure={view.measure}
                onMeasureChange={(measure) => change({ measure })}
                selection={view.selection}
                onSelectionChange={(selection) => change({ selection })}
              />
              <section className="demo-panel" aria-labelledby="segments-title">
                <SegmentList request={REQUEST} selection={view.selection} onSelectionChange={(selection) => change({ selection })} />
              </section>
            </div>
            <CustomerTable
              spec={SPEC}
              columns={COLUMNS}
              selection={view.selection}
              onSelectionChange={(selection) => change({ selection })}
              sort={view.sort}
              onSortChange={(sort) => change({ sort })}
              search={view.search}
              onSearchChange={(search) => change({ search }, 'replace')}
            />
          </CrmProvider>
        )}
      </main>
      <footer className="demo-foot">
        <p>
          Sample data: Tableau Superstore, 9,994 order lines of 793 customers. The grid, the list and the table ask the same engine through one data adapter; the figures are the same in both.
        </p>
      </footer>
    </div>
  )
}
