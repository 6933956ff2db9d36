// Size budgets: what an application downloads, minified for production and gzipped, React excluded. 1 kB = 1,024 bytes.
// Files that are imported on demand are counted apart: most pages never ask for them.
import { existsSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { gzipSync } from 'node:zlib'
import { build } from 'esbuild'
import { root } from './lib/process.mjs'

/**
 * `kB` is what we promise; a run over it fails. Where what users asked for is less than what was reached, `goal` says so
 * and the line shows it: the promise then only keeps it from growing. The four libraries under the two widgets (Query,
 * Table, Virtual, visx) are 33 kB alone, and all of `@crm/core/rfm` holds the kernels that a page which asks a
 * database never loads.
 */
const budgets = [
  // 6 kB with quantiles, thresholds and ranges alone; percentiles, maps by codes and selections of nested cells are the rest.
  { name: '@crm/core/rfm, what the grid asks with', code: `export { rfmGridOperation, pivotRfmGrid, selectRfmCells } from '@crm/core/rfm'`, kB: 6.4 },
  { name: '@crm/core/rfm, everything', code: `export * from '@crm/core/rfm'`, kB: 13.6, goal: 6 },
  { name: '@crm/core/export', code: `export * from '@crm/core/export'`, kB: 2.4 },
  { name: 'provider with useOperation (with Query)', code: `export { CrmProvider, useOperation } from '@crm/react'`, kB: 13 },
  { name: 'provider with useRfmGrid (with Query and core)', code: `export { CrmProvider, useRfmGrid } from '@crm/react'`, kB: 23.6, goal: 15 },
  { name: 'RfmGrid + CustomerTable (with Query, Table, Virtual)', code: `export { CrmProvider, RfmGrid, CustomerTable } from '@crm/react'`, kB: 66, goal: 48 },
  { name: '@crm/react/styles.css', file: 'packages/react/dist/styles.css', kB: 8 },
]

let failures = 0
console.log(`${'gzip'.padStart(9)}  ${'budget'.padStart(7)}  entry`)
for (const { name, kB, goal, code, file } of budgets) {
  try {
    const { atOnce, onDemand } = code === undefined ? { atOnce: gzipped(stylesheet(file)), onDemand: 0 } : await bundle(code)
    const size = atOnce / 1024
    const over = size > kB
    const later = onDemand > 0 ? `, and ${(onDemand / 1024).toFixed(2)} kB on demand` : ''
    if (over) failures++
    console.log(`${size.toFixed(2).padStart(6)} kB  ${String(kB).padStart(4)} kB  ${name}${later}${over ? '   OVER BUDGET' : goal < size ? `   (goal ${goal} kB)` : ''}`)
  } catch (error) {
    failures++
    console.log(`${'missing'.padStart(9)}  ${String(kB).padStart(4)} kB  ${name}   ${error.message}`)
  }
}
process.exitCode = failures > 0 ? 1 : 0

/** Bundles the built packages from where the demo stands, as a consumer. Bytes of the entry with all it imports, and of the rest. */
async function bundle(code) {
  const { outputFiles, metafile } = await build({
    stdin: { contents: code, resolveDir: join(root, 'apps/demo') },
    bundle: true,
    splitting: true,
    outdir: root,
    absWorkingDir: root,
    metafile: true,
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
  const entry = Object.keys(metafile.outputs).find((path) => metafile.outputs[path].entryPoint !== undefined && path.endsWith('stdin.js'))
  const atOnce = new Set([entry])
  for (const path of atOnce) {
    for (const found of metafile.outputs[path].imports) if (found.kind === 'import-statement' && !found.external) atOnce.add(found.path)
  }
  const total = { atOnce: 0, onDemand: 0 }
  for (const { path, contents } of outputFiles) total[atOnce.has(relative(root, path)) ? 'atOnce' : 'onDemand'] += gzipped(contents)
  return total
}

function gzipped(contents) {
  return gzipSync(contents, { level: 9 }).length
}

function stylesheet(file) {
  if (!existsSync(join(root, file))) throw new Error(`${file} is not built`)
  return readFileSync(join(root, file))
}
