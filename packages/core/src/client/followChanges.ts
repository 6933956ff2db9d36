import type { DataAdapter, DataSetName } from '../adapter/contract.ts'
import { backOffMs, isRetryable } from './retry.ts'
import type { RetryRule } from './retry.ts'

export interface ChangesFollower {
  /** Start or stop listening. Idempotent. */
  follow(wanted: boolean): void
}

/**
 * Listens to `adapter.changes` while wanted. A line that broke and can be mended is opened again with growing waits; what
 * happened in between is unknown, so everything counts as changed.
 */
export function followChanges(adapter: DataAdapter, rule: RetryRule, onChange: (sets?: readonly DataSetName[]) => void): ChangesFollower {
  let current: AbortController | null = null

  const listen = async (controller: AbortController): Promise<void> => {
    const { signal } = controller
    for (let failures = 0; current === controller; ) {
      try {
        for await (const { sets } of adapter.changes?.(signal) ?? []) {
          if (current !== controller) return
          failures = 0
          onChange(sets)
        }
        break
      } catch (error) {
        if (current !== controller || !isRetryable(error)) break
        await rule.sleep(error.retryAfterMs ?? backOffMs(++failures, rule), signal).catch(() => {})
        if (current === controller) onChange()
      }
    }
    if (current === controller) current = null
  }

  return {
    follow(wanted) {
      if (wanted === (current !== null) || adapter.changes === undefined) return
      const before = current
      current = wanted ? new AbortController() : null
      if (current === null) before?.abort()
      else void listen(current)
    },
  }
}
