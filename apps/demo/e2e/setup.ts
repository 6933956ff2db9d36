import { spawn, type ChildProcess } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import type { TestProject } from 'vitest/node'

declare module 'vitest' {
  interface ProvidedContext {
    /** Address of the running demo, without a slash at its end. */
    address: string
  }
}

const server = fileURLToPath(new URL('../server.mjs', import.meta.url))

/** Starts the demo's server on a free port of the loopback interface, once for all files; ended by its process id. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const child = spawn(process.execPath, [server], {
    env: { ...process.env, HOST: '127.0.0.1', PORT: '0' },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  project.provide('address', await printedAddress(child))
  return () => end(child)
}

function printedAddress(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let output = ''
    const fail = (reason: string): void => {
      child.kill('SIGKILL')
      reject(new Error(`The demo's server ${reason}. It printed:\n${output}`))
    }
    const timer = setTimeout(() => fail('printed no address within 60 s'), 60_000)
    const read = (text: Buffer): void => {
      output += text.toString()
      const address = /http:\/\/(?:127\.0\.0\.1|localhost):\d+/.exec(output)
      if (address === null) return
      clearTimeout(timer)
      resolve(address[0])
    }
    child.stdout?.on('data', read)
    child.stderr?.on('data', read)
    child.once('exit', (code) => {
      clearTimeout(timer)
      fail(`ended with code ${code}`)
    })
  })
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null) return
  const ended = new Promise((resolve) => child.once('exit', resolve))
  child.kill('SIGTERM')
  const timer = setTimeout(() => child.kill('SIGKILL'), 5_000)
  await ended
  clearTimeout(timer)
}
