import { CONTRACT_VERSION } from '@crm/core/adapter'
import type { SummaryRequest } from '@crm/core/adapter'
import { CheckFailure, demand, show } from '../failure.ts'
import { callContext, contractRequest, errorOf, expectRefusal, pause } from '../subject.ts'
import type { Subject } from '../subject.ts'
import { checksOf } from './define.ts'
import type { CheckDefinition } from './define.ts'
import { bins, by, members, oneOfEach, onRanks, pairs, readField, totals } from './requests.ts'

const { list, check } = checksOf('manifest')
export const manifestChecks: readonly CheckDefinition[] = list

check('is frozen in depth', async (kit) => {
  const { manifest } = (await kit.subject('main')).adapter
  demand(Object.isFrozen(manifest), 'adapter.manifest', 'The manifest is not frozen', 'streams')
  demand(Object.isFrozen(manifest.summaries), 'adapter.manifest.summaries', 'The list of summaries is not frozen', 'streams')
})

check('is JSON and stays the same', async (kit) => {
  const subject = await kit.subject('main')
  const before = subject.adapter.manifest
  const json = JSON.stringify(before)
  demand(sameJson(JSON.parse(json), before), 'adapter.manifest', 'The manifest holds something that JSON does not carry', 'streams')
  for (const request of oneOfEach(subject)) await subject.ask(request)
  demand(subject.adapter.manifest === before && JSON.stringify(subject.adapter.manifest) === json, 'adapter.manifest after a few calls', 'The manifest is another one now', 'streams')
})

check('speaks the words of the contract', async (kit) => {
  const { manifest } = (await kit.subject('main')).adapter
  const claim = (name: string, holds: boolean, value: unknown): void => demand(holds, `adapter.manifest.${name}`, `Got ${show(value)}`, 'streams')
  claim('contract', manifest.contract === CONTRACT_VERSION, manifest.contract)
  claim('name', typeof manifest.name === 'string' && manifest.name !== '', manifest.name)
  claim('scopeKey', typeof manifest.scopeKey === 'string' && manifest.scopeKey !== '', manifest.scopeKey)
  claim('summaries', manifest.summaries.every((kind) => ['totals', 'bins', 'members', 'pairs'].includes(kind)) && new Set(manifest.summaries).size === manifest.summaries.length, manifest.summaries)
  claim('snapshot', ['none', 'monotonic', 'snapshot'].includes(manifest.snapshot), manifest.snapshot)
  claim('cancel', ['none', 'client', 'engine'].includes(manifest.cancel), manifest.cancel)
  claim('maxConcurrency', Number.isInteger(manifest.maxConcurrency) && manifest.maxConcurrency >= 1, manifest.maxConcurrency)
  claim('runs', ['here', 'elsewhere'].includes(manifest.runs), manifest.runs)
})

check('answers the summaries it offers, and null at once to the others', async (kit) => {
  const subject = await kit.subject('main')
  const { adapter } = subject
  const requests: readonly SummaryRequest[] = [totals(), bins([onRanks('orders', 3)]), members({ limit: 3 }), pairs(subject)]
  for (const request of requests) {
    const offered = adapter.manifest.summaries.includes(request.kind)
    const stream = adapter.summarise?.(contractRequest(request) as SummaryRequest, callContext()) ?? null
    if (!offered) {
      demand(stream === null, request, `The manifest does not offer "${request.kind}", but summarise answered`, 'streams')
      continue
    }
    demand(stream !== null && typeof stream[Symbol.asyncIterator] === 'function', request, `The manifest offers "${request.kind}", but summarise answered ${show(String(stream))}`, 'streams')
    await stream[Symbol.asyncIterator]().return?.()
  }
})

check('keeps its word on snapshots', async (kit) => {
  const subject = await kit.subject('main')
  const claim = subject.adapter.manifest.snapshot
  for (const request of oneOfEach(subject)) {
    const { snapshot } = (await subject.ask(request)).provenance
    if (claim === 'none') demand(snapshot === null, request, `The manifest says snapshot "none", but the provenance names ${show(snapshot)}`, 'streams')
    else demand(typeof snapshot === 'string' && snapshot !== '', request, `The manifest says snapshot "${claim}", but the provenance names none`, 'streams')
    if (snapshot === null) continue
    const again = await subject.ask({ ...request, snapshot })
    demand(again.provenance.snapshot === snapshot, { ...request, snapshot }, `The answer comes from snapshot ${show(again.provenance.snapshot)}`, 'streams')
    await expectRefusal(subject, { ...request, snapshot: 'no snapshot of this adapter' }, ['SNAPSHOT_GONE'], 'streams')
  }
})

check('changes end when their signal aborts', async (kit) => {
  await kit.fresh('one', async (subject) => {
    if (subject.adapter.changes === undefined) return
    const controller = new AbortController()
    const reason = new Error('enough changes')
    const waiting = subject.adapter.changes(controller.signal)[Symbol.asyncIterator]().next()
    controller.abort(reason)
    let ended: unknown
    const error = await errorOf(subject, 'adapter.changes(signal), then abort', async () => {
      ended = await waiting
    })
    const isDone = error === null && (ended as IteratorResult<unknown>).done === true
    demand(isDone || error === reason, 'adapter.changes(signal), then abort', `Expected the end or signal.reason, got ${show(String(error ?? 'a change'))}`, 'streams')
  })
})

check('engine work stops after an abort, where it says so', async (kit) => {
  const { activeCalls } = kit.options
  if (activeCalls === undefined) return
  await kit.fresh('main', async (subject) => {
    if (subject.adapter.manifest.cancel !== 'engine') return
    for (const request of oneOfEach(subject)) {
      const controller = new AbortController()
      const waiting = subject.open(request, { signal: controller.signal })[Symbol.asyncIterator]().next()
      waiting.catch(() => undefined)
      await pause(1)
      controller.abort(new Error('stop'))
      await errorOf(subject, request, () => waiting)
      await idle(subject, request, () => activeCalls(subject.adapter))
    }
  })
})

async function idle(subject: Subject, asked: unknown, active: () => number | Promise<number>): Promise<void> {
  for (let tries = 0; ; tries++) {
    const n = await active()
    if (n === 0) return
    if (tries * 10 > subject.patienceMs) throw new CheckFailure(asked, `The engine still works on ${n} calls after the abort`, 'streams')
    await pause(10)
  }
}

const schema = checksOf('schema')
export const schemaChecks: readonly CheckDefinition[] = schema.list

for (const variant of ['main', 'days', 'lines', 'empty'] as const) {
  schema.check(`names sets, fields, types and zone of the data "${variant}"`, async (kit) => {
    const subject = await kit.subject(variant)
    const got = await subject.settle('adapter.schema()', subject.adapter.schema(callContext()), 'the schema')
    const want = subject.data.schema
    const fail = (found: string): never => {
      throw new CheckFailure(`adapter.schema() over "${variant}"`, found, 'sets')
    }
    if (got.timeZone !== want.timeZone) fail(`Expected the zone ${want.timeZone}, got ${show(got.timeZone)}`)
    const names = (sets: readonly { name: string }[]): string => sets.map(({ name }) => name).sort().join(', ')
    if (names(got.sets) !== names(want.sets)) fail(`Expected the sets ${names(want.sets)}, got ${names(got.sets)}`)
    for (const set of want.sets) {
      const mine = got.sets.find(({ name }) => name === set.name)
      if (mine === undefined) return fail(`The set ${set.name} is missing`)
      if (names(mine.fields) !== names(set.fields)) fail(`In ${set.name}: expected the fields ${names(set.fields)}, got ${names(mine.fields)}`)
      if (mine.estimatedRows !== null && !(Number.isInteger(mine.estimatedRows) && mine.estimatedRows >= 0)) fail(`In ${set.name}: estimatedRows is ${show(mine.estimatedRows)}`)
      for (const field of set.fields) {
        const own = mine.fields.find(({ name }) => name === field.name)
        if (own === undefined) return fail(`In ${set.name}: the field ${field.name} is missing`)
        if (!sameJson(own.type, field.type)) fail(`In ${set.name}, field "${field.name}": expected the type ${JSON.stringify(field.type)}, got ${JSON.stringify(own.type)}`)
        if (field.nullable && own.nullable !== true) fail(`In ${set.name}, field "${field.name}": it may be NULL, and the schema denies it`)
      }
    }
  })
}

schema.check('is JSON and the same every time', async (kit) => {
  const { adapter, settle } = await kit.subject('main')
  const first = await settle('adapter.schema()', adapter.schema(callContext()), 'the schema')
  const again = await settle('adapter.schema() twice', adapter.schema(callContext()), 'the schema')
  demand(sameJson(JSON.parse(JSON.stringify(first)), first), 'adapter.schema()', 'The schema holds something that JSON does not carry', 'sets')
  demand(sameJson(first, again), 'adapter.schema() twice', 'The second schema differs from the first', 'sets')
})

schema.check('a set that is not there is SET_MISSING, an invented one SET_UNKNOWN', async (kit) => {
  const subject = await kit.subject('lines')
  await expectRefusal(subject, readField('products', 'productId', 'name'), ['SET_MISSING'], 'streams')
  await expectRefusal(subject, readField('ratings', 'customerId', 'rating'), ['SET_MISSING'], 'streams')
  for (const set of ['orders', '__proto__', 'constructor', 'customers; drop table customers']) {
    await expectRefusal(subject, { kind: 'scan', set: set as 'customers', select: ['customerId'] }, ['SET_UNKNOWN'], 'streams')
  }
})

schema.check('an unknown field is FIELD_UNKNOWN wherever it is named', async (kit) => {
  const subject = await kit.subject('main')
  const field = 'noSuchField'
  const where = { op: 'isNull', field } as const
  await expectRefusal(subject, { kind: 'scan', set: 'customers', select: ['customerId', field] }, ['FIELD_UNKNOWN'], 'streams')
  await expectRefusal(subject, readField('customers', 'customerId', 'name', { where }), ['FIELD_UNKNOWN'], 'streams')
  await expectRefusal(subject, readField('customers', 'customerId', 'name', { order: [{ field, direction: 'ascending', nulls: 'last' }] }), ['FIELD_UNKNOWN'], 'streams')
  // A measure is no field of the set, and a line's field no field of a customer.
  await expectRefusal(subject, readField('customers', 'customerId', 'orders'), ['FIELD_UNKNOWN'], 'streams')
  const summaries = [totals(undefined, { where }), bins([onRanks(field, 3)]), bins([], { where }), members({ select: ['customerId', 'amount'] }), members({ ranges: [{ field, above: 1 }] }), pairs(subject, { where })]
  for (const request of summaries) if (subject.offers(request.kind)) await expectRefusal(subject, request, ['FIELD_UNKNOWN'], 'streams')
})

schema.check('a field named twice is FIELD_DUPLICATE', async (kit) => {
  const subject = await kit.subject('main')
  const requests = [
    readField('customers', 'customerId', 'name', { select: ['name', 'customerId', 'name'] }),
    readField('customers', 'customerId', 'name', { order: [by('name'), by('name', 'descending')] }),
    members({ select: ['orders', 'orders'] }),
    members({ order: [by('orders'), by('orders', 'descending')] }),
  ]
  for (const request of requests) if (subject.offers(request.kind)) await expectRefusal(subject, request, ['FIELD_DUPLICATE'], 'order')
})

/** Equal as JSON whatever the order of keys, with nothing that JSON would drop. */
function sameJson(a: unknown, b: unknown): boolean {
  if (typeof a !== 'object' || a === null || typeof b !== 'object' || b === null) return Object.is(a, b)
  if (Array.isArray(a) !== Array.isArray(b)) return false
  const keys = (value: object): string[] => Object.keys(value).sort()
  return keys(a).join('\n') === keys(b).join('\n') && keys(a).every((key) => sameJson((a as Record<string, unknown>)[key], (b as Record<string, unknown>)[key]))
}
