import type { DescribeDataAdapterOptions, KitVariant } from '../testkit.types.ts'
import type { Subject } from '../subject.ts'

/** What a check may use. */
export interface Kit {
  readonly options: DescribeDataAdapterOptions
  readonly seed: number
  readonly requests: number
  readonly storable: (text: string) => boolean
  /** The adapter over a variant, made once per suite. */
  subject(variant: KitVariant): Promise<Subject>
  /** An adapter of its own, closed afterwards: for checks that close it themselves. */
  fresh(variant: KitVariant, work: (subject: Subject) => Promise<void>): Promise<void>
  /** The memory adapter over the same data. */
  memory(variant: KitVariant): Promise<Subject>
  /** Every adapter that the suite has open. */
  opened(): readonly Subject[]
  close(): Promise<void>
}

export interface CheckDefinition {
  readonly group: string
  readonly fact: string
  readonly run: (kit: Kit) => Promise<void>
}

/** Collects the checks of one group. */
export function checksOf(group: string): { readonly list: CheckDefinition[]; readonly check: (fact: string, run: (kit: Kit) => Promise<void>) => void } {
  const list: CheckDefinition[] = []
  return { list, check: (fact, run) => void list.push({ group, fact, run }) }
}
