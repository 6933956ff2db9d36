import type { DataSchema } from '@crm/core/adapter'
import type { KitData } from '@crm/adapter-testkit'

/** What an API of the page has answered. */
export interface Call {
  readonly path: string
  readonly bytes: number
}

type Send = (url: string, init: { signal: AbortSignal }) => Promise<Response>
type Rows = (set: string) => Promise<readonly object[] | undefined>

/** A `fetch` answered in this page: `schema` and each set as JSON text, as a server would send them. */
export function pageApi(schema: DataSchema, rows: Rows, onCall: (call: Call) => void = () => {}): Send {
  return async (url, { signal }) => {
    signal.throwIfAborted()
    const path = new URL(url).pathname.slice(1)
    const body = path === 'schema' ? schema : await rows(path)
    if (body === undefined) return new Response(null, { status: 404 })
    const text = JSON.stringify(body)
    onCall({ path: `GET /${path}`, bytes: text.length })
    return new Response(text, { headers: { 'content-type': 'application/json' } })
  }
}

/** The data of the contract suite behind such an API. */
export function kitApi({ schema, sets }: KitData): Send {
  return pageApi(schema, async (name) => {
    const set = sets.find((one) => one.name === name)
    return set?.rows.map((row) => Object.fromEntries(set.fields.map((field, i) => [field.name, row[i]])))
  })
}
