import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { fileURLToPath } from 'node:url'
import { createAdapterEndpoint } from './adapterEndpoint.ts'
import { createStaticFiles } from './staticFiles.ts'
import { createSuperstoreInDuckdb } from './superstoreInDuckdb.ts'

const host = process.env['HOST'] ?? '127.0.0.1'
const wanted = process.env['PORT']

const adapter = await createSuperstoreInDuckdb()
const answerData = createAdapterEndpoint('/api/duckdb', adapter)
const answerFile = createStaticFiles(fileURLToPath(new URL('../client/', import.meta.url)))

const server = createServer((request, response) => {
  answerData(request, response)
    .then((isAnswered) => (isAnswered ? undefined : answerFile(request, response)))
    .catch(() => {
      if (!response.headersSent) response.writeHead(500)
      response.end()
    })
})

server.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EADDRINUSE' && wanted === undefined) {
    server.listen(0, host) // nobody asked for this port: any free one will do
    return
  }
  console.error(error.code === 'EADDRINUSE' ? `Port ${wanted} is in use. Choose another: PORT=0 npm start` : error.message)
  process.exit(1)
})
server.on('listening', () => {
  const { port } = server.address() as AddressInfo
  console.log(`The demo is at http://${host}:${port}`)
})
server.listen(Number(wanted ?? 4173), host)

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => {
    server.close(() => void adapter.close().finally(() => process.exit(0)))
    server.closeAllConnections()
  })
}
