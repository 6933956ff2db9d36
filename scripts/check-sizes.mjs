// Size budgets: what an application downloads, minified for production and gzipped, React excluded. 1 kB = 1,024 bytes.
// Files that are imported on demand are counted apart: most pages never ask for them.
import { existsSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { gzipSync } from 'node:zlib'
import { build } from 'esbuild'
import { root } from './lib/process.mjs'

/** A widget alone, with the provider it stands in. */
const widget = (name) => `export { CrmProvider, ${name} } from '@crm/react'`

/**
 * `kB` is what we promise, two percent above what was reached; a run over it fails. Where what users asked for is less,
 * `goal` says so and the line shows it: the promise then only keeps it from growing. `lazy` measures one file that is
 * imported on demand, with all that it alone needs.
 *
 * What stands between a widget and its goal: Query is 10 kB and the provider 2; English words, states and errors in
 * words are 5; what `@crm/core/rfm` asks, reads and selects with is 7; the widget's own files are 7 to 16. The table
 * adds Table and Virtual, 24 kB. A page of several pays for most of that once.
 */
const budgets = [
  // 6 kB with quantiles, thresholds and ranges alone; percentiles, maps by codes and their checks, selections of nested cells are the rest.
  { name: '@crm/core/rfm, what the grid asks with', code: `export { rfmGridOperation, pivotRfmGrid, selectRfmCells } from '@crm/core/rfm'`, kB: 6.9, goal: 6 },
  // The kernels that a page which asks a database never loads: six ways of scoring, presets of maps and their lint, reasons, what-if, the ledger.
  { name: '@crm/core/rfm, everything', code: `export * from '@crm/core/rfm'`, kB: 23.4, goal: 6 },
  { name: '@crm/core/recommend, what a list asks with', code: `export { recommendOperation } from '@crm/core/recommend/operations'`, kB: 1.5 },
  // Eight similarities, five ways to rank, two to predict ratings, filters, reasons, evaluation. A page whose worker computes loads none of it.
  { name: '@crm/core/recommend, everything', code: `export * from '@crm/core/recommend'`, kB: 39.8 },
  { name: '@crm/core/export, everything', code: `export * from '@crm/core/export'`, kB: 2.3 },
  // The parser and what builds columns come on demand, and not at all to a page whose worker reads.
  { name: '@crm/adapter-csv', code: `export * from '@crm/adapter-csv'`, kB: 4.3 },
  { name: 'provider with useOperation (with Query)', code: `export { CrmProvider, useOperation } from '@crm/react'`, kB: 12.3 },
  { name: 'provider with useRfmGrid (with Query and core)', code: `export { CrmProvider, useRfmGrid } from '@crm/react'`, kB: 24.1, goal: 15 },
  { name: 'RfmGrid', code: widget('RfmGrid'), kB: 35.3, goal: 23 },
  { name: 'CustomerTable (with Table and Virtual)', code: widget('CustomerTable'), kB: 55.7, goal: 48 },
  // 66 before the export button, languages, segments named by id, and a selection that is followed through nested scores.
  { name: 'RfmGrid + CustomerTable (with Query, Table, Virtual)', code: widget('RfmGrid, CustomerTable'), kB: 71.3, goal: 48 },
  { name: 'SegmentTable', code: widget('SegmentTable'), kB: 31.8, goal: 23 },
  { name: 'SegmentTreemap', code: widget('SegmentTreemap'), kB: 35.2, goal: 23 },
  // The cube and the borders of what-if are computed in the page, so that a cut point moves without a question.
  { name: 'RfmDistribution', code: widget('RfmDistribution'), kB: 41.3, goal: 23 },
  { name: 'RfmScatter', code: widget('RfmScatter'), kB: 40.2, goal: 23 },
  { name: 'SegmentReason', code: widget('SegmentReason'), kB: 31.8, goal: 23 },
  { name: 'ExportMenu', code: widget('ExportMenu'), kB: 11.6 },
  { name: 'ImportWizard', code: `export { CrmProvider } from '@crm/react'; export { ImportWizard } from '@crm/react/import-wizard'`, kB: 26.5 },
  { name: 'RecommendationList', code: `export { CrmProvider } from '@crm/react'; export { RecommendationList } from '@crm/react/recommend'`, kB: 33.4, goal: 23 },
  { name: 'NeighbourList', code: `export { CrmProvider } from '@crm/react'; export { NeighbourList } from '@crm/react/recommend'`, kB: 33, goal: 23 },
  { name: 'RecommenderScorecard', code: `export { CrmProvider } from '@crm/react'; export { RecommenderScorecard } from '@crm/react/recommend'`, kB: 27.2, goal: 23 },
  { name: 'every widget together', code: `export * from '@crm/react'; export * from '@crm/react/import-wizard'; export * from '@crm/react/recommend'`, kB: 163.8, goal: 90 },
  // One file for all widgets. Cut by widget, the page of grid and table would read 6 kB of it; but then the language of a
  // page turns piece by piece, half in English, and a server must know what a page shows before it loads the words for it.
  { name: 'Simplified Chinese, loaded on use', code: `export { CrmProvider } from '@crm/react'`, lazy: 'messages/zh/index.js', kB: 16.6, goal: 3 },
  { name: '@crm/react/styles.css, all widgets but the wizard', file: 'packages/react/dist/styles.css', kB: 8 },
  { name: '@crm/react/recommend/styles.css', file: 'packages/react/dist/recommend/styles.css', kB: 2.6 },
  { name: '@crm/react/import-wizard/styles.css', file: 'packages/react/dist/import-wizard/styles.css', kB: 2.2 },
]

let failures = 0
console.log(`${'gzip'.padStart(9)}  ${'budget'.padStart(8)}  entry`)
for (const { name, kB, goal, code, lazy, file } of budgets) {
  try {
    const { atOnce, onDemand } = code === undefined ? { atOnce: gzipped(stylesheet(file)), onDemand: 0 } : await measure(code, lazy)
    const size = atOnce / 1024
    const over = size > kB
    const later = onDemand > 0 ? `, and ${(onDemand / 1024).toFixed(2)} kB on demand` : ''
    if (over) failures++
    console.log(`${size.toFixed(2).padStart(6)} kB  ${String(kB).padStart(5)} kB  ${name}${later}${over ? '   OVER BUDGET' : goal < size ? `   (goal ${goal} kB)` : ''}`)
  } catch (error) {
    failures++
    console.log(`${'missing'.padStart(9)}  ${String(kB).padStart(5)} kB  ${name}   ${error.message}`)
  }
}
process.exitCode = failures > 0 ? 1 : 0

/** Bytes of the entry with all it imports, and of the rest; or, of the rest, one file with what it alone needs. */
async function measure(code, lazy) {
  const { outputFiles, metafile } = await bundle(code, await calledImports(code))
  const sizes = new Map(outputFiles.map(({ path, contents }) => [relative(root, path), gzipped(contents)]))
  const sum = (paths) => paths.reduce((total, path) => total + sizes.get(path), 0)
  const startingAt = (file) => {
    const found = new Set(Object.keys(metafile.outputs).filter((path) => metafile.outputs[path].entryPoint?.endsWith(file)))
    for (const path of found) for (const { kind, external, path: next } of metafile.outputs[path].imports) if (kind === 'import-statement' && !external) found.add(next)
    return [...found]
  }
  const atOnce = startingAt('<stdin>')
  const rest = (lazy === undefined ? [...sizes.keys()] : startingAt(lazy)).filter((path) => !atOnce.includes(path))
  if (lazy === undefined) return { atOnce: sum(atOnce), onDemand: sum(rest) }
  if (rest.length === 0) throw new Error(`nothing imports ${lazy} on demand`)
  return { atOnce: sum(rest), onDemand: 0 }
}

/**
 * The files that the code may import on demand. esbuild gives a chunk to every `import()`, also to one in a function
 * that nobody calls, and cuts what is loaded at once into pieces for their sake: a tenth more bytes than Vite makes of
 * the same lines. So these come first, from bundles that leave what is imported on demand outside.
 */
async function calledImports(code) {
  const called = new Set()
  const look = async (contents) => {
    const { metafile } = await bundle(contents, new Set())
    for (const { imports } of Object.values(metafile.outputs)) {
      for (const { kind, path } of imports) {
        if (kind !== 'dynamic-import' || called.has(path)) continue
        called.add(path)
        await look(`export * from ${JSON.stringify(path)}`)
      }
    }
  }
  await look(code)
  return called
}

/** Bundles the built packages from where the demo stands, as a consumer. What is imported on demand stays outside unless it is among `called`. */
function bundle(code, called) {
  return build({
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
    plugins: [{
      name: 'on-demand',
      setup(plugins) {
        plugins.onResolve({ filter: /./ }, async ({ kind, path, importer, resolveDir, pluginData }) => {
          if (kind !== 'dynamic-import' || pluginData === 'resolved') return undefined
          const found = await plugins.resolve(path, { kind, importer, resolveDir, pluginData: 'resolved' })
          return called.has(found.path) ? undefined : { path: found.path, external: true }
        })
      },
    }],
  })
}

function gzipped(contents) {
  return gzipSync(contents, { level: 9 }).length
}

function stylesheet(file) {
  if (!existsSync(join(root, file))) throw new Error(`${file} is not built`)
  return readFileSync(join(root, file))
}
