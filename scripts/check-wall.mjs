// Proves that core's wall stands: each probe below must fail to compile under packages/core/tsconfig.json, and plain code must compile.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { root, run, tool } from './lib/process.mjs'

const mustFail = {
  'import of React': `import React from 'react'\nexport const x = React`,
  'import of types of React': `import type { ReactNode } from 'react'\nexport type X = ReactNode`,
  'import of Node': `import fs from 'node:fs'\nexport const x = fs`,
  'import of Node without its prefix': `import { join } from 'path'\nexport const x = join`,
  'import on demand': `export const x: unknown = await import('react')`,
  're-export of a package': `export * from 'react'`,
  window: `export const x: unknown = window.location`,
  document: `export const x: unknown = document.body`,
  'globalThis.document': `export const x: unknown = globalThis.document`,
  fetch: `export const x: unknown = fetch('/')`,
  localStorage: `export const x: unknown = localStorage`,
  console: `console.log(1)\nexport {}`,
  process: `export const x: unknown = process.env`,
  Buffer: `export const x: unknown = Buffer.from('')`,
  require: `export const x: unknown = require('node:fs')`,
  Worker: `export const x: unknown = new Worker('')`,
  'an unchecked index': `const a: number[] = []\nexport const x: number = a[0]`,
}
const mustPass = `export const x: number = Math.max(...new Set([1, 2]))\nexport const stop = (signal: AbortSignal): void => signal.throwIfAborted()\n`

const folder = mkdtempSync(join(root, 'packages/core/.wall-'))
try {
  const names = Object.keys(mustFail)
  writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify({ extends: '../tsconfig.json', include: ['*.ts', '../src/host.d.ts'], exclude: [] }))
  writeFileSync(join(folder, 'plain.ts'), mustPass)
  names.forEach((name, i) => writeFileSync(join(folder, `probe${i}.ts`), `${mustFail[name]}\n`))

  const { output } = await run(tool('typescript/bin/tsc', '-p', folder, '--pretty', 'false'), { capture: true })
  const failed = new Set([...output.matchAll(/(\w+)\.ts\(\d+,\d+\): error TS\d+/g)].map((match) => match[1]))
  const holes = names.filter((_, i) => !failed.has(`probe${i}`)).map((name) => `compiles in core, and must not: ${name}`)
  if (failed.has('plain')) holes.push('plain code does not compile in core')
  if (holes.length > 0) console.error(`${holes.join('\n')}\n${output}`)
  else console.log(`${names.length} probes fail to compile in core, as they must`)
  process.exitCode = holes.length > 0 ? 1 : 0
} finally {
  rmSync(folder, { recursive: true, force: true })
}
