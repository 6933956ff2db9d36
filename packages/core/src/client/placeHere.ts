import type { DataSchema, TableRead } from '../adapter/contract.ts'
import { createCollector, loadRun } from '../shared/collector.ts'
import { runPaced } from '../shared/steps.ts'
import type { Loading } from './residentLoader.ts'

/** Milliseconds of loading between two breaths of the event loop: below one frame. */
const SLICE_MS = 12

/** The calling thread as a place for columns: work in slices, so that a page answers its user meanwhile. */
export function openHere(schema: DataSchema, reads: readonly TableRead[] | null, loading: AbortSignal): Loading {
  const collector = createCollector(schema, reads)
  let until = Date.now() + SLICE_MS
  return {
    reads: collector.reads,
    async add(read, batch) {
      collector.add(read, batch)
      if (Date.now() >= until) {
        await new Promise<void>((resolve) => setTimeout(resolve, 0))
        loading.throwIfAborted()
        until = Date.now() + SLICE_MS
      }
      return collector.bytes()
    },
    async finish() {
      const data = await runPaced(collector.finish(), { signal: loading })
      return {
        async run(operation, request, { signal, onProgress }) {
          const run = await loadRun(operation)
          return runPaced(run(request, data), { signal, onProgress })
        },
        drop() {},
      }
    },
    drop() {},
  }
}
