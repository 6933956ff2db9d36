import type { AdapterManifest, Column, DataAdapter, DataField, DataSchema, DataSetName, Scalar } from '@crm/core/adapter'

export type Cell = Scalar | null

/**
 * The data sets of the kit. Each is small; together they hold every trap the checks spring.
 *
 * - `main`: all five sets, instants, money of scale 2, hostile texts, hostile field names, about 2,000 rows
 * - `days`: `at` is a date, ids are numeric, money of scale 4, with ratings
 * - `lines`: transactions only, with the needed fields only, money of scale 0
 * - `large`: customers whose totals lie at the edge of 2^53 - 1
 * - `overflow`: a customer whose purchases exceed 2^53 - 1
 * - `one`: one customer with one line
 * - `empty`: the fields of `main` without a row
 */
export type KitVariant = 'main' | 'days' | 'lines' | 'large' | 'overflow' | 'one' | 'empty'

/** One data set, as rows and as columns; both are frozen and hold the same. */
export interface KitSet {
  readonly name: DataSetName
  readonly fields: readonly DataField[]
  /** One array per row, in the order of `fields`. Arrays, because a field is named `__proto__`. */
  readonly rows: readonly (readonly Cell[])[]
  /** The same, one column per field. A number may be -0 here: the adapter must read it as 0. */
  readonly columns: readonly Column[]
}

/** What `create` puts behind its adapter: exactly these sets, fields and rows. */
export interface KitData {
  readonly variant: KitVariant
  /** What `adapter.schema()` must say: sets, fields, types, time zone. */
  readonly schema: DataSchema
  readonly sets: readonly KitSet[]
}

export interface DescribeDataAdapterOptions {
  /** Shown in failures and in the certificate. */
  readonly name: string
  /**
   * Makes an adapter over exactly `data`. Called once per variant, and again for checks that close an adapter: each
   * call gives an instance that can be closed on its own.
   */
  readonly create: (data: KitData) => DataAdapter | Promise<DataAdapter>
  /** Seed of the random requests, an unsigned 32-bit integer. Default: a fresh one, told by `suite.seed` and in failures. */
  readonly seed?: number
  /**
   * Checks that are known to fail, by name, with the reason. They run and must fail: a gap that starts to pass fails
   * the suite until its key is removed, and so does a key that names no check.
   */
  readonly knownGaps?: Readonly<Record<string, string>>
  /** Number of random requests. Default 200. */
  readonly requests?: number
  /**
   * Can the engine store this text? Asked only for texts with NUL or a lone surrogate; texts it denies are replaced in
   * the data. As filter values they come all the same and must match nothing. Default: everything can be stored.
   */
  readonly storable?: (text: string) => boolean
  /**
   * How many calls the engine is working on right now, as the engine sees it. With it the kit proves
   * `cancel: 'engine'`: soon after an abort the number is 0 again.
   */
  readonly activeCalls?: (adapter: DataAdapter) => number | Promise<number>
  /** How long one call may take before it counts as hanging. Default 10,000 ms. */
  readonly patienceMs?: number
}

/** One fact about the adapter. */
export interface DataAdapterCheck {
  /** Stable across versions: the key of `knownGaps`. Reads `group: fact`. */
  readonly name: string
  readonly group: string
  /** Resolves when the fact holds, rejects with a {@link CheckFailure} when not. */
  readonly run: () => Promise<void>
}

export interface DataAdapterSuite {
  readonly name: string
  readonly seed: number
  /** In order. The last one closes every adapter that the suite made. */
  readonly checks: readonly DataAdapterCheck[]
  /** Closes what is open. For runners that filter checks and so may never reach the last one; idempotent. */
  readonly close: () => Promise<void>
  /** What ran so far and how it went: plain JSON, to publish beside the adapter. */
  readonly certificate: () => Certificate
}

export interface Certificate {
  readonly adapter: string
  readonly contract: number
  readonly seed: number
  /** What the adapter claims, once a check has opened it. */
  readonly manifest: AdapterManifest | null
  readonly passed: number
  readonly failed: number
  /** Checks that did not run. */
  readonly pending: number
  readonly gaps: readonly { readonly name: string; readonly reason: string }[]
  readonly checks: readonly {
    readonly name: string
    /** `not offered`: the check needs a summary that the manifest does not claim, and the adapter did answer `null`. */
    readonly outcome: 'passed' | 'failed' | 'known gap' | 'not offered' | 'pending'
  }[]
}
