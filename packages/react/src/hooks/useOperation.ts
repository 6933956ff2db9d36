'use client'
import type { Answer, Operation, WarningCount } from '@crm/core/adapter'
import type { CrmClient, RunProgress } from '@crm/core/client'
import { useQuery } from '@tanstack/react-query'
import { useCallback, useState, useSyncExternalStore } from 'react'
import { useCrmSettings } from '../provider/context.ts'
import { operationQueryOptions } from './operationQueryOptions.ts'
import { onProgress, readProgress } from './runProgress.ts'
import { useDataVersion } from './useDataVersion.ts'

export interface UseOperationOptions<Result> {
  /** False asks nothing. Default true. */
  readonly enabled?: boolean
  /** Shown, marked stale, until the first answer comes. */
  readonly placeholder?: Answer<Result>
}

export interface OperationState<Result> {
  /** The last good answer: of this request, or of the one before while `isStale`. */
  readonly answer: Answer<Result> | undefined
  /** `answer` belongs to an earlier request or data version. */
  readonly isStale: boolean
  readonly isFetching: boolean
  /** How far the run is that is fetching, where it is computed in the page or its worker; null when nobody can tell. */
  readonly progress: RunProgress | null
  /** Why the present request failed. `answer` may still hold earlier figures. */
  readonly error: Error | null
  readonly retry: () => void
}

interface Last<Result> {
  readonly source: string
  readonly answer: Answer<Result>
}

/**
 * Runs an operation and keeps its answer up to date: the base of every widget hook.
 *
 * A change of the request or of the data keeps the earlier answer, marked `isStale`, until the new one is there. The
 * last consumer to unmount aborts the work. An answer of one client is never shown for another.
 *
 * @example
 * const { answer, error, retry } = useOperation(rfmGridOperation, { spec })
 */
export function useOperation<Request, Sums, Result extends { readonly warnings: readonly WarningCount[] }>(
  operation: Operation<Request, Sums, Result>,
  request: Request,
  options: UseOperationOptions<Result> = {},
): OperationState<Result> {
  const { client, queryClient } = useCrmSettings()
  const { enabled = true, placeholder } = options
  useDataVersion(client) // part of the key below

  const queryOptions = operationQueryOptions(client, operation, request)
  const query = useQuery({ ...queryOptions, enabled }, queryClient)
  const progress = useProgress(client, queryOptions.queryKey.join('\n'))
  // TanStack Query drops the previous data when the next key fails; a widget keeps its picture then too.
  const [last, setLast] = useState<Last<Result> | null>(null)
  const source = `${client.id}\n${operation.name}`
  const isNew = last === null || last.answer !== query.data || last.source !== source
  if (query.data !== undefined && isNew) setLast({ source, answer: query.data })

  const earlier = last?.source === source ? last.answer : placeholder
  const answer = query.data ?? earlier
  const { refetch } = query
  const retry = useCallback(() => void refetch(), [refetch])
  return {
    answer,
    isStale: answer !== undefined && query.data === undefined,
    isFetching: query.isFetching,
    progress: query.isFetching ? progress : null,
    error: query.error,
    retry,
  }
}

function useProgress(client: CrmClient, name: string): RunProgress | null {
  const subscribe = useCallback((tell: () => void) => onProgress(client, tell), [client])
  return useSyncExternalStore(
    subscribe,
    () => readProgress(client, name),
    () => null,
  )
}
