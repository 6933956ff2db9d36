import { createMemoryAdapter } from '@crm/core/adapter'
import type { Batch, CallContext, DataAdapter, MemoryRow, Provenance, SummaryRequest } from '@crm/core/adapter'
import { AdapterError } from '@crm/core/errors'
import type { AdapterErrorCode } from '@crm/core/errors'

/** Made-up data for stories and tests, and adapters that behave in one special way. Not part of the package. */

export const STORY_TIME_ZONE = 'Europe/Berlin'
/** End of 30 June 2026 in Berlin. */
export const STORY_AS_OF: number = Date.UTC(2026, 5, 30, 21, 59, 59)
export const STORY_SPEC = { asOf: STORY_AS_OF, timeZone: STORY_TIME_ZONE } as const

const DAY_MS = 86_400_000
const FIRST_NAMES = ['Ada', 'Bruno', 'Chiara', 'Deniz', 'Elif', 'Farid', 'Greta', 'Hana', 'Ivo', 'Jonas', 'Katja', 'Lars', 'Mei', 'Nadia', 'Omar', 'Paula', 'Quentin', 'Rosa', 'Sven', 'Tilda']
const LAST_NAMES = ['Albrecht', 'Bianchi', 'Costa', 'Demir', 'Eriksen', 'Fischer', 'García', 'Huang', 'Ilić', 'Janssen', 'Kowalski', 'Lindqvist', 'Moreau', 'Novak', 'Okafor', 'Petrov', 'Quispe', 'Rossi', 'Schulz', 'Tanaka']
const CITIES = ['Berlin', 'Hamburg', 'Köln', 'Leipzig', 'München', 'Wien', 'Zürich']

/** Mulberry32: the same numbers on every machine for one seed. */
function randomFrom(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}

export interface StoryRows {
  readonly customers: readonly MemoryRow[]
  readonly transactions: readonly MemoryRow[]
}

/** A shop of `count` customers over three years: who buys often bought lately, a few spend much, some only looked. */
export function storyRows(count = 620, seed = 7): StoryRows {
  const random = randomFrom(seed)
  const pick = (list: readonly string[]): string => list[Math.floor(random() * list.length)]!
  const customers: MemoryRow[] = []
  const transactions: MemoryRow[] = []
  for (let c = 0; c < count; c++) {
    const customerId = `C-${String(10_001 + c)}`
    const isProspect = random() < 0.04
    customers.push({
      customerId,
      name: `${pick(FIRST_NAMES)} ${pick(LAST_NAMES)}`,
      kind: random() < 0.15 ? 'organisation' : 'person',
      city: random() < 0.1 ? null : pick(CITIES),
    })
    if (isProspect) continue
    const liveliness = random() ** 1.6
    const orders = 1 + Math.floor(liveliness * 14 + random() * 2)
    const recency = Math.floor((1 - liveliness) ** 1.5 * 620 * random() + random() ** 2 * 60)
    const basket = 18 + 220 * random() ** 3
    for (let o = 0; o < orders; o++) {
      const daysAgo = o === 0 ? recency : recency + Math.floor(random() * Math.max(30, 1000 - recency))
      const at = STORY_AS_OF - daysAgo * DAY_MS - Math.floor(random() * 9 * 3_600_000) - 3_600_000
      const lines = 1 + Math.floor(random() * 3)
      const orderId = `O-${c}-${o}`
      for (let l = 0; l < lines; l++) {
        transactions.push({ lineId: `${orderId}-${l}`, customerId, orderId, at, amount: Math.round((0.4 + random()) * basket * 100) })
      }
      if (random() < 0.04) transactions.push({ lineId: `${orderId}-r`, customerId, orderId, at: at + 1000, amount: -Math.round(basket * 40) })
    }
  }
  // Orders dated after the as-of instant: left out and counted.
  for (let l = 0; l < 12; l++) {
    transactions.push({ lineId: `late-${l}`, customerId: 'C-10001', orderId: `late-${l}`, at: STORY_AS_OF + (l + 1) * DAY_MS, amount: 4_200 })
  }
  return { customers, transactions }
}

/** The memory adapter over rows. */
export function storyAdapter(rows: StoryRows = storyRows(), scopeKey = 'story'): DataAdapter {
  return createMemoryAdapter({ scopeKey, timeZone: STORY_TIME_ZONE, currency: 'EUR', data: { customers: rows.customers, transactions: rows.transactions } })
}

/** A shop that has opened and sold nothing yet. */
export function emptyAdapter(): DataAdapter {
  return storyAdapter({ customers: [{ customerId: 'C-1', name: 'Ada Albrecht', kind: 'person', city: 'Berlin' }], transactions: storyRows(3).transactions.map((line) => ({ ...line, at: STORY_AS_OF + DAY_MS })) }, 'empty')
}

type Summarise = (request: SummaryRequest, context: CallContext) => AsyncIterable<Batch>

function withSummaries(adapter: DataAdapter, scopeKey: string, summarise: (original: Summarise) => Summarise): DataAdapter {
  const original: Summarise = (request, context) => adapter.summarise!(request, context)!
  return {
    manifest: Object.freeze({ ...adapter.manifest, scopeKey }),
    schema: (context) => adapter.schema(context),
    scan: (request, context) => adapter.scan(request, context),
    summarise: summarise(original),
    close: () => adapter.close(),
  }
}

/** Rejects every summary with one error. */
export function failingAdapter(code: AdapterErrorCode): DataAdapter {
  return withSummaries(storyAdapter(), `failing-${code}`, () => () => ({
    [Symbol.asyncIterator]: () => ({ next: () => Promise.reject(new AdapterError(code, { retryable: false })) }),
  }))
}

/** Rejects the first `failures` summaries, then answers. */
export function recoveringAdapter(code: AdapterErrorCode, failures = 1): DataAdapter {
  let left = failures
  return withSummaries(storyAdapter(), `recovering-${code}`, (original) => async function* (request, context) {
    if (left-- > 0) throw new AdapterError(code, { retryable: false })
    yield* original(request, context)
  })
}

/** Answers the first `answers` summaries and lets all later ones wait until they are aborted. */
export function waitingAdapter(answers = 0, onAbort: () => void = () => {}): DataAdapter {
  let left = answers
  return withSummaries(storyAdapter(), `waiting-${answers}`, (original) => async function* (request, context) {
    if (left-- > 0) yield* original(request, context)
    else await untilAborted(context.signal, onAbort)
  })
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

/** Answers, and says that a part of the data could not be reached. */
export function partialAdapter(missing: readonly string[] = ['shard 3 of 4']): DataAdapter {
  return withSummaries(storyAdapter(), 'partial', (original) => async function* (request, context) {
    for await (const batch of original(request, context)) {
      if (batch.end === undefined) yield batch
      else {
        const provenance: Provenance = { ...batch.end.provenance, completeness: { kind: 'partial', missing } }
        yield { ...batch, end: { ...batch.end, provenance } }
      }
    }
  })
}
