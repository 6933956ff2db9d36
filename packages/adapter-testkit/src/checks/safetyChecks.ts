import { AdapterError, errorFromJSON, isCrmError } from '@crm/core/errors'
import type { AdapterErrorCode } from '@crm/core/errors'
import { INJECTIONS, isAwkward } from '../data/hostileTexts.ts'
import { CANARY } from '../data/mainSets.ts'
import { demand, show } from '../failure.ts'
import { callContext, drain, errorOf, expectAnswer, expectRefusal } from '../subject.ts'
import type { Request, Subject } from '../subject.ts'
import { checksOf } from './define.ts'
import type { CheckDefinition, Kit } from './define.ts'
import { bins, customersWhere, members, oneOfEach, onRanks, pairs, readAll, readField, SPEC, totals } from './requests.ts'

const injection = checksOf('injection')
export const injectionChecks: readonly CheckDefinition[] = injection.list

async function expectIntact(subject: Subject): Promise<void> {
  for (const { name } of subject.data.sets) await expectAnswer(subject, readAll(subject, name), 'values')
}

injection.check('hostile filter values are values', async (kit) => {
  const subject = await kit.subject('main')
  for (const value of INJECTIONS) {
    if (isAwkward(value) && !kit.storable(value)) continue
    await expectAnswer(subject, customersWhere({ op: 'eq', field: 'name', value }), 'order')
    await expectAnswer(subject, customersWhere({ op: 'in', field: 'customerId', values: [value, 'c1'] }), 'order')
    await expectAnswer(subject, customersWhere({ op: 'contains', field: 'name', value, fold: 'ascii' }), 'order')
    if (subject.offers('members')) await expectAnswer(subject, members({ where: { op: 'startsWith', field: 'name', value, fold: 'none' } }), 'order')
  }
  await expectIntact(subject)
})

injection.check('hostile field names are FIELD_UNKNOWN', async (kit) => {
  const subject = await kit.subject('main')
  const known = new Set(subject.data.sets.flatMap(({ fields }) => fields.map(({ name }) => name)))
  const names = [...INJECTIONS, 'name" , (select 1) as "x', 'name; drop table customers', 'rowid', '*', 'customers.name', 'count(*)', 'toString', 'hasOwnProperty', ''].filter((name) => !known.has(name))
  for (const field of names) {
    const requests: readonly Request[] = [
      { kind: 'scan', set: 'customers', select: [field] },
      customersWhere({ op: 'isNull', field }),
      readField('customers', 'customerId', 'name', { order: [{ field, direction: 'ascending', nulls: 'last' }] }),
      bins([onRanks(field, 3)]),
      bins([{ field, cut: 'values' }]),
      members({ select: [field] }),
      members({ ranges: [{ field, above: 0 }] }),
      members({ order: [{ field, direction: 'descending', nulls: 'first' }] }),
      totals(SPEC, { where: { op: 'isNull', field } }),
    ]
    for (const request of requests) if (subject.offers(request.kind)) await expectRefusal(subject, request, ['FIELD_UNKNOWN'], 'streams')
  }
  await expectIntact(subject)
})

injection.check('hostile set names, cursors and snapshots do nothing', async (kit) => {
  const subject = await kit.subject('main')
  for (const value of INJECTIONS) {
    await expectRefusal(subject, { kind: 'scan', set: value as 'customers', select: ['customerId'] }, ['SET_UNKNOWN'], 'streams')
    for (const request of [readField('customers', 'customerId', 'name', { limit: 3 }), members({ limit: 3 }), totals(SPEC, { limit: 3 })]) {
      if (!subject.offers(request.kind)) continue
      await expectRefusal(subject, { ...request, after: value } as Request, ['CURSOR_INVALID'], 'order')
      const error = await errorOf(subject, request, () => drain(subject, { ...request, snapshot: value }))
      demand(error === null || isCrmError(error), { ...request, snapshot: value }, `Expected an answer or a coded error, got ${show(String(error))}`, 'streams')
    }
  }
  await expectIntact(subject)
})

injection.check('Object.prototype stays as it was', async (kit) => {
  const subject = await kit.subject('main')
  await expectAnswer(subject, readAll(subject, 'customers'), 'values')
  if (subject.offers('members')) await expectAnswer(subject, members({ select: ['__proto__', 'constructor', 'customerId'] }), 'values')
  demand(Object.keys(Object.prototype).length === 0, 'for (const key in {})', `Object.prototype has gained ${show(Object.keys(Object.prototype))}`, 'values')
  demand(({} as Record<string, unknown>)['customerId'] === undefined && typeof {}.constructor === 'function', 'a plain object', 'Plain objects are not plain any more', 'values')
})

const errors = checksOf('errors')
export const errorChecks: readonly CheckDefinition[] = errors.list

/** Requests that must fail, with personal data in every place where a caller may put some. */
function provocations(subject: Subject): readonly { readonly asked: unknown; readonly call: () => unknown }[] {
  const secret = `${CANARY}-1@example.test`
  const requests: readonly Request[] = [
    customersWhere({ op: 'eq', field: 'credit', value: secret }),
    customersWhere({ op: 'in', field: 'level', values: [1, secret] }),
    customersWhere({ op: 'lt', field: 'active', value: secret }),
    customersWhere({ op: 'in', field: 'email', values: Array.from({ length: 10_001 }, () => secret) }),
    customersWhere({ op: 'contains', field: 'score', value: secret, fold: 'none' }),
    { ...readField('customers', 'customerId', 'email'), after: secret, limit: 2 },
    { ...readField('customers', 'customerId', 'email'), limit: -1, where: { op: 'eq', field: 'email', value: secret } },
    { ...members({ where: { op: 'eq', field: 'email', value: secret }, limit: 2 }), after: secret },
    totals({ ...SPEC, zone: [] }, { where: { op: 'eq', field: 'email', value: secret } }),
    bins([{ field: 'orders', cut: { at: [2, 1] } }], { where: { op: 'eq', field: 'email', value: secret } }),
    bins([onRanks('email', 4)]),
    pairs(subject, { targets: [secret, secret] }),
    pairs(subject, { over: 'customers', targets: Array.from({ length: 1001 }, (_, i) => `${secret}${i}`) }),
  ]
  return [
    ...requests.filter(({ kind }) => subject.offers(kind)).map((request) => ({ asked: request, call: () => drain(subject, request) })),
    ...oneOfEach(subject).map((request) => ({ asked: request, call: () => drain(subject, request, { deadlineAt: 1 }) })),
  ]
}

/** Every error that the kit can provoke. */
async function provoked(kit: Kit): Promise<readonly { readonly asked: unknown; readonly error: unknown }[]> {
  const found: { asked: unknown; error: unknown }[] = []
  const provoke = async (subject: Subject, asked: unknown, call: () => unknown): Promise<void> => {
    const error = await errorOf(subject, asked, call)
    demand(error !== null, asked, 'Expected an error, got an answer', 'streams')
    found.push({ asked, error })
  }
  const main = await kit.subject('main')
  for (const { asked, call } of provocations(main)) await provoke(main, asked, call)
  const overflow = await kit.subject('overflow')
  for (const request of [totals(), bins([]), members(), pairs(overflow)]) if (overflow.offers(request.kind)) await provoke(overflow, request, () => drain(overflow, request))
  const days = await kit.subject('days')
  await provoke(days, 'a text as a numeric id', () => drain(days, customersWhere({ op: 'eq', field: 'customerId', value: CANARY })))
  if (days.offers('pairs')) await provoke(days, 'a text as a numeric target', () => drain(days, pairs(days, { targets: [CANARY] })))
  await kit.fresh('one', async (subject) => {
    await subject.adapter.close()
    await provoke(subject, 'adapter.schema() after close()', () => subject.adapter.schema(callContext()))
  })
  return found
}

errors.check('have a code and survive JSON', async (kit) => {
  for (const { asked, error } of await provoked(kit)) {
    demand(isCrmError(error), asked, `Expected a coded error, got ${show(String(error))}`, 'streams')
    const copy = errorFromJSON(JSON.parse(JSON.stringify(error)))
    demand(copy.code === error.code && copy.message === error.message && copy.name === error.name, asked, `${error.code} came out of JSON as ${copy.code}`, 'streams')
  }
})

errors.check('tell no data and no SQL', async (kit) => {
  for (const { asked, error } of await provoked(kit)) {
    const told = [String(error), String((error as Error).message), JSON.stringify(error), JSON.stringify(Object.entries(error as object)), String((error as Error).stack)].join('\n')
    demand(!told.includes(CANARY), asked, `The error tells a value: ${show(told.slice(Math.max(0, told.indexOf(CANARY) - 40), told.indexOf(CANARY) + 30))}`, 'streams')
    demand(!/\bselect\b[\s\S]*\bfrom\b|\border by\b|\bgroup by\b/i.test(told), asked, `The error tells SQL: ${show((error as Error).message)}`, 'streams')
  }
})

errors.check('of retrieval say the fixed sentences', async (kit) => {
  for (const { asked, error } of await provoked(kit)) {
    if ((error as Error).name !== 'AdapterError') continue
    const fixed = new AdapterError((error as AdapterError).code as AdapterErrorCode).message
    demand((error as Error).message === fixed, asked, `Expected ${show(fixed)}, got ${show((error as Error).message)}`, 'streams')
  }
})
