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
        <span role="status">{run !== null && summaryOf(run)}</span>
      </div>
      {run !== null && (
        <div className="live-groups" tabIndex={0} role="region" aria-label="Checks">
          <table>
            <tbody>
              {run.certificate.checks.map(({ name, outcome }) => (
                <tr key={name}>
                  <th scope="row">{name}</th>
                  <td data-outcome={outcome}>{outcome}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </div>
  )
}

function summaryOf({ certificate: { passed, failed, pending, checks, seed }, isDone }: Run): string {
  if (!isDone) return `${checks.length - pending} of ${checks.length} checks …`
  const notOffered = checks.filter(({ outcome }) => outcome === 'not offered').length
  return `${passed} passed, ${failed} failed, ${notOffered} not offered (seed ${seed})`
}
