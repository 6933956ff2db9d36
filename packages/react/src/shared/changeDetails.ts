import type { SyntheticEvent } from 'react'

/** Second argument of every callback: why the value changed, and the event that did it. */
export interface ChangeDetails<Reason extends string> {
  readonly reason: Reason
  /** null when no event did it, such as a timer or a call from code. */
  readonly event: Event | SyntheticEvent | null
}
