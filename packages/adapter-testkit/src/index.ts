export { describeDataAdapter } from './describeDataAdapter.ts'
export { CheckFailure } from './failure.ts'
export type {
  Cell,
  Certificate,
  DataAdapterCheck,
  DataAdapterSuite,
  DescribeDataAdapterOptions,
  KitData,
  KitSet,
  KitVariant,
} from './testkit.types.ts'
