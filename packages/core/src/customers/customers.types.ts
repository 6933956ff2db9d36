import type { Column, Expr, FieldType, Order, Selection, WarningCount } from '../adapter/contract.ts'

/** How transaction lines become customer totals: the part of an `RfmSpec` that measures depend on. An RfmSpec fits. */
export interface CustomersWindow {
  /** Reference instant, epoch milliseconds. */
  readonly asOf: number
  /** IANA zone in which days are counted. */
  readonly timeZone: string
  /** Epoch milliseconds. */
  readonly from?: number
  /** Default `orderId`. */
  readonly order?: 'orderId' | 'day' | 'line'
  /** Default `net`. */
  readonly returns?: 'net' | 'drop'
}

export interface CustomersRequest {
  readonly spec: CustomersWindow
  /** What was picked elsewhere on the page. */
  readonly selection?: Selection
  /** What the table itself filters by; holds together with `selection`. */
  readonly filter?: Expr
  /** Attributes of `customers` and measures, in the order wanted. */
  readonly select: readonly string[]
  readonly order: readonly Order[]
  /** 1..100,000. */
  readonly limit: number
  /** `next` of the page before. */
  readonly after?: string
}

export interface CustomersColumn {
  readonly name: string
  /** For formatting: currency and scale of money, days of dates. */
  readonly type: FieldType
  readonly column: Column
}

export interface CustomersPage {
  readonly kind: 'customers-page'
  readonly version: 1
  readonly rows: number
  /** In the order of `select`. */
  readonly columns: readonly CustomersColumn[]
  /** Cursor of the next page, or null on the last. */
  readonly next: string | null
  readonly warnings: readonly WarningCount[]
}

export type CustomerCountRequest = Pick<CustomersRequest, 'spec' | 'selection' | 'filter'>

export interface CustomerCount {
  readonly kind: 'customers-count'
  readonly version: 1
  readonly customers: number
  readonly orders: number
  /** Integer, 10^-scale currency units. */
  readonly revenue: number
  readonly currency: string
  readonly scale: number
  readonly warnings: readonly WarningCount[]
}
