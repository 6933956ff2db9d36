import type { Batch } from '@crm/core/adapter'
import { collect } from '../collect.ts'
import { CheckFailure, demand, requestJson, show } from '../failure.ts'
import { callContext, compareTables, contractRequest, drain, drainStream, errorOf, expectAnswer, expectError, expectRefusal, pause } from '../subject.ts'
import type { Request, Subject } from '../subject.ts'
import { checksOf } from './define.ts'
import type { CheckDefinition } from './define.ts'
import { bins, by, members, oneOfEach, onRanks, pairs, readAll, readField, SPEC, totals, WINDOW } from './requests.ts'

const abort = checksOf('abort')
export const abortChecks: readonly CheckDefinition[] = abort.list

abort.check('beforehand rejects with signal.reason', async (kit) => {
  const subject = await kit.subject('main')
  for (const reason of [new Error('changed my mind'), 'a text', { any: 'thing' }]) {
    for (const request of oneOfEach(subject)) {
      const error = await errorOf(subject, request, () => drain(subject, request, { signal: aborted(reason) }))
      demand(error === reason, request, `Expected the signal's own reason, got ${show(String(error))}`, 'streams')
    }
    const error = await errorOf(subject, 'adapter.schema()', () => subject.adapter.schema(callContext({ signal: aborted(reason) })))
    demand(error === reason, 'adapter.schema() with an aborted signal', `Expected the signal's own reason, got ${show(String(error))}`, 'streams')
  }
})

abort.check('on the way rejects with signal.reason, and no batch comes after it', async (kit) => {
  const subject = await kit.subject('main')
  for (const request of heavyOfEach(subject)) {
    for (const wait of [null, 0, 2]) {
      const controller = new AbortController()
      const reason = new Error('on the way')
      const iterator = subject.open(request, { signal: controller.signal })[Symbol.asyncIterator]()
      const first = settled(iterator.next())
      if (wait !== null) await pause(wait)
      controller.abort(reason)
      let outcome = await subject.settle(request, first, 'the aborted step')
      // What was ready when the abort came later may still arrive; nothing may follow it.
      if ('value' in outcome && outcome.value.done !== true && outcome.value.value.end === undefined) outcome = await subject.settle(request, settled(iterator.next()), 'the step after the abort')
      const isReason = 'error' in outcome && outcome.error === reason
      const isComplete = wait !== null && 'value' in outcome && outcome.value.done !== true && outcome.value.value.end !== undefined
      demand(isReason || isComplete, request, `Expected the signal's own reason, got ${'error' in outcome ? show(String(outcome.error)) : outcome.value.done === true ? 'a plain end' : 'one more batch'}`, 'streams')
    }
    await expectAnswer(subject, request, 'streams')
  }
})

abort.check('between two batches stops the stream', async (kit) => {
  const subject = await kit.subject('main')
  for (const request of oneOfEach(subject)) {
    const controller = new AbortController()
    const reason = new Error('between')
    const iterator = subject.open(request, { signal: controller.signal })[Symbol.asyncIterator]()
    const first = await subject.settle(request, Promise.resolve(iterator.next()), 'the first batch')
    controller.abort(reason)
    const second = await subject.settle(request, settled(iterator.next()), 'the step after the abort')
    const wasComplete = first.done !== true && first.value.end !== undefined
    const isRight = 'error' in second ? second.error === reason : second.value.done === true && wasComplete
    demand(isRight, request, `Expected ${wasComplete ? 'the end or ' : ''}the signal's own reason, got ${'error' in second ? show(String(second.error)) : second.value.done === true ? 'a plain end' : 'another batch'}`, 'streams')
  }
})

abort.check('of one call leaves the others alone', async (kit) => {
  const subject = await kit.subject('main')
  const requests = oneOfEach(subject)
  for (let round = 0; round < 5; round++) {
    const controllers = requests.map(() => new AbortController())
    const doomed = requests.map((request, i) => errorOf(subject, request, () => drain(subject, request, { signal: (controllers[i] as AbortController).signal })))
    const kept = requests.map((request) => expectAnswer(subject, request, 'streams'))
    // Settled first, judged later: one that fails early must not go unheard.
    const all = Promise.allSettled([...doomed, ...kept])
    await pause(round)
    for (const controller of controllers) controller.abort(new Error('only this one'))
    for (const outcome of await all) if (outcome.status === 'rejected') throw outcome.reason
  }
})

abort.check('fifty times over leaves nothing behind', async (kit) => {
  const subject = await kit.subject('main')
  for (let i = 0; i < 50; i++) {
    const requests = oneOfEach(subject)
    const request = requests[i % requests.length] as Request
    const controller = new AbortController()
    const call = errorOf(subject, request, () => drain(subject, request, { signal: controller.signal }))
    if (i % 3 === 0) await pause(0)
    controller.abort(new Error('again'))
    await call
  }
  for (const request of oneOfEach(subject)) await expectAnswer(subject, request, 'streams')
})

const deadlines = checksOf('deadline')
export const deadlineChecks: readonly CheckDefinition[] = deadlines.list

deadlines.check('that has passed is DEADLINE_EXCEEDED', async (kit) => {
  const subject = await kit.subject('main')
  for (const deadlineAt of [0, Date.now() - 1000]) {
    for (const request of oneOfEach(subject)) await expectRefusal(subject, request, ['DEADLINE_EXCEEDED'], 'streams', { deadlineAt })
  }
})

deadlines.check('that is far away changes nothing', async (kit) => {
  const subject = await kit.subject('main')
  const deadlineAt = Date.now() + 3_600_000
  for (const request of oneOfEach(subject)) compareTables(request, subject.expected(request), await subject.ask(request, { deadlineAt }), 'streams')
})

const streams = checksOf('streams')
export const streamChecks: readonly CheckDefinition[] = streams.list

streams.check('end once, on the last batch, for every kind', async (kit) => {
  for (const variant of ['main', 'days', 'empty', 'one'] as const) {
    const subject = await kit.subject(variant)
    for (const request of oneOfEach(subject)) await expectAnswer(subject, request, 'streams')
  }
})

streams.check('an early return stops them and frees their place', async (kit) => {
  const subject = await kit.subject('main')
  const rounds = 3 * subject.adapter.manifest.maxConcurrency + 20
  for (let i = 0; i < Math.min(rounds, 100); i++) {
    for (const request of [...oneOfEach(subject), readAll(subject, 'transactions')]) {
      const iterator = subject.open(request)[Symbol.asyncIterator]()
      if (i % 4 !== 0) await subject.settle(request, Promise.resolve(iterator.next()), 'the first batch')
      const returned = await subject.settle(request, Promise.resolve(iterator.return?.()), 'return()')
      demand(returned === undefined || returned.done === true, request, 'return() did not say done', 'streams')
      const after = await subject.settle(request, Promise.resolve(iterator.next()), 'the step after return()')
      demand(after.done === true, request, 'A batch came after return()', 'streams')
    }
  }
  for (const request of oneOfEach(subject)) await expectAnswer(subject, request, 'streams')
})

streams.check('that nobody reads cost nothing', async (kit) => {
  const subject = await kit.subject('main')
  for (let i = 0; i < 100; i++) for (const request of oneOfEach(subject)) subject.open(request)
  for (const request of oneOfEach(subject)) await expectAnswer(subject, request, 'streams')
})

streams.check('a slow reader gets the same', async (kit) => {
  const subject = await kit.subject('main')
  for (const request of [readAll(subject, 'transactions'), ...oneOfEach(subject)]) {
    const slow: AsyncIterable<Batch> = {
      async *[Symbol.asyncIterator]() {
        for await (const batch of subject.open(request)) {
          await pause(5)
          yield batch
        }
      },
    }
    const answer = await collect(request, slow, subject.columns(request), (work, what) => subject.settle(request, work, what), request.kind)
    compareTables(request, subject.expected(request), answer, 'streams')
  }
})

streams.check('sixteen at once do not mix', async (kit) => {
  const subject = await kit.subject('main')
  const requests = sixteen(subject)
  for (let round = 0; round < 3; round++) await Promise.all(requests.map((request) => expectAnswer(subject, request, 'streams')))
})

streams.check('sixteen equal ones at once all answer', async (kit) => {
  const subject = await kit.subject('main')
  for (const request of oneOfEach(subject)) await Promise.all(Array.from({ length: 16 }, () => expectAnswer(subject, request, 'streams')))
})

streams.check('the same request five times gives the same bytes', async (kit) => {
  const subject = await kit.subject('main')
  for (const request of [...oneOfEach(subject), readAll(subject, 'customers'), ...sixteen(subject).slice(0, 4)]) {
    const first = await bytesOf(subject, request)
    for (let i = 1; i < 5; i++) demand((await bytesOf(subject, request)) === first, request, `Answer ${i + 1} differs from the first`, 'streams')
  }
})

streams.check('an answer stays as it is while others are made', async (kit) => {
  const subject = await kit.subject('main')
  for (const request of oneOfEach(subject)) {
    const batches = await drain(subject, request)
    const before = rawBytes(batches)
    for (const other of oneOfEach(subject)) await drain(subject, other)
    demand(rawBytes(batches) === before, request, 'A batch changed after it was given away', 'streams')
  }
})

streams.check('requests are never written to', async (kit) => {
  const subject = await kit.subject('main')
  for (const request of [...oneOfEach(subject), ...sixteen(subject)]) {
    // Not frozen, so that a write would go through unseen; all other checks send frozen ones.
    const mine = JSON.parse(JSON.stringify(contractRequest(request))) as never
    const before = JSON.stringify(mine)
    const stream = request.kind === 'scan' ? subject.adapter.scan(mine, callContext()) : subject.adapter.summarise?.(mine, callContext())
    await drainStream(subject, request, stream as AsyncIterable<Batch>)
    demand(JSON.stringify(mine) === before, request, `The request reads ${requestJson(mine)} now`, 'streams')
  }
})

const lifecycle = checksOf('lifecycle')
export const lifecycleChecks: readonly CheckDefinition[] = lifecycle.list

lifecycle.check('close twice, and twice at once', async (kit) => {
  await kit.fresh('one', async (subject) => {
    await subject.settle('adapter.close() twice at once', Promise.all([subject.adapter.close(), subject.adapter.close()]), 'close()')
    await subject.settle('adapter.close() again', subject.adapter.close(), 'close()')
  })
})

lifecycle.check('after close every call is ADAPTER_CLOSED', async (kit) => {
  await kit.fresh('main', async (subject) => {
    const requests = oneOfEach(subject)
    for (const request of requests) await drain(subject, request)
    await subject.adapter.close()
    for (const request of requests) await expectRefusal(subject, request, ['ADAPTER_CLOSED'], 'streams')
    await expectError(subject, 'adapter.schema() after close()', ['ADAPTER_CLOSED'], () => subject.adapter.schema(callContext()), 'streams')
  })
})

lifecycle.check('close ends what is running with ADAPTER_CLOSED', async (kit) => {
  for (const kind of ['scan', 'totals', 'bins', 'members', 'pairs'] as const) {
    await kit.fresh('main', async (subject) => {
      const request = heavyOfEach(subject).find((one) => one.kind === kind)
      if (request === undefined) return
      const running = errorOf(subject, request, () => drain(subject, request))
      const [error] = await Promise.all([running, subject.settle(request, subject.adapter.close(), 'close()')])
      // What was finished when close came may have arrived; a third way is none.
      const isRight = error === null || (error as { code?: unknown }).code === 'ADAPTER_CLOSED'
      demand(isRight, request, `Expected ADAPTER_CLOSED, got ${show(String(error))}`, 'streams')
    })
  }
})

lifecycle.check('a stream opened before close and read after it is ADAPTER_CLOSED', async (kit) => {
  await kit.fresh('main', async (subject) => {
    for (const request of oneOfEach(subject).slice(0, 2)) {
      const iterator = subject.open(request)[Symbol.asyncIterator]()
      await subject.adapter.close()
      await expectError(subject, request, ['ADAPTER_CLOSED'], () => iterator.next(), 'streams')
      break
    }
  })
})

lifecycle.check('closing one adapter leaves another alone', async (kit) => {
  const other = await kit.subject('days')
  await kit.fresh('days', async (subject) => {
    for (const request of oneOfEach(subject)) await drain(subject, request)
    await subject.adapter.close()
    for (const request of oneOfEach(other)) await expectAnswer(other, request, 'streams')
  })
})

const ending = checksOf('lifecycle')
export const lastChecks: readonly CheckDefinition[] = ending.list

ending.check('every adapter of the suite still answers and then closes', async (kit) => {
  for (const subject of kit.opened()) {
    if (subject.data.variant !== 'overflow') for (const request of oneOfEach(subject)) await expectAnswer(subject, request, 'streams')
    await subject.settle('adapter.close()', subject.adapter.close(), 'close()')
    await subject.settle('adapter.close() again', subject.adapter.close(), 'close()')
  }
  await kit.close()
})

type Outcome = { readonly value: IteratorResult<Batch> } | { readonly error: unknown }

function settled(step: Promise<IteratorResult<Batch>>): Promise<Outcome> {
  return Promise.resolve(step).then(
    (value) => ({ value }),
    (error: unknown) => {
      if (error instanceof CheckFailure) throw error
      return { error }
    },
  )
}

function aborted(reason: unknown): AbortSignal {
  const controller = new AbortController()
  controller.abort(reason)
  return controller.signal
}

/** Requests that keep an engine busy for a moment: long lists, compared with text. */
function heavyOfEach(subject: Subject): readonly Request[] {
  const values = Array.from({ length: 9000 }, (_, i) => `nobody ${i}`)
  const where = { op: 'or', of: ['name', 'email', 'stage', 'kind'].map((field) => ({ op: 'not', of: { op: 'in', field, values } }) as const) } as const
  const requests: readonly Request[] = [
    readAll(subject, 'customers', { where }),
    totals(SPEC, { where }),
    bins([onRanks('recencyDays', 10), onRanks('orders', 10), onRanks('revenue', 10)], { where }),
    members({ where, order: [by('email')] }),
    pairs(subject, { where }),
  ]
  return requests.filter(({ kind }) => subject.offers(kind))
}

/** Sixteen requests that differ in everything. */
function sixteen(subject: Subject): readonly Request[] {
  const list: readonly Request[] = [
    ...[1, 2, 3, 4].map((tier): Request => readField('customers', 'customerId', 'name', { where: { op: 'eq', field: 'tier', value: tier } })),
    ...[1, 2, 3, 4].map((limit): Request => ({ kind: 'scan', set: 'transactions', select: ['amount', 'lineId'], order: [by('at', 'descending')], limit })),
    ...[2, 3].map((k): Request => bins([onRanks('revenue', k)])),
    ...[2, 3].map((k): Request => bins([onRanks('recencyDays', k)], { totals: WINDOW, sums: [] })),
    ...[0, 1].map((value): Request => totals(WINDOW, { where: { op: 'gt', field: 'orders', value } })),
    ...[5, 6].map((limit): Request => members({ limit, order: [by('revenue', 'descending')] })),
    ...(['customers', 'products'] as const).map((over): Request => pairs(subject, { over })),
  ]
  return list.filter(({ kind }) => subject.offers(kind))
}

async function bytesOf(subject: Subject, request: Request): Promise<string> {
  return rawBytes(await drain(subject, request))
}

/** Columns, codes and dictionaries as they are, joined over batches: where an engine cuts its batches is its own affair. */
function rawBytes(batches: readonly Batch[]): string {
  const columns: string[][] = []
  for (const batch of batches) {
    batch.columns.forEach((column, c) => {
      const cells = (columns[c] ??= [])
      for (let row = 0; row < batch.rows; row++) {
        if (column.kind === 'text') cells.push(JSON.stringify(column.dictionary[column.codes[row] as number] ?? null))
        else cells.push(column.validity?.[row] === 0 ? 'null' : show(column.values[row]))
      }
    })
  }
  const end = batches.at(-1)?.end
  return JSON.stringify([columns, end?.cuts, end?.counts])
}
