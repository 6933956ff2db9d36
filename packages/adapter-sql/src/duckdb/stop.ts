import type { CallContext } from '@crm/core/adapter'
import { AdapterError } from '@crm/core/errors'

/** setTimeout holds 31 bits; a deadline further away is looked at again. */
const LONGEST_TIMER_MS = 2_000_000_000

/** What ends a call early: its signal, its deadline, or the closing of the adapter. */
export class Stop {
  #isStopped = false
  #reason: unknown = undefined
  #listeners = new Set<() => void>()
  #timer: ReturnType<typeof setTimeout> | undefined
  readonly #context: CallContext
  readonly #onAbort: () => void

  constructor(context: CallContext) {
    this.#context = context
    const { signal } = context
    this.#onAbort = () => this.stop(signal.reason)
    if (signal.aborted) this.stop(signal.reason)
    else signal.addEventListener('abort', this.#onAbort, { once: true })
    this.#watchDeadline()
  }

  throwIfStopped(): void {
    if (this.#isStopped) throw this.#reason
  }

  stop(reason: unknown): void {
    if (this.#isStopped) return
    this.#isStopped = true
    this.#reason = reason
    for (const listener of [...this.#listeners]) listener()
    this.#listeners.clear()
  }

  /** Calls back when stopped, at once if it already is. The answer takes the listener back. */
  onStop(listener: () => void): () => void {
    if (this.#isStopped) listener()
    else this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  /** Settles as `work` does, or rejects with the reason of the stop, whichever is first. */
  race<T>(work: Promise<T>): Promise<T> {
    return new Promise((resolve, reject) => {
      const forget = this.onStop(() => reject(this.#reason))
      work.then(
        (value) => {
          forget()
          resolve(value)
        },
        (error: unknown) => {
          forget()
          reject(error)
        },
      )
    })
  }

  /** Lets go of the signal and the timer. */
  end(): void {
    this.#context.signal.removeEventListener('abort', this.#onAbort)
    clearTimeout(this.#timer)
    this.#listeners.clear()
  }

  #watchDeadline(): void {
    const { deadlineAt } = this.#context
    if (deadlineAt === undefined || this.#isStopped) return
    const left = deadlineAt - Date.now()
    if (left <= 0) this.stop(new AdapterError('DEADLINE_EXCEEDED'))
    else this.#timer = setTimeout(() => this.#watchDeadline(), Math.min(left, LONGEST_TIMER_MS))
  }
}
