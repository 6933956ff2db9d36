'use client'
import { useQuery } from '@tanstack/react-query'
import { useCrmSettings } from '../provider/context.ts'
import { schemaQueryOptions } from './schemaQueryOptions.ts'

/** The zone of the data, in which their days are written; undefined until it is known. */
export function useDataZone(enabled = true): string | undefined {
  const { client, queryClient } = useCrmSettings()
  return useQuery({ ...schemaQueryOptions(client), enabled }, queryClient).data?.timeZone
}
