import { decodeResult, encodeResult } from '@crm/core/adapter'
import { dehydrate, hydrate } from '@tanstack/react-query'
import type { DehydratedState, QueryClient } from '@tanstack/react-query'

/**
 * The kit's answers of a cache as plain JSON, for the page a server sends. The host's own queries stay out.
 *
 * Columns travel in the one JSON form of `encodeResult` (type + base64), because JSON turns a typed array into an object.
 *
 * @example
 * await queryClient.prefetchQuery(rfmGridQueryOptions(client, request))
 * const state = dehydrateCrm(queryClient) // into the page, then hydrateCrm(queryClient, state) in the browser
 */
export function dehydrateCrm(queryClient: QueryClient): DehydratedState {
  return dehydrate(queryClient, {
    shouldDehydrateQuery: (query) => query.queryKey[0] === 'crm' && query.state.status === 'success',
    shouldDehydrateMutation: () => false,
    serializeData: encodeResult,
  })
}

/** Puts answers of {@link dehydrateCrm} into a cache; the widgets of the first render find them there. */
export function hydrateCrm(queryClient: QueryClient, state: DehydratedState): void {
  hydrate(queryClient, state, { defaultOptions: { deserializeData: decodeResult } })
}
