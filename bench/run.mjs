// `pnpm bench <name>` runs bench/<name>.mjs on the built packages.
import { existsSync, readdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { endChildrenOnSignals, run, turbo } from '../scripts/lib/process.mjs'

const [name, ...rest] = process.argv.slice(2)
const folder = fileURLToPath(new URL('.', import.meta.url))
const isBench = /^[a-z0-9-]+$/.test(name ?? '') && name !== 'run' && existsSync(`${folder}${name}.mjs`)
if (!isBench) {
  const known = readdirSync(folder).filter((file) => /^[a-z0-9-]+\.mjs$/.test(file) && file !== 'run.mjs').map((file) => file.slice(0, -4))
  console.error(`Usage: pnpm bench <name>. ${known.length > 0 ? `Benchmarks: ${known.join(', ')}.` : 'There are no benchmarks yet.'}`)
  process.exit(2)
}

endChildrenOnSignals()
const build = await run(turbo('run', 'build', '--filter=@crm/bench^...', '--output-logs=errors-only', '--ui=stream'))
if (build.code !== 0) process.exit(build.code)
process.exitCode = (await run([process.execPath, '--expose-gc', `${folder}${name}.mjs`, ...rest])).code
