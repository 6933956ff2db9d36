// `npm start`: installs, builds the packages and the demo, serves the demo until interrupted.
import { endChildrenOnSignals, install, run, turbo } from './lib/process.mjs'

endChildrenOnSignals()
await must('Installing', install({ capture: true }))
await must('Building', run(turbo('run', 'build', '--filter=@crm/demo...', '--output-logs=new-only', '--ui=stream'), { capture: true }))
const server = await run([process.execPath, 'apps/demo/server.mjs', ...process.argv.slice(2)])
process.exitCode = server.code

/** Says what is going on, and shows what a tool printed only if it failed. */
async function must(title, work) {
  console.log(`${title} ...`)
  const { code, output } = await work
  if (code === 0) return
  console.error(output)
  process.exit(code)
}
