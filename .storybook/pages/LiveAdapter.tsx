import { createClient } from '@crm/core/client'
import { CrmProvider, RfmGrid } from '@crm/react'
import { useEffect, useState, type ReactElement } from 'react'
import { createRestAdapter } from '../../examples/own-adapter/src/createRestAdapter.ts'
import type { CrmGlobals } from '../withGround.tsx'
import { pageApi, type Call } from './pageApi.ts'
import { SUPERSTORE_SPEC, superstoreRows, superstoreSchema } from './superstore.ts'
import './pages.css'

const FORMAT = { locale: 'en-US' }
const REQUEST = { spec: SUPERSTORE_SPEC }

/** A grid over the adapter of the page, with the calls it made. */
export function LiveAdapter({ theme, density, direction }: CrmGlobals): ReactElement {
  const [calls, setCalls] = useState<readonly Call[]>([])
  const [client, setClient] = useState<ReturnType<typeof createClient> | null>(null)
  useEffect(() => {
    const rowsOf = async (set: string) => (await superstoreRows())[set as 'customers' | 'transactions']
    const send = pageApi(superstoreSchema, rowsOf, (call) => setCalls((known) => [...known, call]))
    const adapter = createRestAdapter('https://api.shop.example', send)
    const made = createClient(adapter)
    setClient(made)
    return () => {
      setCalls([])
      made.close()
      void adapter.close()
    }
  }, [])
  return (
    <div className="live">
      {client !== null && (
        <CrmProvider client={client} theme={theme} density={density} direction={direction} format={FORMAT}>
          <RfmGrid request={REQUEST} />
        </CrmProvider>
      )}
      <ul className="live-calls" aria-label="Calls of the API">
        {calls.map(({ path, bytes }, i) => (
          <li key={i}>
            <code>{path}</code> <span>{(bytes / 1000).toLocaleString('en', { maximumFractionDigits: 1 })} kB</span>
          </li>
        ))}
      </ul>
    </div>
  )
}
