'use client'
import type { CrmClient } from '@crm/core/client'
import { useCallback, useSyncExternalStore } from 'react'

/** The data version of a client; renders again when the data changed. */
export function useDataVersion(client: CrmClient): string {
  const subscribe = useCallback((listener: () => void) => client.subscribe(listener), [client])
  const read = (): string => client.dataVersion
  return useSyncExternalStore(subscribe, read, read)
}
