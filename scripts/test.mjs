// `npm test`: everything, on a machine with only Node and npm. Runs all steps, then fails if any did.
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { stripVTControlCharacters } from 'node:util'
import { ensureChromium, waysToGetChromium } from './chromium.mjs'
import { endChildrenOnSignals, install, root, run, tool, turbo } from './lib/process.mjs'

const logs = join(root, 'artifacts/test')
const script = (name) => [process.execPath, `scripts/${name}.mjs`]
const vitest = (project) => [
  ...tool('vitest/vitest.mjs', 'run', '--project', project, '--reporter=default', '--reporter=json'),
  `--outputFile.json=${join(logs, `${project}.json`)}`,
]
const turboRun = (task) => turbo('run', task, '--output-logs=new-only', '--ui=stream', '--concurrency=2')

/** In order of precedence; two at a time, each after those it names. `project` steps count their tests, others count as one check. */
const steps = [
  { name: 'build', commands: [turboRun('build')] },
  { name: 'unit tests', project: 'unit' },
  { name: 'lint', commands: [tool('oxlint/bin/oxlint', '--deny-warnings')] },
  { name: 'import direction', commands: [script('check-imports')] },
  { name: "core's wall", commands: [script('check-wall')] },
  { name: 'types', commands: [turboRun('typecheck'), tool('typescript/bin/tsc', '-p', 'tsconfig.json')] },
  { name: 'component tests', project: 'browser', browser: true },
  { name: 'story tests', project: 'storybook', browser: true },
  { name: 'end-to-end tests', project: 'e2e', browser: true, after: ['build'] },
  { name: 'packages', commands: [script('check-packages')], after: ['build'] },
  { name: 'React 18.2 and 19', commands: [script('check-react-versions')], browser: true, after: ['build'] },
  { name: 'size budgets', commands: [script('check-sizes')], after: ['build'] },
  { name: 'unused code', commands: [tool('knip/bin/knip.js', '--no-progress', '--no-config-hints')] },
  { name: 'Storybook build', commands: [tool('storybook/dist/bin/dispatcher.js', 'build', '--quiet', '--output-dir', 'storybook-static')] },
]
const stepTimeoutMs = 10 * 60_000

endChildrenOnSignals()
process.chdir(root)
rmSync(logs, { recursive: true, force: true })
mkdirSync(logs, { recursive: true })

const started = Date.now()
const results = []
const installed = await step('install', async () => check(await install({ capture: true, timeoutMs: stepTimeoutMs })))
let chromium = null
if (installed.failed === 0) {
  let lack = waysToGetChromium
  await step('Chromium', async () => {
    chromium = await ensureChromium().catch((error) => {
      lack = error.message
      return null
    })
    return chromium === null ? { passed: 0, failed: 1, note: 'none, see below' } : { passed: 1, failed: 0, note: chromium }
  })
  await runAll(steps.filter(({ browser }) => chromium !== null || !browser))
  if (chromium === null) console.log(`\nNot run: ${steps.filter(({ browser }) => browser).map(({ name }) => name).join(', ')}.\n${lack}`)
}

const failed = results.filter((result) => result.failed > 0)
console.log(failed.length === 0 ? `\nAll ${results.length} steps passed in ${seconds(started)}` : `\nFailed: ${failed.map(({ name }) => name).join(', ')} (${seconds(started)}; output in artifacts/test/)`)
console.log(`${sum('passed')} passed, ${sum('failed')} failed`)
process.exitCode = failed.length > 0 ? 1 : 0

/** Two steps at a time. A step whose forerunner failed is not run and counts as failed. */
async function runAll(pending) {
  const running = new Set()
  pending = [...pending]
  const done = new Map()
  while (pending.length > 0 || running.size > 0) {
    const next = pending.find(({ after = [] }) => after.every((name) => done.has(name)))
    if (next !== undefined && running.size < 2) {
      pending.splice(pending.indexOf(next), 1)
      const broken = (next.after ?? []).find((name) => done.get(name).failed > 0)
      const work = broken === undefined ? () => runStep(next) : async () => ({ passed: 0, failed: 1, note: `not run: ${broken} failed` })
      const promise = step(next.name, work).then((result) => {
        done.set(next.name, result)
        running.delete(promise)
      })
      running.add(promise)
    } else await Promise.race(running)
  }
}

async function runStep({ project, commands = [vitest(project)] }) {
  const env = { NO_COLOR: '1', CI: process.env.CI ?? 'true', ...(chromium === null ? {} : { CRM_CHROMIUM: chromium }) }
  let output = ''
  let code = 0
  for (const command of commands) {
    const result = await run(command, { capture: true, env, timeoutMs: stepTimeoutMs })
    output += result.output
    code ||= result.code
  }
  return project === undefined ? check({ code, output }) : countTests(project, { code, output })
}

function check({ code, output }) {
  return code === 0 ? { passed: 1, failed: 0, output } : { passed: 0, failed: 1, output }
}

/** Counts of a vitest run. A file that could not be loaded and a run that broke down each count as one failure. */
function countTests(project, { code, output }) {
  let passed = 0
  let failed = 0
  let skipped = 0
  try {
    const report = JSON.parse(readFileSync(join(logs, `${project}.json`), 'utf8'))
    passed = report.numPassedTests
    failed = report.numFailedTests + report.testResults.filter(({ status, assertionResults }) => status === 'failed' && assertionResults.every((test) => test.status !== 'failed')).length
    skipped = report.numPendingTests + report.numTodoTests
  } catch {
    failed = 1
  }
  if (code !== 0 && failed === 0) failed = 1
  return { passed, failed, output, note: `${passed} passed${failed > 0 ? `, ${failed} failed` : ''}${skipped > 0 ? `, ${skipped} skipped` : ''}` }
}

/** Runs one step, prints its line, and what it said if it failed. */
async function step(name, work) {
  const from = Date.now()
  let result
  try {
    result = await work()
    if (result.output) result.output = stripVTControlCharacters(result.output)
  } catch (error) {
    result = { passed: 0, failed: 1, output: error.stack }
  }
  results.push({ name, ...result })
  const log = `${name.toLowerCase().replace(/[^a-z0-9]+/g, '-')}.log`
  if (result.output) writeFileSync(join(logs, log), result.output)
  console.log(`${result.failed === 0 ? 'ok  ' : 'FAIL'} ${name.padEnd(18)} ${seconds(from).padStart(8)}  ${result.note ?? ''}`.trimEnd())
  if (result.failed > 0 && result.output) console.log(indent(tail(result.output)))
  return result
}

function tail(output) {
  const lines = output.trimEnd().split('\n')
  return lines.length <= 300 ? lines : ['...', ...lines.slice(-300)]
}

function indent(lines) {
  return lines.map((line) => `     ${line}`).join('\n')
}

function seconds(from) {
  return `${((Date.now() - from) / 1000).toFixed(1)} s`
}

function sum(key) {
  return results.reduce((total, result) => total + result[key], 0)
}
