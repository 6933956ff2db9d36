export { createCallContext, type CallContextOptions } from './createCallContext.ts'
export { createMemoryAdapter, type MemoryAdapter } from './createMemoryAdapter.ts'
export { decodeResult, encodeResult, type EncodedResult } from './encodeResult.ts'
export { fromMinorUnits, toMinorUnits } from './money.ts'
export type { FieldOverride, MemoryAdapterOptions, MemoryRow, MemorySet, RowKey } from './memory.types.ts'
export type { WarningCode } from '../errors/codes.ts'
export { checkScanRequest, checkSummaryRequest } from '../shared/checkRequest.ts'
export { decodeCursor, encodeCursor, fingerprintOf } from '../shared/cursor.ts'
export { resolveZone } from '../shared/resolveZone.ts'
export { CONTRACT_VERSION, PAIRS_COLUMNS, TOTALS_COLUMNS } from './contract.ts'
export type {
  AdapterManifest,
  Answer,
  Axis,
  Batch,
  BinsRequest,
  CallContext,
  Column,
  ComputeTables,
  DataAdapter,
  DataChange,
  DataField,
  DataSchema,
  DataSetName,
  DataSetSchema,
  Expr,
  FieldType,
  Measure,
  MembersRequest,
  Operation,
  Order,
  PairsRequest,
  Provenance,
  Range,
  Rank,
  ResidentColumns,
  ResidentTable,
  ResidentTables,
  Scalar,
  ScanRequest,
  Selection,
  Steps,
  StreamEnd,
  SummableMeasure,
  SummaryRequest,
  TableRead,
  TablesTwin,
  TotalsRequest,
  TotalsSpec,
  WarningCount,
  ZoneOffsets,
} from './contract.ts'
export type {
  ByteStream,
  ImportAttribute,
  ImportColumn,
  ImportDoubt,
  ImportDraft,
  ImportFile,
  ImportFault,
  ImportFinding,
  ImportFindingCode,
  ImportOpenOptions,
  ImportOptions,
  ImportPlan,
  ImportProgress,
  ImportReport,
  ImportResult,
  ImportRole,
  ImportSource,
  ImportTrial,
  TableImporter,
} from './importer.types.ts'
