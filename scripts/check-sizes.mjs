// Size budgets: what an application downloads, minified for production and gzipped, React excluded. 1 kB = 1,024 bytes.
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { build } from 'esbuild'
import { root } from './lib/process.mjs'

const budgets = [
  { name: '@crm/core/rfm', code: `export * from '@crm/core/rfm'`, kB: 6 },
  { name: 'provider with one hook (with Query)', code: `export { CrmProvider, useRfmGrid } from '@crm/react'`, kB: 15 },
  { name: 'RfmGrid + CustomerTable (with Query, Table, Virtual)', code: `export { CrmProvider, RfmGrid, CustomerTable } from '@crm/react'`, kB: 48 },
  { name: '@crm/react/styles.css', file: 'packages/react/dist/styles.css', kB: 8 },
]

let failures = 0
console.log(`${'gzip'.padStart(9)}  ${'budget'.padStart(7)}  entry`)
for (const { name, kB, code, file } of budgets) {
  try {
    const size = gzipSync(code === undefined ? stylesheet(file) : await bundle(code), { level: 9 }).length / 1024
    const over = size > kB
    if (over) failures++
    console.log(`${size.toFixed(2).padStart(6)} kB  ${String(kB).padStart(4)} kB  ${name}${over ? '   OVER BUDGET' : ''}`)
  } catch (error) {
    failures++
    console.log(`${'missing'.padStart(9)}  ${String(kB).padStart(4)} kB  ${name}   ${error.message}`)
  }
}
process.exitCode = failures > 0 ? 1 : 0

/** Bundles the built packages from where the demo stands, as a consumer. */
async function bundle(code) {
  const { outputFiles } = await build({
    stdin: { contents: code, resolveDir: join(root, 'apps/demo') },
    bundle: true,
    minify: true,
    format: 'esm',
    target: 'es2022',
    platform: 'browser',
    define: { 'process.env.NODE_ENV': '"production"' },
    external: ['react', 'react-dom', 'react/*', 'react-dom/*'],
    legalComments: 'none',
    write: false,
    logLevel: 'silent',
  })
  return outputFiles[0].contents
}

function stylesheet(file) {
  if (!existsSync(join(root, file))) throw new Error(`${file} is not built`)
  return readFileSync(join(root, file))
}
