import { HOSTILE_TEXTS, isAwkward } from '../data/hostileTexts.ts'
import { HOSTILE_FIELDS } from '../data/mainSets.ts'
import { CheckFailure, demand, show } from '../failure.ts'
import { compareTables, errorOf, expectAnswer } from '../subject.ts'
import { isCrmError } from '@crm/core/errors'
import { checksOf } from './define.ts'
import type { CheckDefinition } from './define.ts'
import { by, customersWhere, readAll, readField } from './requests.ts'

const types = checksOf('types')
export const typeChecks: readonly CheckDefinition[] = types.list

for (const set of ['customers', 'transactions', 'products', 'interactions', 'ratings'] as const) {
  types.check(`${set} come back as stored`, async (kit) => {
    const subject = await kit.subject('main')
    await expectAnswer(subject, readAll(subject, set), 'values')
  })
}

types.check('a bulk read holds every row once', async (kit) => {
  const subject = await kit.subject('main')
  for (const { name, fields } of subject.data.sets) await expectAnswer(subject, { kind: 'scan', set: name, select: fields.map((field) => field.name) }, 'order')
})

types.check('columns stand in the order of select', async (kit) => {
  const subject = await kit.subject('main')
  const names = readAll(subject, 'customers').select
  await expectAnswer(subject, readAll(subject, 'customers', { select: [...names].reverse() }), 'values')
  for (const name of names) await expectAnswer(subject, { kind: 'scan', set: 'customers', select: [name], order: [] }, 'values')
})

const EDGES: readonly (readonly [fact: string, set: 'customers' | 'products', key: string, field: string])[] = [
  ['money keeps every unit up to 2^53 - 1', 'products', 'productId', 'price'],
  ['integers keep every unit up to 2^53 - 1', 'customers', 'customerId', 'level'],
  ['numbers keep every bit, subnormal ones too, and -0 is 0', 'customers', 'customerId', 'score'],
  ['instants keep the millisecond from year 1 to 9999', 'customers', 'customerId', 'createdAt'],
  ['dates keep the day from year 1 to 9999', 'customers', 'customerId', 'born'],
  ['booleans keep true, false and NULL apart', 'customers', 'customerId', 'active'],
]
for (const [fact, set, key, field] of EDGES) {
  types.check(fact, async (kit) => {
    const subject = await kit.subject('main')
    await expectAnswer(subject, readField(set, key, field), 'values')
    // Every stored value is found by itself, so it also reaches the engine unharmed.
    const stored = new Set(subject.expected(readField(set, key, field)).rows.map((row) => row[1]))
    for (const value of stored) {
      if (value !== null && value !== undefined) await expectAnswer(subject, readField(set, key, field, { where: { op: 'eq', field, value } }), 'values')
    }
  })
}

types.check('day-based data with numeric ids and scale 4 come back as stored', async (kit) => {
  const subject = await kit.subject('days')
  for (const set of ['customers', 'transactions'] as const) await expectAnswer(subject, readAll(subject, set), 'values')
})

types.check('data of scale 0 without customers come back as stored', async (kit) => {
  const subject = await kit.subject('lines')
  await expectAnswer(subject, readAll(subject, 'transactions'), 'values')
})

types.check('an empty set is one batch of no rows with an end', async (kit) => {
  const subject = await kit.subject('empty')
  for (const { name } of subject.data.sets) {
    const answer = await expectAnswer(subject, readAll(subject, name), 'streams')
    demand(answer.batches === 1 && answer.next === null, readAll(subject, name), `Expected one batch and no next page, got ${answer.batches} batches and next ${show(answer.next)}`, 'streams')
  }
})

const text = checksOf('text')
export const textChecks: readonly CheckDefinition[] = text.list

text.check('every hostile text comes back as stored', async (kit) => {
  const subject = await kit.subject('main')
  await expectAnswer(subject, readField('customers', 'customerId', 'name'), 'values')
  await expectAnswer(subject, readField('transactions', 'lineId', 'note'), 'values')
})

text.check('every hostile text finds its rows and no other', async (kit) => {
  const subject = await kit.subject('main')
  for (const value of HOSTILE_TEXTS) {
    if (isAwkward(value) && !kit.storable(value)) continue
    await expectAnswer(subject, customersWhere({ op: 'eq', field: 'name', value }), 'order')
  }
})

text.check('a text that the engine cannot store matches nothing', async (kit) => {
  const subject = await kit.subject('main')
  for (const value of HOSTILE_TEXTS.filter((one) => isAwkward(one) && !kit.storable(one))) {
    for (const where of [{ op: 'eq', field: 'name', value }, { op: 'in', field: 'name', values: [value] }, { op: 'contains', field: 'name', value, fold: 'none' }] as const) {
      const request = customersWhere(where)
      // Refusing it with a code is as honest as finding nothing.
      const error = await errorOf(subject, request, async () => compareTables(request, subject.expected(request), await subject.ask(request), 'values'))
      if (error instanceof CheckFailure) throw error
      demand(error === null || isCrmError(error), request, `Expected no rows or a coded error, got ${show(String(error))}`, 'values')
    }
  }
})

text.check('empty is not NULL', async (kit) => {
  const subject = await kit.subject('main')
  for (const field of ['name', 'stage', HOSTILE_FIELDS[0]]) {
    await expectAnswer(subject, customersWhere({ op: 'eq', field, value: '' }), 'order')
    await expectAnswer(subject, customersWhere({ op: 'isNull', field }), 'order')
    await expectAnswer(subject, customersWhere({ op: 'ne', field, value: '' }), 'order')
  }
})

text.check('case, blanks at the end and normal forms differ', async (kit) => {
  const subject = await kit.subject('main')
  for (const value of ['a', 'A', 'a ', ' a', '\u00e1', 'a\u0301', '\u212b', '\u00c5', 'A\u030a', '\u00a0', ' ']) {
    for (const op of ['eq', 'le', 'ge'] as const) await expectAnswer(subject, customersWhere({ op, field: 'name', value }), 'order')
  }
})

text.check('ids may hold anything', async (kit) => {
  const subject = await kit.subject('main')
  for (const [customerId] of subject.expected(readField('customers', 'customerId', 'customerId')).rows) {
    await expectAnswer(subject, customersWhere({ op: 'eq', field: 'customerId', value: customerId as string }), 'values')
  }
})

text.check('field names may hold anything', async (kit) => {
  const subject = await kit.subject('main')
  for (const field of HOSTILE_FIELDS) {
    await expectAnswer(subject, readField('customers', 'customerId', field), 'sets')
    await expectAnswer(subject, readField('customers', 'customerId', field, { order: [by(field, 'descending', 'first')], limit: 100_000 }), 'sets')
    await expectAnswer(subject, customersWhere({ op: 'not', of: { op: 'isNull', field } }), 'sets')
  }
})
