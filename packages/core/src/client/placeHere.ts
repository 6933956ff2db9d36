import type { DataSchema, SummaryRequest } from '../adapter/contract.ts'
import { createResidentBuilder } from '../shared/resident.ts'
import { runPaced } from '../shared/steps.ts'
import { summariseLocally } from '../shared/summariseLocally.ts'
import type { Loading } from './residentLoader.ts'

/** Milliseconds of loading between two breaths of the event loop: below one frame. */
const SLICE_MS = 12

/** The calling thread as a place for columns: work in slices, so that a page answers its user meanwhile. */
export function openHere(schema: DataSchema, loading: AbortSignal): Loading {
  const builder = createResidentBuilder(schema)
  let until = Date.now() + SLICE_MS
  return {
    select: { customers: builder.customerFields, transactions: builder.lineFields },
    async add(set, batch) {
      if (set === 'customers') builder.addCustomers(batch)
      else builder.addLines(batch)
      if (Date.now() >= until) {
        await new Promise<void>((resolve) => setTimeout(resolve, 0))
        loading.throwIfAborted()
        until = Date.now() + SLICE_MS
      }
      return builder.bytes()
    },
    async finish() {
      const columns = await runPaced(builder.finish(), { signal: loading })
      return {
        async run(operation, request, signal) {
          const summary = operation.request(request, columns.schema) as SummaryRequest
          const sums = await runPaced(summariseLocally(operation, summary, columns), { signal })
          return operation.finish(sums, request, columns.schema)
        },
        drop() {},
      }
    },
    drop() {},
  }
}
