// Code in the documents is code: each TypeScript block is type-checked, run, or equal to a file, as the comment before it says.
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { formatWithOptions } from 'node:util'
import { beforeAll, describe, expect, test, vi } from 'vitest'
import { root, run, tool } from './lib/process.mjs'

const pages = ['README.md', 'CONTRIBUTING.md', ...readdirSync(join(root, 'docs')).filter((name) => name.endsWith('.md')).map((name) => `docs/${name}`)]
const folder = join(root, 'artifacts/docs')
const blocks = pages.flatMap((page) => findBlocks(page, readFileSync(join(root, page), 'utf8')))
const programs = blocks.filter(({ kind }) => kind === 'run' || kind === 'check')

/** Every ts or tsx block, with what the comment before it says and the text block after it. */
function findBlocks(page, text) {
  const pattern = /(?:<!-- (run|check|file)(?::? ?([\s\S]*?))? ?-->\n)?```(tsx?)\n([\s\S]*?)```(?:\n\n```text\n([\s\S]*?)```)?/g
  return [...text.matchAll(pattern)].map(([, kind, note = '', language, code, output], i) => {
    const at = text.indexOf(code)
    return { page, kind, note: note.trim(), code, output, line: text.slice(0, at).split('\n').length, file: join(folder, `${page.replace(/\W/g, '-')}-${i + 1}.${language}`) }
  })
}

beforeAll(async () => {
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder, { recursive: true })
  for (const { file, note, code } of programs) writeFileSync(file, `${note}\n${code}\nexport {}\n`)
  const types = { lib: ['ES2023', 'DOM', 'DOM.Iterable'], jsx: 'react-jsx', types: ['node', 'vite/client'], noUnusedLocals: false }
  writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify({ extends: '../../tsconfig.base.json', compilerOptions: types, include: ['.'] }))
})

describe('documents', () => {
  test('have code to check', () => expect(programs.length).toBeGreaterThan(5))

  test('every block says whether it is run, checked or a file', () => {
    expect(blocks.filter(({ kind }) => kind === undefined).map(({ page, line }) => `${page}:${line}`)).toEqual([])
  })

  test('every block type-checks', async () => {
    const { output } = await run(tool('typescript/bin/tsc', '-p', folder), { capture: true })
    expect(output.replace(/^npm warn.*\n/gm, '')).toBe('')
  }, 120_000)

  for (const { page, line, note, code } of blocks.filter(({ kind }) => kind === 'file')) {
    test(`${page}:${line} is ${note}`, () => expect(code).toBe(readFileSync(join(root, note), 'utf8')))
  }

  for (const { page, line, file, output } of programs.filter(({ kind }) => kind === 'run')) {
    test(`${page}:${line} prints what the page says`, async () => {
      const said = []
      const log = vi.spyOn(console, 'log').mockImplementation((...args) => void said.push(formatWithOptions({ colors: false }, ...args)))
      try {
        await import(/* @vite-ignore */ pathToFileURL(file).href)
      } finally {
        log.mockRestore()
      }
      expect(`${said.join('\n')}\n`).toBe(output ?? '\n')
    }, 60_000)
  }

  test('links lead to files that exist', () => {
    const broken = pages.flatMap((page) =>
      [...readFileSync(join(root, page), 'utf8').matchAll(/(?:\]\(|(?:src|srcset)=")([^)"#:\s]+)/g)]
        .map(([, link]) => resolve(root, dirname(page), link))
        .filter((path) => !existsSync(path))
        .map((path) => `${page}: ${relative(root, path)}`),
    )
    expect(broken).toEqual([])
  })
})

describe('docs/errors.md', () => {
  const source = readFileSync(join(root, 'packages/core/src/errors/codes.ts'), 'utf8')
  const unions = Object.fromEntries([...source.matchAll(/export type (\w+) =([^\n]*\n(?:\s+\|[^\n]*\n)*)/g)].map(([, name, body]) => [name, [...body.matchAll(/'([A-Z_]+)'/g)].map(([, code]) => code)]))
  const text = readFileSync(join(root, 'docs/errors.md'), 'utf8')
  const sections = Object.fromEntries(text.split(/^## /m).slice(1).map((part) => [part.split('\n', 1)[0], [...part.matchAll(/^\| `([A-Z_]+)` \|/gm)].map(([, code]) => code)]))

  test.each([
    ['Wrong input', 'InvalidInputCode'],
    ['Not possible here', 'UnsupportedCode'],
    ['Retrieval failed', 'AdapterErrorCode'],
    ['The data break the contract', 'DataContractCode'],
    ['Warnings', 'WarningCode'],
  ])('"%s" lists each code of %s once, and no other', (section, union) => {
    expect(unions[union].length).toBeGreaterThan(2)
    expect([...sections[section]].sort()).toEqual([...unions[union]].sort())
  })
})
