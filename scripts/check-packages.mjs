// Checks the built packages as they would be published: `pnpm pack`, then publint --strict and attw on each tarball.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { run, tool } from './lib/process.mjs'
import { packPackages, readTarball } from './lib/tarballs.mjs'

const folder = mkdtempSync(join(tmpdir(), 'packages-'))
let failures = 0
try {
  for (const { name, path } of await packPackages(folder)) {
    const files = readTarball(path)
    report(`${name} contents`, contentProblems(files))
    const publint = await run(tool('publint/src/cli.js', 'run', path, '--strict'), { capture: true })
    report(`${name} publint --strict`, publint.code === 0 ? [] : [publint.output])
    const attw = await run(tool('@arethetypeswrong/cli/dist/index.js', path, '--profile', 'esm-only', '--no-emoji', '--no-color'), { capture: true })
    report(`${name} attw --profile esm-only`, attw.code === 0 ? [] : [attw.output])
  }
} finally {
  rmSync(folder, { recursive: true, force: true })
}
process.exitCode = failures > 0 ? 1 : 0

function report(title, problems) {
  console.log(`${problems.length === 0 ? 'ok  ' : 'FAIL'} ${title}`)
  for (const problem of problems) console.log(problem)
  if (problems.length > 0) failures++
}

function contentProblems(files) {
  const manifest = files.get('package.json')?.toString('utf8') ?? ''
  const problems = []
  if (/"(?:workspace|link|file):/.test(manifest)) problems.push('package.json still names a package of the workspace by its protocol')
  for (const name of files.keys()) {
    if (/\.test\.|\.stories\.|\/testing\/|\.tsbuildinfo$/.test(name)) problems.push(`${name} does not belong into the package`)
  }
  // Every file that the exports name is there, the sources of the @crm/source condition too.
  for (const target of targets(JSON.parse(manifest).exports)) {
    if (!files.has(target.replace(/^\.\//, ''))) problems.push(`exports name ${target}, which is not in the package`)
  }
  return problems
}

function targets(entry) {
  if (typeof entry === 'string') return [entry]
  return Object.values(entry ?? {}).flatMap(targets)
}
