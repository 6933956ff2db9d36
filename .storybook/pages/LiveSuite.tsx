import { describeDataAdapter, type Certificate } from '@crm/adapter-testkit'
import { useEffect, useRef, useState, type ReactElement } from 'react'
import { createRestAdapter } from '../../examples/own-adapter/src/createRestAdapter.ts'
import { kitApi } from './pageApi.ts'
import './pages.css'

interface Run {
  readonly certificate: Certificate
  readonly isDone: boolean
}

/** Runs the contract suite in this page against the adapter above it. */
export function LiveSuite({ requests = 200 }: { readonly requests?: number }): ReactElement {
  const [run, setRun] = useState<Run | null>(null)
  const life = useRef({ isOver: false })
  useEffect(() => {
    const here = { isOver: false }
    life.current = here
    return () => void (here.isOver = true)
  }, [])

  async function start(): Promise<void> {
    const here = life.current
    const suite = describeDataAdapter({ name: 'REST API', requests, create: (data) => createRestAdapter('https://kit.example', kitApi(data)) })
    const show = (isDone: boolean): void => setRun({ certificate: suite.certificate(), isDone })
    show(false)
    try {
      for (const check of suite.checks) {
        await check.run().catch(() => {}) // the certificate has the outcome
        if (here.isOver) return
        show(false)
      }
    } finally {
      await suite.close()
    }
    show(true)
  }

  return (
    <div className="live">
      <div className="live-suite">
        <button type="button" disabled={run !== null && !run.isDone} onClick={() => void start()}>
          Run the contract suite here
        </button>
        <output>{run !== null && summaryOf(run)}</output>
      </div>
      {run !== null && <Groups certificate={run.certificate} />}
    </div>
  )
}

/** How far each group of checks is, and the checks that failed. */
function Groups({ certificate: { checks } }: Pick<Run, 'certificate'>): ReactElement {
  const groupOf = ({ name }: { readonly name: string }): string => name.slice(0, name.indexOf(':'))
  const groups = [...new Set(checks.map(groupOf))]
  return (
    <table className="live-groups">
      <tbody>
        {groups.map((group) => {
          const inside = checks.filter((check) => groupOf(check) === group)
          const count = (outcome: string) => inside.filter((check) => check.outcome === outcome).length
          return (
            <tr key={group}>
              <th scope="row">{group}</th>
              <td>
                {count('passed')} passed{count('not offered') > 0 && `, ${count('not offered')} not offered`}
                {inside
                  .filter(({ outcome }) => outcome === 'failed')
                  .map(({ name }) => (
                    <div key={name} data-outcome="failed">
                      failed: {name}
                    </div>
                  ))}
              </td>
              <td>{count('pending') > 0 ? `${count('pending')} to come` : ''}</td>
            </tr>
          )
        })}
      </tbody>
    </table>
  )
}

function summaryOf({ certificate: { checks, seed }, isDone }: Run): string {
  const count = (outcome: string): number => checks.filter((check) => check.outcome === outcome).length
  if (!isDone) return `${checks.length - count('pending')} of ${checks.length} checks …`
  return `${count('passed')} passed, ${count('failed')} failed, ${count('not offered')} not offered (seed ${seed})`
}
