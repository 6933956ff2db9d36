'use client'
import { useCallback, useRef, useSyncExternalStore } from 'react'
import type { PersonalStore } from './personalStore.ts'

/** What a store keeps under a key; renders again when it changes, here or in another tab. */
export function usePersonal(store: PersonalStore, key: string): unknown {
  // A store may parse on every `get`: a copy with the same content is no change, or React would render without end.
  const last = useRef<{ readonly value: unknown; readonly json: string | undefined }>({ value: undefined, json: undefined })
  const read = (value: unknown): unknown => {
    if (Object.is(value, last.current.value)) return value
    const json = JSON.stringify(value)
    if (json !== last.current.json) last.current = { value, json }
    return last.current.value
  }
  return useSyncExternalStore(
    useCallback((listener: () => void) => store.subscribe(key, listener), [store, key]),
    () => read(store.get(key)),
    () => read(store.getOnServer?.(key)),
  )
}
