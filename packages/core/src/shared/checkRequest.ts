import type { Axis, DataSchema, DataSetName, FieldType, Order, PairsRequest, Range, ScanRequest, SummaryRequest, TotalsSpec } from '../adapter/contract.ts'
import { InvalidInputError, UnsupportedError } from '../errors/index.ts'
import { columnKindOf } from './columns.ts'
import { checkExpr, unknownField } from './expr.ts'
import { fieldsOfCustomers, fieldsOfSet, SUMMABLE_MEASURES } from './measures.ts'
import { isNumericId } from './text.ts'

const SETS: readonly DataSetName[] = ['customers', 'transactions', 'interactions', 'products', 'ratings']
export const MAX_LIMIT = 100_000
/** Ids that one `pairs` request may compare with all others: the answer has up to as many rows for each as there are others. */
const MAX_TARGETS = 1000

/**
 * Checks a scan before any work, the same way for every adapter.
 *
 * @throws InvalidInputError `SET_UNKNOWN`, `FIELD_UNKNOWN`, `FIELD_DUPLICATE`, `FIELD_TYPE`, `ID_NOT_NUMERIC`, `LIST_TOO_LONG`,
 * `LIMIT_RANGE`, `CURSOR_INVALID`, `REQUEST_INVALID`
 * @throws UnsupportedError `SET_MISSING`
 */
export function checkScanRequest(request: ScanRequest, schema: DataSchema): void {
  checkRecord(request)
  const fields = knownSet(request.set, schema)
  checkNames(request.select, fields)
  if (request.where !== undefined) checkExpr(request.where, fields)
  if (request.order !== undefined) checkOrder(request.order, fields)
  checkPage(request.limit, request.after)
  checkSnapshot(request.snapshot)
}

/**
 * Checks a summary before any work, the same way for every adapter and for the local twin.
 *
 * @throws InvalidInputError as {@link checkScanRequest}, and `SPEC_INVALID`, `RANK_INVALID`, `CUTS_NOT_ASCENDING`, `KEY_DUPLICATE`
 * @throws UnsupportedError `SET_MISSING` when there are no transactions; for pairs of ratings, when there are no ratings
 */
export function checkSummaryRequest(request: SummaryRequest, schema: DataSchema): void {
  checkRecord(request)
  const counted = knownSet(request.kind === 'pairs' && request.weight === 'rating' ? 'ratings' : 'transactions', schema)
  checkTotalsSpec(request.totals)
  const fields = fieldsOfCustomers(schema)
  if (request.where !== undefined) checkExpr(request.where, fields)
  checkSnapshot(request.snapshot)
  switch (request.kind) {
    case 'totals':
      return checkPage(request.limit, request.after)
    case 'bins':
      if (!Array.isArray(request.axes) || !Array.isArray(request.sums)) throw malformed('"axes" and "sums" are lists')
      if (request.axes.length > 8) throw malformed('there are at most 8 axes')
      for (const axis of request.axes) checkAxis(axis, fields)
      checkNames(request.sums, new Map(SUMMABLE_MEASURES.map((measure) => [measure, { kind: 'integer' }])))
      return
    case 'members':
      checkNames(request.select, fields)
      if (!Array.isArray(request.ranges)) throw malformed('"ranges" is a list')
      for (const range of request.ranges) checkRange(range, fields)
      checkOrder(request.order, fields)
      if (request.limit === undefined) throw limitRange()
      return checkPage(request.limit, request.after)
    case 'pairs':
      return checkPairs(request, counted)
    default:
      throw new UnsupportedError(
        'SUMMARY_UNSUPPORTED',
        'This kind of summary is not known here. It cannot be computed. Use totals, bins, members or pairs, or a newer version of the kit.',
      )
  }
}

/** @throws InvalidInputError `SPEC_INVALID` */
export function checkTotalsSpec(spec: TotalsSpec): void {
  if (typeof spec !== 'object' || spec === null) throw invalidSpec('"totals" is missing')
  const { asOf, from, zone, order, returns } = spec
  if (!isInstant(asOf)) throw invalidSpec('"asOf" is no whole number of epoch milliseconds')
  if (from !== undefined && !(isInstant(from) && from <= asOf)) throw invalidSpec('"from" is no whole number of epoch milliseconds up to "asOf"')
  if (order !== 'orderId' && order !== 'day' && order !== 'line') throw invalidSpec('"order" is none of orderId, day and line')
  if (returns !== 'net' && returns !== 'drop') throw invalidSpec('"returns" is neither net nor drop')
  if (!Array.isArray(zone) || zone.length === 0) throw invalidSpec('"zone" has no entry')
  for (let i = 0; i < zone.length; i++) {
    const entry = zone[i] as TotalsSpec['zone'][number] | null
    const ascends = i === 0 || (entry?.since ?? NaN) > (zone[i - 1] as TotalsSpec['zone'][number]).since
    if (entry === null || !isInstant(entry.since) || !ascends || !(Math.abs(entry.offsetMinutes) <= 1560)) {
      throw invalidSpec(`entry ${i} of "zone" is out of order or no offset`)
    }
  }
}

function checkPairs({ over, targets, weight }: PairsRequest, fields: ReadonlyMap<string, FieldType>): void {
  if (over !== 'customers' && over !== 'products') throw malformed('"over" is customers or products')
  if (weight !== 'one' && weight !== 'count' && weight !== 'rating') throw malformed('"weight" is one, count or rating')
  typeOf('productId', fields)
  const type = typeOf(over === 'customers' ? 'customerId' : 'productId', fields)
  if (!Array.isArray(targets) || targets.length === 0 || !targets.every((target) => typeof target === 'string')) throw malformed('"targets" is a list of ids, at least one')
  if (targets.length > MAX_TARGETS) {
    throw new InvalidInputError(
      'LIST_TOO_LONG',
      `The list of "targets" has ${targets.length} ids, more than ${MAX_TARGETS}. Each of them is compared with all others. Ask for fewer at a time.`,
      { values: targets.length, limit: MAX_TARGETS },
    )
  }
  if (new Set(targets).size < targets.length) {
    throw new InvalidInputError('KEY_DUPLICATE', 'An id is named twice in "targets". Its rows would come twice, or once, as the engine likes. Name every id once.')
  }
  if (type.kind === 'id' && type.numericId === true && !targets.every(isNumericId)) {
    throw new InvalidInputError('ID_NOT_NUMERIC', 'The "targets" hold a text that is no whole number. These ids are ordered by number on every engine. Pass the ids in decimal digits.')
  }
}

function checkAxis(axis: Axis, fields: ReadonlyMap<string, FieldType>): void {
  checkRecord(axis)
  const type = typeOf(axis.field, fields)
  const { cut } = axis
  if (cut === 'values') {
    if (columnKindOf(type) === 'float64' && type.kind !== 'integer') throw axisType(axis.field, type, 'one bin per value')
    return
  }
  checkRecord(cut)
  if (columnKindOf(type) !== 'float64') throw axisType(axis.field, type, 'cut points')
  if ('at' in cut) {
    if (!Array.isArray(cut.at) || cut.at.length > 1000 || !cut.at.every((value) => Number.isFinite(value))) throw malformed('"at" is a list of up to 1000 finite numbers')
    for (let i = 1; i < cut.at.length; i++) {
      if ((cut.at[i] as number) < (cut.at[i - 1] as number)) {
        throw new InvalidInputError(
          'CUTS_NOT_ASCENDING',
          `Cut point ${i} of the axis "${axis.field}" is below the one before it. A bin between them cannot hold anything. Pass the cut points in ascending order.`,
          { field: axis.field, index: i },
        )
      }
    }
    return
  }
  if (!Array.isArray(cut.ranks) || cut.ranks.length > 1000) throw malformed('"ranks" is a list of up to 1000 ranks')
  let before = 0
  cut.ranks.forEach((rank, i) => {
    const { of, in: parts } = (rank ?? {}) as { of?: number; in?: number }
    const isRank = Number.isInteger(of) && Number.isInteger(parts) && (of as number) > 0 && (of as number) < (parts as number) && (parts as number) <= 10_000
    const share = (of as number) / (parts as number)
    if (!isRank || share < before) {
      throw new InvalidInputError(
        'RANK_INVALID',
        `Rank ${i} of the axis "${axis.field}" is no fraction between 0 and 1 with whole parts up to 10,000, or it is below the rank before it. There is no value at such a rank. Use for example { of: 1, in: 5 }.`,
        { field: axis.field, index: i },
      )
    }
    before = share
  })
}

function checkRange(range: Range, fields: ReadonlyMap<string, FieldType>): void {
  checkRecord(range)
  const type = typeOf(range.field, fields)
  if (columnKindOf(type) !== 'float64') throw axisType(range.field, type, 'a range')
  for (const limit of [range.above, range.upTo]) {
    if (limit !== undefined && !Number.isFinite(limit)) throw axisType(range.field, type, 'a limit that is no finite number')
  }
}

function checkOrder(order: readonly Order[], fields: ReadonlyMap<string, FieldType>): void {
  if (!Array.isArray(order)) throw malformed('"order" is a list')
  checkNames(
    order.map((one) => (one as Order | null)?.field as string),
    fields,
  )
  for (const { direction, nulls } of order) {
    if ((direction !== 'ascending' && direction !== 'descending') || (nulls !== 'first' && nulls !== 'last')) {
      throw malformed('each order states ascending or descending, and nulls first or last')
    }
  }
}

function checkNames(names: readonly string[], fields: ReadonlyMap<string, FieldType>): void {
  if (!Array.isArray(names)) throw malformed('the fields are a list of names')
  const seen = new Set<string>()
  for (const name of names) {
    typeOf(name, fields)
    if (seen.has(name)) {
      throw new InvalidInputError('FIELD_DUPLICATE', `The field "${name}" is named twice. One of the two would be lost. Name it once.`, { field: name })
    }
    seen.add(name)
  }
}

function checkPage(limit: number | undefined, after: string | undefined): void {
  if (limit !== undefined && !(Number.isInteger(limit) && limit >= 1 && limit <= MAX_LIMIT)) throw limitRange()
  if (after !== undefined && typeof after !== 'string') {
    throw new InvalidInputError('CURSOR_INVALID', 'The cursor is no text. There is no page after it. Pass the cursor of the page before, unchanged.')
  }
}

function checkSnapshot(snapshot: string | undefined): void {
  if (snapshot !== undefined && typeof snapshot !== 'string') throw malformed('"snapshot" is a text')
}

function knownSet(set: DataSetName, schema: DataSchema): Map<string, FieldType> {
  if (!SETS.includes(set)) {
    throw new InvalidInputError('SET_UNKNOWN', `There is no data set of that name. The contract knows ${SETS.join(', ')}. Use one of them.`)
  }
  const fields = fieldsOfSet(schema, set)
  if (fields === null) {
    throw new UnsupportedError('SET_MISSING', `This adapter holds no ${set}. The request needs them. Connect them, or leave out what needs them.`, { set })
  }
  return fields
}

function typeOf(field: unknown, fields: ReadonlyMap<string, FieldType>): FieldType {
  const type = typeof field === 'string' ? fields.get(field) : undefined
  if (type === undefined) throw unknownField(field)
  return type
}

function isInstant(value: unknown): value is number {
  return Number.isInteger(value) && Math.abs(value as number) <= 8.64e15
}

function checkRecord(value: unknown): void {
  if (typeof value !== 'object' || value === null) throw malformed('it is a record')
}

function axisType(field: string, type: FieldType, what: string): InvalidInputError {
  return new InvalidInputError(
    'FIELD_TYPE',
    `The field "${field}" of kind "${type.kind}" cannot take ${what}. Numbers, money and dates are cut; text, booleans and integers have values. Choose another field or another cut.`,
    { field, kind: type.kind },
  )
}

function limitRange(): InvalidInputError {
  return new InvalidInputError('LIMIT_RANGE', `"limit" is no whole number from 1 to ${MAX_LIMIT}. A page must be small enough to hold. Pass such a number and follow the cursor.`, {
    limit: MAX_LIMIT,
  })
}

function invalidSpec(what: string): InvalidInputError {
  return new InvalidInputError('SPEC_INVALID', `The totals cannot be computed: ${what}. Every engine must count over the same window and days. Correct "totals".`)
}

function malformed(rule: string): InvalidInputError {
  return new InvalidInputError('REQUEST_INVALID', `The request has another shape than the contract: ${rule}. It cannot be answered. Build it with the types of the contract.`)
}
