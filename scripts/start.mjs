// `npm start`: installs, builds the packages and the demo, serves the demo until interrupted.
import { endChildrenOnSignals, install, run, turbo } from './lib/process.mjs'

endChildrenOnSignals()
await must('Installing', () => install())
await must('Building', () => run(turbo('run', 'build', '--filter=@crm/demo...', '--output-logs=errors-only', '--ui=stream')))
const server = await run([process.execPath, 'apps/demo/server.mjs', ...process.argv.slice(2)])
process.exitCode = server.code

async function must(title, step) {
  console.log(`${title} ...`)
  const { code } = await step()
  if (code !== 0) process.exit(code)
}
