// Starts the tools of this repository. Only Node and npm are taken for granted: pnpm comes through npx, at the pinned version.
import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'

export const root = fileURLToPath(new URL('../..', import.meta.url)).replace(/[\\/]$/, '')
export const pnpmVersion = '12.21.0'

const isWindows = process.platform === 'win32'
const quiet = { TURBO_TELEMETRY_DISABLED: '1', STORYBOOK_DISABLE_TELEMETRY: '1', DO_NOT_TRACK: '1', npm_config_update_notifier: 'false' }

/** `npx --yes pnpm@<pinned>`: an npm configuration may say `yes=false`, so the flag is never left out. */
export const pnpm = (...args) => ['npx', '--yes', `pnpm@${pnpmVersion}`, ...args]

/** Turbo looks for pnpm on the PATH, which `pnpm exec` provides. */
export const turbo = (...args) => pnpm('exec', 'turbo', ...args)

/** A tool of the root's node_modules, started without a package manager in between. */
export const tool = (path, ...args) => [process.execPath, `${root}/node_modules/${path}`, ...args]

const running = new Set()

/**
 * Runs a command to its end. Resolves with the exit code (or 128 + signal) and, with `capture`, everything it printed.
 * Each captured command leads its own process group, so that a time limit or an interrupt ends its children with it.
 */
export function run([command, ...args], { cwd = root, env = {}, capture = false, timeoutMs = 0 } = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      cwd,
      env: { ...process.env, ...quiet, ...env },
      stdio: capture ? ['ignore', 'pipe', 'pipe'] : 'inherit',
      detached: capture && !isWindows,
      shell: isWindows && command === 'npx',
    })
    const entry = { child, group: capture && !isWindows }
    running.add(entry)
    let output = ''
    let timedOut = false
    child.stdout?.setEncoding('utf8').on('data', (text) => (output += text))
    child.stderr?.setEncoding('utf8').on('data', (text) => (output += text))
    const timer = timeoutMs > 0 ? setTimeout(() => ((timedOut = true), end(entry, 'SIGKILL')), timeoutMs) : undefined
    child.on('error', (error) => {
      clearTimeout(timer)
      running.delete(entry)
      reject(error)
    })
    // Helpers that a command leaves behind in its group (browsers, worker processes) would hold its output open.
    child.on('exit', () => entry.group && end(entry, 'SIGKILL'))
    child.on('close', (code, signal) => {
      clearTimeout(timer)
      running.delete(entry)
      if (timedOut) output += `\nEnded after ${Math.round(timeoutMs / 1000)} s without finishing.\n`
      resolve({ code: code ?? 128 + (signal === 'SIGINT' ? 2 : 15), output })
    })
  })
}

function end({ child, group }, signal) {
  try {
    if (group) process.kill(-child.pid, signal)
    else child.kill(signal)
  } catch {
    // already gone
  }
}

/** On an interrupt or a TERM, ends every started command and leaves with the usual code. */
export function endChildrenOnSignals() {
  const leave = (signal, code) => {
    for (const entry of running) end(entry, entry.group ? 'SIGKILL' : signal)
    process.exit(code)
  }
  process.on('SIGINT', () => leave('SIGTERM', 130))
  process.on('SIGTERM', () => leave('SIGTERM', 143))
  process.on('SIGHUP', () => leave('SIGTERM', 129))
  // A TERM to npm ends npm and its shell, and tells nobody else: notice that the shell is gone.
  const shell = process.ppid
  if (process.env.npm_lifecycle_event !== undefined) setInterval(() => process.ppid !== shell && leave('SIGTERM', 143), 250).unref()
}

/** Installs exactly what the lockfile says. */
export const install = (options) =>
  run(pnpm('install', '--frozen-lockfile', '--prefer-offline'), { ...options, env: { CI: 'true', ...options?.env } })
