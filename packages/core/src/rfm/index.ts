export { compareRfmSegments, compareSegmentMaps } from './compareRfmSegments.ts'
export { createCustomerLedger } from './createCustomerLedger.ts'
export { createRfmSpec } from './createRfmSpec.ts'
export { describeRfmCube } from './describeRfmCube.ts'
export { describeRfmGrid } from './describeRfmGrid.ts'
export { describeRfmRatios } from './describeRfmRatios.ts'
export { explainRfmCustomer } from './explainRfmCustomer.ts'
export { freezeRfmCuts } from './freezeRfmCuts.ts'
export { lintSegmentMap } from './lintSegmentMap.ts'
export { rfmGridFromTotalsOperation, rfmGridOperation, rfmOperations, rfmScoresOperation } from './operations.ts'
export { pivotRfmGrid } from './pivotRfmGrid.ts'
export { rfmBorders } from './rfmBorders.ts'
export { rfmCode } from './rfmCode.ts'
export { rfmHistogram } from './rfmHistogram.ts'
export { scoreRfm } from './scoreRfm.ts'
export { plainSegmentMap, pymcMarketingSegmentMap, recencyByValueSegmentMap, rRfmOldSegmentMap, rRfmSegmentMap, threePointSegmentMap } from './segmentMaps.ts'
export { segmentRfm } from './segmentRfm.ts'
export { selectRfmCells } from './selectRfmCells.ts'
export { clusterTransactions, summariseCustomers } from './summariseCustomers.ts'
export { transactionColumnsFromRows } from './transactionColumnsFromRows.ts'
export { defaultValueTiers } from './valueTiers.ts'
export { rfmCubeOperation, rfmDensityOperation, rfmSpreadOperation } from './whatIfOperations.ts'
export type { CustomerChange, CustomerLedger, LedgerLine } from './createCustomerLedger.ts'
export type { CustomerFigures } from './ledgerTotals.ts'
export type { RfmBordersOptions } from './rfmBorders.ts'
export type { RfmCuts } from './freezeRfmCuts.ts'
export type { CollectedBatches } from '../shared/batches.ts'
export type { RfmRatios } from './describeRfmRatios.ts'
export type { BinsAnswer } from '../shared/readBins.ts'
export type { ScoreRfmOptions } from './scoreRfm.ts'
export type { SegmentRfmOptions } from './segmentRfm.ts'
export type { ClusteredTransactions, TransactionColumns } from './summariseCustomers.ts'
export type { TransactionRow, TransactionRowsOptions } from './transactionColumnsFromRows.ts'
export type {
  CustomerTotals,
  RfmAxes,
  RfmAxis,
  RfmBins,
  RfmCellPick,
  RfmCells,
  RfmComposite,
  RfmGridRequest,
  RfmGridResult,
  RfmGroup,
  RfmMeasures,
  RfmPick,
  RfmPivot,
  RfmPivotAxis,
  RfmPivotCell,
  RfmScoreTable,
  RfmScores,
  RfmScoresRequest,
  RfmScoring,
  RfmSegments,
  RfmSpec,
  RfmSpecOptions,
  RfmTierGroup,
  ScoreRange,
  SegmentMap,
  SegmentMapLint,
  SegmentOverlap,
  SegmentRule,
  UnreachableSegment,
  ValueTier,
  ValueTiers,
} from './rfm.types.ts'
export type { RfmAxisReason, RfmCustomer, RfmExplanation, RfmSegmentChange, RfmStep } from './explain.types.ts'
export type {
  RfmBorders,
  RfmComparison,
  RfmCube,
  RfmCubeRequest,
  RfmDensity,
  RfmDensityRequest,
  RfmField,
  RfmHistogramBar,
  RfmSpread,
  RfmSpreadRequest,
} from './whatIf.types.ts'
