'use client'
import { useCallback, useSyncExternalStore } from 'react'
import type { PersonalStore } from './personalStore.ts'

/** What a store keeps under a key; renders again when it changes, here or in another tab. */
export function usePersonal(store: PersonalStore, key: string): unknown {
  return useSyncExternalStore(
    useCallback((listener: () => void) => store.subscribe(key, listener), [store, key]),
    () => store.get(key),
    () => store.getOnServer?.(key),
  )
}
