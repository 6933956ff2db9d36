import type { Selection } from '@crm/core/adapter'
import type { RfmSpec } from '@crm/core/rfm'
import { RfmDistribution, RfmGrid, RfmScatter, SegmentTable, SegmentTreemap, useCrm } from '@crm/react'
import { CustomerTable, type CustomerColumn } from '@crm/react/customer-table'
import type { ProductTexts } from '@crm/react/recommend'
import { Suspense, lazy, useCallback, useMemo, type MouseEvent, type ReactElement } from 'react'
import { KeyFigures } from './KeyFigures.tsx'
import { keptRule, pageSpec } from './pageSpec.ts'
import { ReasonDialog } from './ReasonDialog.tsx'
import { fill, type DemoWords } from './words.ts'
import { writeViewState, type ChangeView, type ViewState } from './viewState.ts'

/** Who looks at segments alone loads no recommender. */
const Offers = lazy(async () => ({ default: (await import('./Offers.tsx')).Offers }))

/** What has room beside the grid. */
const SHARES = ['shareOfCustomers', 'shareOfRevenue'] as const

export interface AnalysisProps {
  /** Up to when, and in which zone. */
  readonly base: Pick<RfmSpec, 'asOf' | 'timeZone'>
  readonly columns?: readonly (string | CustomerColumn)[]
  /** What products are called, where the data call them otherwise. */
  readonly productText?: ProductTexts | undefined
  readonly view: ViewState
  readonly change: ChangeView
  readonly words: DemoWords
}

/** The pages over one shop: the same selection narrows all of them, and all of it lives in the address. */
export function Analysis({ base, columns, productText, view, change, words }: AnalysisProps): ReactElement {
  const { cuts, map, selection, page } = view
  const spec = useMemo(() => pageSpec(base, { cuts, map }), [base, cuts, map])
  const request = useMemo(() => ({ spec }), [spec])
  const select = useCallback((next: Selection | null) => change({ selection: next }), [change])
  const openCustomer = useCallback((customer: string) => change({ customer }), [change])
  const names: Readonly<Record<string, string>> = useCrm().messages.rfmDistribution.maps
  const what = [cuts === null ? null : words.ownCuts, map === 'plain' ? null : fill(words.ownMap, { map: names[map] ?? map })].filter((part) => part !== null)
  return (
    <>
      <nav className="demo-pages" aria-label={words.pages}>
        {(['overview', 'cuts', 'map', 'offers'] as const).map((name) => (
          <a key={name} href={writeViewState({ ...view, page: name }) || '/'} aria-current={name === page ? 'page' : undefined} onClick={(event) => follow(event, () => change({ page: name }))}>
            {{ overview: words.pageOverview, cuts: words.pageCuts, map: words.pageMap, offers: words.pageOffers }[name]}
          </a>
        ))}
      </nav>
      {what.length > 0 && (
        <div className="demo-notice" data-kind="rule" role="status">
          <p>{fill(words.ownRule, { what: what.join(words.and) })}</p>
          <button type="button" onClick={() => change({ cuts: null, map: 'plain', selection: null })}>
            {words.ownRuleBack}
          </button>
        </div>
      )}
      {page !== 'offers' && <KeyFigures request={request} words={words} />}
      {page === 'overview' && (
        <div className="demo-columns">
          <RfmGrid
            request={request}
            headingLevel={2}
            y={view.y}
            onYChange={(y) => change({ y })}
            measure={view.measure}
            onMeasureChange={(measure) => change({ measure })}
            selection={selection}
            onSelectionChange={select}
          />
          <SegmentTable request={request} headingLevel={2} columns={SHARES} selection={selection} onSelectionChange={select} />
        </div>
      )}
      {page === 'cuts' && <RfmDistribution request={request} headingLevel={2} onSave={(saved) => change({ ...keptRule(saved), selection: null })} />}
      {page === 'map' && (
        <div className="demo-columns">
          <SegmentTreemap request={request} headingLevel={2} selection={selection} onSelectionChange={select} />
          <RfmScatter request={request} headingLevel={2} selection={selection} onSelectionChange={select} />
        </div>
      )}
      {page === 'offers' && (
        <Suspense fallback={<p className="demo-opening" role="status">…</p>}>
          <Offers spec={spec} productText={productText} view={view} change={change} words={words} />
        </Suspense>
      )}
      {(page === 'overview' || page === 'map') && (
        <CustomerTable
          spec={spec}
          headingLevel={2}
          {...(columns ? { columns } : {})}
          selection={selection}
          onSelectionChange={select}
          sort={view.sort}
          onSortChange={(sort) => change({ sort })}
          search={view.search}
          onSearchChange={(search) => change({ search }, 'replace')}
          onRowOpen={openCustomer}
        />
      )}
      <ReasonDialog
        customerId={view.customer}
        request={request}
        words={words}
        onClose={() => change({ customer: null })}
        onOffers={(person) => change({ customer: null, page: 'offers', person })}
      />
    </>
  )
}

/** A plain click stays on the page; any other opens the address as the visitor wishes. */
function follow(event: MouseEvent, go: () => void): void {
  if (event.metaKey || event.ctrlKey || event.shiftKey || event.button !== 0) return
  event.preventDefault()
  go()
}
