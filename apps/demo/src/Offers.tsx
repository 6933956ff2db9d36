import { customersOperation, type CustomersRequest } from '@crm/core/customers'
import type { PreferenceSpec, RecommendFilters, RecommendStrategy } from '@crm/core/recommend'
import { backTestOperation } from '@crm/core/recommend/operations'
import type { RfmSpec } from '@crm/core/rfm'
import { useOperation } from '@crm/react'
import { CustomerTable } from '@crm/react/customer-table'
import { NeighbourList, RecommendationList, RecommenderScorecard, createWebStore, type ProductTexts } from '@crm/react/recommend'
import '@crm/react/recommend/styles.css'
import { useCallback, useId, useMemo, type ReactElement } from 'react'
import { useSchema } from './useSchema.ts'
import type { ChangeView, ViewState } from './viewState.ts'
import { fill, type DemoWords } from './words.ts'

/** The names are made up, or those of a public sample: they may be shown. */
const CHOOSER = ['name', 'lastDay', 'revenue']
/** Own purchases alone, the recent ones first. */
const AGAIN: RecommendStrategy = { kind: 'buyAgain', halfLifeDays: 90 }
const OWN: RecommendFilters = { bought: 'include', inStock: true }
const NEW: RecommendFilters = { bought: 'exclude', inStock: true }

/** What was taken and what was waved away stays in this browser. */
const reactions = createWebStore()

export interface OffersProps {
  readonly spec: RfmSpec
  readonly productText: ProductTexts | undefined
  readonly view: ViewState
  readonly change: ChangeView
  readonly words: DemoWords
}

/** What to offer one customer next, why, who is like them, and whether such offers would have worked. */
export function Offers({ spec, productText, view, change, words }: OffersProps): ReactElement {
  const { strategy } = view
  const schema = useSchema()
  const preferences = useMemo<PreferenceSpec>(() => ({ from: 'transactions', asOf: spec.asOf }), [spec.asOf])
  const person = usePerson(spec, view.person)
  const heading = useId()
  const backTest = useMemo(() => ({ preferences }), [preferences])
  // The scorecard below asks the same: one run serves both.
  const verdict = useOperation(backTestOperation, backTest).answer?.data.verdict
  const open = useCallback((id: string) => change({ person: id }), [change])
  const hasProducts = schema?.sets.some(({ name, fields }) => name === 'transactions' && fields.some((field) => field.name === 'productId')) ?? true
  if (!hasProducts) return <p className="demo-opening">{words.offersNoProducts}</p>
  return (
    <>
      <div className="demo-columns" data-kind="offers">
        <CustomerTable
          spec={spec}
          headingLevel={2}
          columns={CHOOSER}
          sort={view.sort}
          onSortChange={(sort) => change({ sort })}
          search={view.search}
          onSearchChange={(search) => change({ search }, 'replace')}
          onRowOpen={open}
        />
        <section className="demo-person" aria-labelledby={heading}>
          <div className="demo-person-head">
            <h2 id={heading}>{person.name === null ? words.offersForNobody : fill(words.offersFor, { name: person.name })}</h2>
            <p>{words.offersPick}</p>
          </div>
          {strategy !== null && (
            <div className="demo-notice" data-kind="rule" role="status">
              <p>{words.offersStrategy}</p>
              <button type="button" onClick={() => change({ strategy: null })}>
                {words.offersStrategyBack}
              </button>
            </div>
          )}
          {person.id !== null && (
            <>
              <RecommendationList
                customerId={person.id}
                preferences={preferences}
                filters={NEW}
                {...(strategy === null ? {} : { strategy })}
                productText={productText}
                verdict={verdict}
                title={words.offersNew}
                headingLevel={3}
                limit={5}
                store={reactions}
              />
              {/* What is bought again is never new: each list keeps what was done with its own. */}
              <RecommendationList
                customerId={person.id}
                preferences={preferences}
                filters={OWN}
                strategy={AGAIN}
                fill="none"
                productText={productText}
                title={words.offersAgain}
                headingLevel={3}
                layout="carousel"
                limit={6}
                store={reactions}
                storeKey={`again/${person.id}`}
              />
            </>
          )}
        </section>
      </div>
      <RecommenderScorecard request={backTest} headingLevel={2} strategy={strategy} onChoose={(chosen) => change({ strategy: chosen })} />
      {person.id !== null && <NeighbourList request={{ over: 'customers', id: person.id, preferences: { ...preferences, timeZone: spec.timeZone }, limit: 10 }} headingLevel={2} showsPersonalNames onOpen={open} />}
    </>
  )
}

/** Whose offers are shown: the one asked for, else the customer with the highest revenue. */
function usePerson(spec: RfmSpec, asked: string | null): { readonly id: string | null; readonly name: string | null } {
  const hasName = useSchema()?.sets.some(({ name, fields }) => name === 'customers' && fields.some((field) => field.name === 'name')) ?? false
  const request = useMemo<CustomersRequest>(
    () => ({
      spec,
      select: hasName ? ['customerId', 'name'] : ['customerId'],
      ...(asked === null ? {} : { filter: { op: 'eq', field: 'customerId', value: asked } }),
      order: [{ field: 'revenue', direction: 'descending', nulls: 'last' }],
      limit: 1,
    }),
    [spec, asked, hasName],
  )
  const { answer, isStale } = useOperation(customersOperation, request)
  const page = answer?.data
  const textOf = (place: number): string | null => {
    const column = page?.columns[place]?.column
    return column?.kind === 'text' ? (column.dictionary[column.codes[0] ?? -1] ?? null) : null
  }
  const id = asked ?? textOf(0)
  // While another customer is looked up, the page still holds the one before.
  return { id, name: isStale && textOf(0) !== id ? null : (textOf(1) ?? id) }
}
