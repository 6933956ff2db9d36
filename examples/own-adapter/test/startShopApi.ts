import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { DataSchema } from '@crm/core/adapter'

/** What the API holds: a schema, and the rows of each set as objects. */
export interface Shop {
  readonly schema: DataSchema
  readonly rows: Readonly<Record<string, readonly object[]>>
}

export interface ShopApi {
  readonly url: string
  /** Answer everything with this status from now on; null = as usual. */
  fail(status: number | null): void
  requests(): number
  stop(): Promise<void>
}

/** A REST API as many shops have one: a bearer token, JSON objects, errors that say too much. */
export async function startShopApi({ schema, rows }: Shop, token: string): Promise<ShopApi> {
  let failure: number | null = null
  let requests = 0
  const server = createServer((request, response) => {
    requests++
    const send = (status: number, body: unknown): void => void response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
    if (failure !== null) return send(failure, { error: `SELECT * FROM customers WHERE token = '${token}'` })
    if (request.headers.authorization !== `Bearer ${token}`) return send(401, { error: `not ${token}` })
    const name = new URL(request.url ?? '/', 'http://shop').pathname.slice(1)
    if (name === 'schema') return send(200, schema)
    return rows[name] === undefined ? send(404, { error: 'no such set' }) : send(200, rows[name])
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    fail: (status) => void (failure = status),
    requests: () => requests,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}
