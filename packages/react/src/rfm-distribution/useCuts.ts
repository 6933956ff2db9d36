'use client'
import type { RfmCuts } from '@crm/core/rfm'
import { useState } from 'react'
import type { SyntheticEvent } from 'react'
import { useControlled } from '../shared/useControlled.ts'

export interface RfmCutsChange {
  /** `drag` while a pointer moves, `drop` when it lets go, `key` by keyboard, `type` in a number field. */
  readonly reason: 'drag' | 'drop' | 'key' | 'type' | 'cancel' | 'undo' | 'reset'
  readonly event: SyntheticEvent | null
}

export interface UseCutsOptions {
  /** What decides the analysis: cut points of one rule mean nothing under another. */
  readonly ruleKey: string
  readonly cuts?: RfmCuts | null | undefined
  readonly defaultCuts?: RfmCuts | null | undefined
  readonly onCutsChange?: ((cuts: RfmCuts | null, change: RfmCutsChange) => void) | undefined
}

/** Where cut points stood before a move, and which move it was. */
interface Past {
  readonly cuts: RfmCuts | null
  readonly move: string | null
}

export interface CutsState {
  /** null: those of the spec. */
  readonly cuts: RfmCuts | null
  readonly canUndo: boolean
  /** `move` names a run of changes that one undo takes back together; null stands alone. */
  readonly change: (next: RfmCuts | null, change: RfmCutsChange, move: string | null) => void
  readonly undo: (event: SyntheticEvent | null) => void
  /** Takes a run back for good, as if it had never been. */
  readonly cancel: (before: RfmCuts | null, event: SyntheticEvent) => void
  /** Ends a run: the next change of the same name is a new one. */
  readonly endMove: () => void
}

const NONE: readonly Past[] = []

/** Cut points that the host holds or that live here, with the way back. */
export function useCuts({ ruleKey, cuts: given, defaultCuts, onCutsChange }: UseCutsOptions): CutsState {
  const [cuts, setOwn] = useControlled(given, defaultCuts ?? null)
  const [past, setPast] = useState<readonly Past[]>(NONE)
  const [rule, setRule] = useState(ruleKey)
  if (rule !== ruleKey) {
    setRule(ruleKey)
    setOwn(null)
    setPast(NONE)
  }
  const tell = (next: RfmCuts | null, change: RfmCutsChange): void => {
    setOwn(next)
    onCutsChange?.(next, change)
  }
  return {
    cuts: rule === ruleKey || given !== undefined ? cuts : null,
    canUndo: past.length > 0,
    change(next, change, move) {
      if (move === null || past.at(-1)?.move !== move) setPast([...past, { cuts, move }])
      tell(next, change)
    },
    undo(event) {
      const last = past.at(-1)
      if (last === undefined) return
      setPast(past.slice(0, -1))
      tell(last.cuts, { reason: 'undo', event })
    },
    cancel(before, event) {
      setPast((list) => (list.at(-1)?.move === 'drag' ? list.slice(0, -1) : list))
      if (cuts !== before) tell(before, { reason: 'cancel', event })
    },
    endMove: () => setPast((list) => (list.at(-1)?.move == null ? list : [...list.slice(0, -1), { ...list.at(-1)!, move: null }])),
  }
}
