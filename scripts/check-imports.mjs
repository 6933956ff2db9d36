// Imports point one way. This names the file and line of every import against the arrows:
//   apps, bench, examples, .storybook -> react -> core;  adapter-* -> core;  adapter-testkit -> core;  core -> nothing
// and, within core: topics -> shared, errors, types of adapter;  client -> adapter, shared, errors, topics only on demand in the worker entry.
// It also names every two files that one name leads to: where letter case does not count, an import finds either.
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { builtinModules } from 'node:module'
import { join, posix, relative, resolve, sep } from 'node:path'
import { pathToFileURL } from 'node:url'
import { findImports } from './lib/imports.mjs'
import { root as repository } from './lib/process.mjs'

const sourceFile = /\.(?:[cm]?[jt]sx?|mdx)$/
const skipped = new Set(['node_modules', 'dist', 'storybook-static', '.turbo', 'coverage', 'fixtures'])
const coreFoundation = new Set(['errors', 'shared', 'adapter', 'client'])
const workerEntry = 'packages/core/src/client/workerEntry.ts'

/** Which packages of this repository a package may stand on, by folder name. */
const packageArrows = (folder) => {
  if (folder === 'core') return []
  if (folder === 'react' || folder.startsWith('adapter-')) return ['core']
  return []
}
/** Tests of an adapter run the contract suite; stories and tests of the widgets read real files. */
const testArrows = (folder) => {
  if (folder.startsWith('adapter-')) return ['core', 'adapter-testkit']
  return folder === 'react' ? ['core', 'adapter-csv'] : packageArrows(folder)
}

/**
 * @param {string} root folder of the repository
 * @returns {{ violations: { file: string, line: number, specifier: string, reason: string }[], files: number, imports: number }}
 */
export function checkImports(root) {
  const packages = readPackages(root)
  const violations = []
  let files = 0
  let imports = 0
  const named = new Map()
  for (const file of sourceFiles(root)) {
    files++
    const name = file.replace(sourceFile, '').toLowerCase()
    const twin = named.get(name)
    if (twin === undefined) named.set(name, file)
    else violations.push({ file, line: 1, specifier: twin, reason: 'the two names differ only by letter case or ending: rename one, so that every file system and bundler tells them apart' })
    const text = readFileSync(join(root, file), 'utf8')
    for (const found of file.endsWith('.css') ? findCssImports(text) : findImports(file.endsWith('.mdx') ? onlyMdxImports(text) : text)) {
      imports++
      const reason = against(file, found, packages)
      if (reason !== null) violations.push({ file, line: found.line, specifier: found.specifier ?? '(computed)', reason })
    }
  }
  return { violations, files, imports }
}

/** Why an import breaks an arrow, or null. */
function against(file, found, packages) {
  const from = place(file)
  const { specifier, kind } = found
  if (specifier === null) return from.package === 'core' && !from.isTest ? 'core imports only literal names, so that this check can read them' : null

  if (isRelative(specifier, kind)) {
    const target = posix.normalize(posix.join(posix.dirname(file), specifier.split(/[?#]/)[0]))
    const to = place(target)
    if (to.home !== from.home) {
      if (to.package !== null && from.package === null && /\.stories(?:\.tsx)?$/.test(target)) return null // a page of Storybook names its stories
      if (to.package !== null) return `a relative path into packages/${to.package}: import its public subpath instead`
      if (from.package !== null) return `packages/${from.package} reaches outside itself`
      return null
    }
    return from.package === 'core' && !from.isTest ? againstInCore(from, to, found) : null
  }

  const name = packageName(specifier)
  const target = packages.get(name)
  if (target !== undefined) return againstPackage(from, target, specifier, packages)
  if (from.package === null || from.isTest) return null
  if (from.package === 'core') return 'core imports nothing from outside itself'
  if (isBuiltin(specifier)) return `packages/${from.package} runs in browsers too: no Node modules`
  const own = [...packages.values()].find(({ folder }) => folder === from.package)
  if (own !== undefined && !own.allowed.has(name)) return `${name} is not in the dependencies or peerDependencies of packages/${from.package}`
  return null
}

function againstPackage(from, target, specifier, packages) {
  const subpath = '.' + specifier.slice(target.name.length)
  if (from.package !== null && from.package === target.folder) {
    // A package may name its own public subpaths in tests, stories and workers.
    if (from.package === 'core' && !from.isTest) return 'core imports itself by relative path, so that the wall can see it'
  } else if (from.package !== null) {
    const arrows = from.isTest ? testArrows(from.package) : packageArrows(from.package)
    if (!arrows.includes(target.folder)) {
      const allowed = arrows.length > 0 ? arrows.map((folder) => `packages/${folder}`).join(' and ') : 'no other package'
      return `packages/${from.package} stands on ${allowed}, not on packages/${target.folder}`
    }
  }
  const known = [...packages.values()].find(({ name }) => name === target.name)?.subpaths ?? []
  return known.includes(subpath) ? null : `${specifier} is no public subpath of ${target.name}`
}

/** The walls between the folders of core. */
function againstInCore(from, to, { kind }) {
  if (from.topic === to.topic) return null
  if (from.topic === null || to.topic === null) return 'files of core live in a folder each: shared, errors, adapter, client or a topic'
  const isTopic = (folder) => !coreFoundation.has(folder)
  const types = kind === 'type'
  switch (from.topic) {
    case 'errors':
      return 'errors stands on nothing'
    case 'shared':
      if (to.topic === 'errors' || (to.topic === 'adapter' && types)) return null
      return `shared imports errors and the types of adapter, not ${to.topic}${to.topic === 'adapter' ? ' (use import type)' : ''}`
    case 'adapter':
      return to.topic === 'shared' || to.topic === 'errors' ? null : `adapter imports shared and errors, not ${to.topic}`
    case 'client':
      if (!isTopic(to.topic)) return null
      return from.file === workerEntry && kind === 'dynamic' ? null : `client loads topics on demand, by import() in workerEntry.ts, not here: ${to.topic}`
    default:
      if (to.topic === 'shared' || to.topic === 'errors' || (to.topic === 'adapter' && types)) return null
      if (to.topic === 'adapter') return `topics import only types of adapter (use import type)`
      return `topic ${from.topic} imports shared, errors and the types of adapter, not ${to.topic}`
  }
}

/** Where a file lives: its package (or null), the folder no relative path may leave, and its topic within core. */
function place(file) {
  const parts = file.split('/')
  const inPackage = parts[0] === 'packages' && parts.length > 2
  const inHome = inPackage || parts[0] === 'apps' || parts[0] === 'examples'
  return {
    file,
    package: inPackage ? parts[1] : null,
    home: inHome ? `${parts[0]}/${parts[1]}` : '',
    topic: inPackage && parts[2] === 'src' && parts.length > 4 ? parts[3] : null,
    isTest: /\.(?:test|stories|e2e)(?:-d)?\.[cm]?[jt]sx?$|\.mdx$|\/(?:testing|fixtures|e2e)\/|\/[a-z.]*config\.[cm]?[jt]s$/.test(file),
  }
}

// In `new URL(x, import.meta.url)` a bare name is relative, unless bundlers read it as a package.
const isRelative = (specifier, kind) => /^\.{0,2}\//.test(specifier) || specifier === '.' || specifier === '..' || (kind === 'url' && !specifier.startsWith('@crm/'))
const isBuiltin = (specifier) => specifier.startsWith('node:') || builtinModules.includes(packageName(specifier))
const packageName = (specifier) => specifier.split('/').slice(0, specifier.startsWith('@') ? 2 : 1).join('/').split('?')[0]

function readPackages(root) {
  const packages = new Map()
  for (const folder of folders(join(root, 'packages'))) {
    const path = join(root, 'packages', folder, 'package.json')
    if (!existsSync(path)) continue
    const manifest = JSON.parse(readFileSync(path, 'utf8'))
    const allowed = new Set([...Object.keys(manifest.dependencies ?? {}), ...Object.keys(manifest.peerDependencies ?? {}), ...(manifest.bundledIntoDist ?? [])])
    packages.set(manifest.name, { name: manifest.name, folder, allowed, subpaths: Object.keys(manifest.exports ?? {}) })
  }
  return packages
}

function* sourceFiles(root) {
  for (const top of ['packages', 'apps', 'examples', 'bench', '.storybook']) yield* walk(root, join(root, top))
}

function* walk(root, folder) {
  if (!existsSync(folder)) return
  for (const entry of readdirSync(folder, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const path = join(folder, entry.name)
    if (entry.isDirectory()) {
      if (!skipped.has(entry.name) && !entry.name.startsWith('.wall-')) yield* walk(root, path)
    } else if (sourceFile.test(entry.name) || entry.name.endsWith('.css')) yield relative(root, path).split(sep).join('/')
  }
}

const folders = (path) => (existsSync(path) ? readdirSync(path, { withFileTypes: true }).filter((entry) => entry.isDirectory()).map((entry) => entry.name) : [])

function findCssImports(text) {
  const blank = text.replace(/\/\*[\s\S]*?\*\//g, (comment) => comment.replace(/[^\n]/g, ' '))
  return [...blank.matchAll(/@import\s+(?:url\(\s*)?["']?([^"')\s;]+)/g)].map((match) => ({
    specifier: /^[./@]/.test(match[1]) ? match[1] : `./${match[1]}`,
    kind: 'value',
    line: blank.slice(0, match.index).split('\n').length,
  }))
}

// In a page of documentation only lines that start with import count; the prose around them is no code.
const onlyMdxImports = (text) => text.split('\n').map((line) => (/^import\s.*['"];?\s*$/.test(line) ? line : '')).join('\n')

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const { violations, files, imports } = checkImports(resolve(process.argv[2] ?? repository))
  for (const { file, line, specifier, reason } of violations) console.error(`${file}:${line}  '${specifier}': ${reason}`)
  console.log(`${violations.length} imports and names against the rules, ${imports} imports in ${files} files read`)
  process.exitCode = violations.length > 0 ? 1 : 0
}
