import { createResidentBuilder } from '../shared/resident.ts'
import { runPaced } from '../shared/steps.ts'
import { summariseLocally } from '../shared/summariseLocally.ts'
import type { Place, Resident } from './residentLoader.ts'

/** Milliseconds of loading between two breaths of the event loop: below one frame. */
const SLICE_MS = 12

/** The calling thread: work in slices, so that a page answers its user meanwhile. */
export function createPlaceHere(maxRows: number): Place {
  return {
    name: 'here',
    maxRows,
    async open(schema, signal) {
      const builder = createResidentBuilder(schema)
      let until = Date.now() + SLICE_MS
      return {
        select: { customers: builder.customerFields, transactions: builder.lineFields },
        async add(set, batch) {
          if (set === 'customers') builder.addCustomers(batch)
          else builder.addLines(batch)
          if (Date.now() >= until) {
            await new Promise<void>((resolve) => setTimeout(resolve, 0))
            signal.throwIfAborted()
            until = Date.now() + SLICE_MS
          }
          return builder.bytes()
        },
        async finish(): Promise<Resident> {
          const columns = await runPaced(builder.finish(), { signal })
          return {
            async run(operation, request, signal) {
              const summary = operation.request(request, columns.schema)
              const sums = await runPaced(summariseLocally(operation, summary, columns), { signal })
              return operation.finish(sums, request, columns.schema)
            },
            drop() {},
          }
        },
        drop() {},
      }
    },
  }
}
