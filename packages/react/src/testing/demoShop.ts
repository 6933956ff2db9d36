import { createMemoryAdapter } from '@crm/core/adapter'
import type { Batch, CallContext, DataAdapter, Provenance } from '@crm/core/adapter'
import { AdapterError } from '@crm/core/errors'
import type { AdapterErrorCode } from '@crm/core/errors'
import { makeDemoShop } from '@crm/example-demo-shop'
import type { DemoShop, DemoShopOptions } from '@crm/example-demo-shop'

/** The seeded shop for stories and tests, and adapters over it that behave in one special way. Not part of the package. */

/** 300 customers in 20 ms, the same on every machine. */
const SMALL: DemoShopOptions = { customers: 300 }

export const DEMO_SHOP: DemoShop = makeDemoShop(SMALL)
export const DEMO_PREFERENCES: { readonly from: 'transactions'; readonly asOf: number; readonly timeZone: string } = {
  from: 'transactions',
  asOf: DEMO_SHOP.asOf,
  timeZone: DEMO_SHOP.timeZone,
}

export function demoShopAdapter(options: DemoShopOptions = SMALL): DataAdapter {
  return createMemoryAdapter(options === SMALL ? DEMO_SHOP : makeDemoShop(options))
}

type Read = (context: CallContext) => AsyncIterable<Batch>

/** Every way of reading, scans and summaries alike, goes through `change`. */
function withReads(adapter: DataAdapter, scopeKey: string, change: (read: Read) => Read): DataAdapter {
  const summarise = adapter.summarise?.bind(adapter)
  return {
    manifest: Object.freeze({ ...adapter.manifest, scopeKey }),
    schema: (context) => adapter.schema(context),
    scan: (request, context) => change((own) => adapter.scan(request, own))(context),
    ...(summarise === undefined
      ? {}
      : {
          summarise: (request, context) => {
            const answer = summarise(request, context)
            return answer === null ? null : change((own) => (own === context ? answer : summarise(request, own)!))(context)
          },
        }),
    close: () => adapter.close(),
  }
}

/** Rejects the first `failures` readings, then answers; by default it never does. */
export function failingShop(code: AdapterErrorCode, failures: number = Number.POSITIVE_INFINITY): DataAdapter {
  let left = failures
  return withReads(demoShopAdapter(), `failing-${code}-${failures}`, (read) => async function* (context) {
    if (left-- > 0) throw new AdapterError(code, { retryable: false })
    yield* read(context)
  })
}

/** Answers, and says that a part of the data could not be reached. */
export function partialShop(missing: readonly string[] = ['shard 3 of 4']): DataAdapter {
  return withReads(demoShopAdapter(), 'partial', (read) => async function* (context) {
    for await (const batch of read(context)) {
      if (batch.end === undefined) yield batch
      else {
        const provenance: Provenance = { ...batch.end.provenance, completeness: { kind: 'partial', missing } }
        yield { ...batch, end: { ...batch.end, provenance } }
      }
    }
  })
}

/** An adapter that can be told to answer nothing more. */
export interface HeldAdapter extends DataAdapter {
  /** From now on every reading waits until it is aborted. */
  hold(): void
}

/** @param isHeld from the start */
export function heldShop(isHeld = false, onAbort: () => void = () => {}): HeldAdapter {
  let held = isHeld
  const adapter = withReads(demoShopAdapter(), `held-${isHeld}`, (read) => async function* (context) {
    if (held) await untilAborted(context.signal, onAbort)
    else yield* read(context)
  })
  return { ...adapter, hold: () => void (held = true) }
}

function untilAborted(signal: AbortSignal, onAbort: () => void): Promise<never> {
  return new Promise((_, reject) => {
    const abort = (): void => {
      onAbort()
      reject(signal.reason)
    }
    if (signal.aborted) abort()
    else signal.addEventListener('abort', abort, { once: true })
  })
}
