import type { ImportFile, TableImporter } from '@crm/core/adapter'
import { storyRows } from '../../testing/storyData.ts'

/** Files for stories and tests, made from the made-up shop. Not part of the package. */

const DAY_MS = 86_400_000

export interface OrdersOptions {
  readonly customers?: number
  readonly delimiter?: string
  readonly header?: readonly string[]
  /** Writes a day, whole days since 1970. */
  readonly day?: (epochDay: number) => string
  readonly amount?: (cents: number) => string
  readonly city?: (city: string) => string
}

export const isoDay = (epochDay: number): string => new Date(epochDay * DAY_MS).toISOString().slice(0, 10)
/** 30/06/2026 */
export const dayFirst = (epochDay: number): string => isoDay(epochDay).split('-').reverse().join('/')
/** 06/05/2026: no day after the twelfth, so that nobody can say which is the month. */
export const eitherWay = (epochDay: number): string => `0${1 + (epochDay % 9)}/0${1 + (epochDay % 7)}/${isoDay(epochDay).slice(0, 4)}`
export const commaAmount = (cents: number): string => (cents / 100).toFixed(2).replace('.', ',')
const pointAmount = (cents: number): string => (cents / 100).toFixed(2)
export const HEADER: readonly string[] = ['order_id', 'customer_id', 'customer_name', 'city', 'purchase_date', 'product_id', 'amount (EUR)']

/** The orders of the shop, one line a row. */
export function ordersCsv({ customers = 80, delimiter = ',', header = HEADER, day = isoDay, amount = pointAmount, city = (name) => name }: OrdersOptions = {}): string {
  const rows = storyRows(customers)
  const byId = new Map(rows.customers.map((customer) => [customer['customerId'], customer]))
  const lines = [header.join(delimiter)]
  for (const [at, line] of rows.transactions.entries()) {
    const customer = byId.get(line['customerId'])!
    const fields = [
      String(line['orderId']),
      String(line['customerId']),
      String(customer['name']),
      city(String(customer['city'] ?? '')),
      day(Math.floor(Number(line['at']) / DAY_MS)),
      `P-${String(at % 40).padStart(3, '0')}`,
      amount(Number(line['amount'])),
    ]
    lines.push(fields.join(delimiter))
  }
  return `${lines.join('\n')}\n`
}

/** The same orders with rows that cannot be read, a few without a customer, and one twice. */
export function faultyCsv(): string {
  const lines = ordersCsv().trimEnd().split('\n')
  const change = (line: number, column: number, value: string): void => {
    const fields = lines[line - 1]!.split(',')
    fields[column] = value
    lines[line - 1] = fields.join(',')
  }
  for (const [line, value] of [[17, 'n/a'], [60, 'to follow'], [61, 'free']] as const) change(line, 6, value)
  for (const [line, value] of [[90, '2026-02-30'], [91, 'yesterday']] as const) change(line, 4, value)
  for (const line of [120, 121, 122, 123]) change(line, 1, '')
  change(140, 4, '')
  change(200, 3, 'Bergen')
  lines.push(lines[300]!, '1,2,3')
  return `${lines.join('\n')}\n`
}

/** A file as a person would choose it. */
export function csvFile(content: string | Uint8Array<ArrayBuffer>, name = 'orders.csv'): File {
  return new File([content], name, { type: 'text/csv' })
}

export interface HaltingImport {
  readonly importer: TableImporter
  readonly defaultSource: ImportFile
}

/**
 * An importer and a file that comes to a halt half-way through one of its calls, as over a slow line.
 *
 * @param onCancel called when a reader lets go of the file
 */
export function haltingImport(importer: TableImporter, call: 'dryRun' | 'run', content: string, onCancel: () => void = () => {}): HaltingImport {
  const bytes = new TextEncoder().encode(content)
  let isHalting = false
  const defaultSource: ImportFile = {
    name: 'orders.csv',
    size: bytes.length,
    stream: () =>
      new ReadableStream<Uint8Array>({
        start(controller) {
          controller.enqueue(isHalting ? bytes.slice(0, bytes.length / 2) : bytes.slice())
          if (!isHalting) controller.close()
        },
        cancel: onCancel,
      }),
  }
  const during = <Result>(name: typeof call | 'open', read: () => Promise<Result>): Promise<Result> => {
    isHalting = name === call
    return read()
  }
  return {
    defaultSource,
    importer: {
      ...importer,
      open: (...args) => during('open', () => importer.open(...args)),
      dryRun: (...args) => during('dryRun', () => importer.dryRun(...args)),
      run: (...args) => during('run', () => importer.run(...args)),
    },
  }
}

/** Western letters as older spreadsheets write them. */
export function latin1Bytes(text: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(text, (letter) => letter.charCodeAt(0))
}

/** Chinese as Windows writes it: ASCII, and the characters of GB 2312 in two bytes each. */
export function gb18030Bytes(text: string): Uint8Array<ArrayBuffer> {
  const decoder = new TextDecoder('gb18030')
  const codes = new Map<string, readonly [number, number]>()
  for (let lead = 0xa1; lead <= 0xf7; lead++) {
    for (let trail = 0xa1; trail <= 0xfe; trail++) codes.set(decoder.decode(Uint8Array.of(lead, trail)), [lead, trail])
  }
  return Uint8Array.from([...text].flatMap((letter) => (letter.charCodeAt(0) < 128 ? [letter.charCodeAt(0)] : [...codes.get(letter)!])))
}
