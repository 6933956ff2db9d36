import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, describe, expect, test } from 'vitest'
import { checkImports } from './check-imports.mjs'
import { findImports } from './lib/imports.mjs'

const manifests = {
  'packages/core/package.json': { name: '@crm/core', exports: { './rfm': {}, './adapter': {}, './worker-entry': {} } },
  'packages/react/package.json': { name: '@crm/react', exports: { '.': {} }, dependencies: { '@crm/core': '*' }, peerDependencies: { react: '*' } },
  'packages/adapter-sql/package.json': { name: '@crm/adapter-sql', exports: { './duckdb': {} }, dependencies: { '@crm/core': '*' } },
  'packages/adapter-csv/package.json': { name: '@crm/adapter-csv', exports: { '.': {} }, dependencies: { '@crm/core': '*' } },
  'packages/adapter-testkit/package.json': { name: '@crm/adapter-testkit', exports: { '.': {} }, dependencies: { '@crm/core': '*' } },
}
const made = []
afterEach(() => made.splice(0).forEach((folder) => rmSync(folder, { recursive: true })))

/** What the check says of a repository of these source files. */
function check(sources) {
  const root = mkdtempSync(join(tmpdir(), 'imports-'))
  made.push(root)
  const files = { ...Object.fromEntries(Object.entries(manifests).map(([path, json]) => [path, JSON.stringify(json)])), ...sources }
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(join(root, dirname(path)), { recursive: true })
    writeFileSync(join(root, path), content)
  }
  return checkImports(root).violations
}

/** A repository of one source file; answers what the check says of it, as `line reason`. */
function verdict(file, text) {
  const violations = check({ [file]: text })
  expect(violations.every((violation) => violation.file === file)).toBe(true)
  return violations.map(({ line, reason }) => `${line} ${reason}`)
}

const rfm = 'packages/core/src/rfm/scoreRfm.ts'
const shared = 'packages/core/src/shared/columns.ts'
const adapter = 'packages/core/src/adapter/memory.ts'
const client = 'packages/core/src/client/createClient.ts'
const worker = 'packages/core/src/client/workerEntry.ts'
const widget = 'packages/react/src/rfm-grid/RfmGrid.tsx'
const duckdb = 'packages/adapter-sql/src/duckdb/index.ts'

describe('checkImports names an import against the arrows', () => {
  test.each([
    ['core imports React', rfm, `\n\nimport React from 'react'`, /^3 core imports nothing/],
    ['core imports React for its effects only', rfm, `import 'react'`, /^1 core imports nothing/],
    ['core imports Node', shared, `import { readFile } from 'node:fs/promises'`, /^1 core imports nothing/],
    ['core imports a type of a package', shared, `import type { A } from 'apache-arrow'`, /^1 core imports nothing/],
    ['core brings in types by a directive', shared, `/// <reference types="node" />`, /^1 core imports nothing/],
    ['core imports on demand by a computed name', worker, `export const load = (name: string) => import(name)`, /^1 core imports only literal names/],
    ['core imports the React package', rfm, `import { CrmProvider } from '@crm/react'`, /not on packages\/react/],
    ['core imports itself by name', rfm, `import { x } from '@crm/core/adapter'`, /^1 core imports itself by relative path/],
    ['a test of core imports the React package', 'packages/core/src/rfm/scoreRfm.test.ts', `import '@crm/react'`, /not on packages\/react/],
    ['a topic imports another topic', rfm, `import { fitTree } from '../tree/index.ts'`, /^1 topic rfm imports shared, errors/],
    ['a topic re-exports another topic', rfm, `export * from '../customers/index.ts'`, /^1 topic rfm/],
    ['a topic imports a value of the adapter', rfm, `import { createMemoryAdapter } from '../adapter/index.ts'`, /^1 topics import only types/],
    ['a topic imports the client', rfm, `import type { Client } from '../client/index.ts'`, /^1 topic rfm/],
    ['shared imports a topic', shared, `import type { Rfm } from '../rfm/index.ts'`, /^1 shared imports errors/],
    ['shared imports a value of the adapter', shared, `import { x } from '../adapter/index.ts'`, /use import type/],
    ['errors imports shared', 'packages/core/src/errors/codes.ts', `import { x } from '../shared/x.ts'`, /^1 errors stands on nothing/],
    ['the adapter imports the client', adapter, `import { x } from '../client/index.ts'`, /^1 adapter imports shared and errors/],
    ['the client imports a topic', client, `import { rfmGridOperation } from '../rfm/index.ts'`, /^1 client loads topics on demand/],
    ['the client loads a topic outside its worker entry', client, `const m = await import('../rfm/index.ts')`, /^1 client loads topics on demand/],
    ['the worker entry imports a topic at once', worker, `import { x } from '../rfm/index.ts'`, /^1 client loads topics on demand/],
    ['a file of core lies outside every folder', 'packages/core/src/index.ts', `export * from './rfm/index.ts'`, /^1 files of core live in a folder/],
    ['React imports an adapter', widget, `import { x } from '@crm/adapter-sql/duckdb'`, /^1 packages\/react stands on packages\/core/],
    ['React imports an adapter in a story', 'packages/react/src/rfm-grid/RfmGrid.stories.tsx', `import '@crm/adapter-sql/duckdb'`, /stands on packages\/core/],
    ['React imports the reader of files outside a story', widget, `import { createCsvImporter } from '@crm/adapter-csv'`, /^1 packages\/react stands on packages\/core, not/],
    ['React imports core by a path', widget, `import { x } from '../../../core/src/rfm/index.ts'`, /^1 a relative path into packages\/core/],
    ['React names a file of core by URL', widget, `new Worker(new URL('../../../core/src/client/workerEntry.ts', import.meta.url))`, /a relative path into packages\/core/],
    ['React imports what core does not publish', widget, `import { x } from '@crm/core/shared'`, /^1 @crm\/core\/shared is no public subpath/],
    ['React imports Node', widget, `import { join } from 'path'`, /no Node modules/],
    ['React imports an undeclared package', widget, `import _ from 'lodash'`, /^1 lodash is not in the dependencies/],
    ['an adapter imports React', duckdb, `import { useMemo } from 'react'`, /^1 react is not in the dependencies/],
    ['an adapter imports the React package', duckdb, `import { x } from '@crm/react'`, /^1 packages\/adapter-sql stands on packages\/core/],
    ['an adapter imports the test kit outside a test', duckdb, `import { x } from '@crm/adapter-testkit'`, /not on packages\/adapter-testkit/],
    ['the test kit imports an adapter', 'packages/adapter-testkit/src/index.ts', `import { x } from '@crm/adapter-sql/duckdb'`, /not on packages\/adapter-sql/],
    ['the test kit imports a runner', 'packages/adapter-testkit/src/index.ts', `import { test } from 'vitest'`, /vitest is not in the dependencies/],
    ['an app imports a package by a path', 'apps/demo/src/main.tsx', `import { x } from '../../../packages/react/src/index.ts'`, /^1 a relative path into packages\/react/],
    ['an app imports what a package does not publish', 'apps/demo/src/main.tsx', `import { x } from '@crm/react/src/index.ts'`, /no public subpath/],
    ['a benchmark imports what a package does not publish', 'bench/rfm.mjs', `import { x } from '@crm/core/shared'`, /no public subpath/],
    ['a package reaches into the tools', widget, `import { x } from '../../../../scripts/x.mjs'`, /reaches outside itself/],
    ['a stylesheet imports across packages', 'packages/react/src/styles.css', `/* x */\n@import '../../core/src/x.css';`, /^2 a relative path into packages\/core/],
  ])('%s', (_, file, text, expected) => {
    const found = verdict(file, text)
    expect(found).toHaveLength(1)
    expect(found[0]).toMatch(expected)
  })
})

describe('checkImports lets pass what the arrows allow', () => {
  test.each([
    ['a topic on shared, errors and types of adapter', rfm, `import { a } from '../shared/a.ts'\nimport { E } from '../errors/index.ts'\nimport type { Expr } from '../adapter/index.ts'\nimport { b } from './b.ts'`],
    ['shared on types of adapter', shared, `import type { Column } from '../adapter/index.ts'`],
    ['the client on adapter, shared and errors', client, `import { a } from '../adapter/index.ts'\nimport { b } from '../shared/b.ts'\nimport { c } from '../errors/index.ts'`],
    ['the worker entry on a topic on demand', worker, `const load = { rfm: () => import('../rfm/index.ts') }`],
    ['a test on another topic and on the runner', 'packages/core/src/rfm/scoreRfm.test.ts', `import { test } from 'vitest'\nimport { x } from '../customers/index.ts'\nimport { readFileSync } from 'node:fs'`],
    ['React on core, its peers and the worker', widget, `import { useMemo } from 'react'\nimport { x } from '@crm/core/rfm'\nnew Worker(new URL('@crm/core/worker-entry', import.meta.url))`],
    ['a test of an adapter on the test kit', 'packages/adapter-sql/src/duckdb/duckdb.test.ts', `import { describeDataAdapter } from '@crm/adapter-testkit'`],
    ['a story of the widgets on the reader of files', 'packages/react/src/import-wizard/ImportWizard.stories.tsx', `import { createCsvImporter } from '@crm/adapter-csv'`],
    ['an app on public subpaths', 'apps/demo/src/main.tsx', `import { x } from '@crm/react'\nimport { y } from '@crm/adapter-sql/duckdb'\nimport './main.css'`],
    ['a page of Storybook on a story', '.storybook/pages/start.mdx', `import * as Grid from '../../packages/react/src/rfm-grid/RfmGrid.stories'\n\nLet us import x from 'nowhere' in prose`],
    ['code in comments and strings', rfm, `// import 'react'\n/** @example import { x } from 'react' */\nconst a = "import 'react'"; const b = \`import 'react' \${"'"}\`; const c = /['"]import 'react'/`],
  ])('%s', (_, file, text) => {
    expect(verdict(file, text)).toEqual([])
  })
})

describe('checkImports names two files that one name leads to', () => {
  const beside = (...names) => check(Object.fromEntries(names.map((name) => [`packages/react/src/rfm-grid/${name}`, ''])))

  test.each([
    ['a component and a function', 'RfmGridExport.tsx', 'rfmGridExport.ts'],
    ['a page and a module', 'Tokens.mdx', 'tokens.ts'],
    ['a script of the same name', 'rfmGridExport.mjs', 'rfmGridExport.ts'],
  ])('%s', (_, ...names) => {
    const found = beside(...names)
    expect(found).toHaveLength(1)
    expect([found[0].file, found[0].specifier].map((path) => path.replace('packages/react/src/rfm-grid/', '')).sort()).toEqual(names.sort())
    expect(found[0].reason).toMatch(/letter case/)
  })

  test('a stylesheet, a test and a story may carry the name of what they belong to', () => {
    expect(beside('RfmGrid.tsx', 'RfmGrid.css', 'RfmGrid.test.tsx', 'RfmGrid.stories.tsx', 'useRfmGrid.ts')).toEqual([])
  })
})

describe('findImports', () => {
  test('reads every form, with its line', () => {
    const text = [
      `import a, { b as c } from 'one'`,
      `import type { D } from 'two'`,
      `import type from 'three'`,
      `export { e }`,
      `import * as f from "four"`,
      `export * as g from 'five'`,
      `export type { H } from 'six'`,
      `import {`,
      `  i,`,
      `  type J,`,
      `} from 'seven' with { type: 'json' }`,
      `const k = await import(/* chunk */ 'eight'), l = import(name), m = require('nine')`,
      `const n = <p>Don't { /* a quote */ load() }</p>; import("ten")`,
      `const o = \`\${await import('eleven')} import 'x' \${{ p: { q: 1 } }}\``,
      `const r = import.meta.url, s = t.import('x'), u = new URL('./v.ts', import.meta.url)`,
      `import 'twelve'`,
    ].join('\n')
    expect(findImports(text).map(({ specifier, kind, line }) => `${line} ${kind} ${specifier}`)).toEqual([
      '1 value one', '2 type two', '3 value three', '5 value four', '6 value five', '7 type six', '8 value seven',
      '12 dynamic eight', '12 dynamic null', '12 value nine', '13 dynamic ten', '14 dynamic eleven', '15 url ./v.ts', '16 bare twelve',
    ])
  })
})
