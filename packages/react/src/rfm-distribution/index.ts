export { RfmDistribution } from './RfmDistribution.tsx'
export type { RfmDistributionProps, RfmDistributionSlots } from './RfmDistribution.tsx'
export { RfmDistributionActions, RfmDistributionMapControl, RfmDistributionMeasureControl } from './RfmDistributionControls.tsx'
export type { RfmDistributionActionsProps, RfmDistributionMapControlProps } from './RfmDistributionControls.tsx'
export { useRfmDistributionModel } from './RfmDistributionContext.ts'
export { RfmDistributionCut } from './RfmDistributionCut.tsx'
export type { RfmDistributionCutProps, RfmDistributionCutState } from './RfmDistributionCut.tsx'
export { RfmDistributionExport } from './RfmDistributionExport.tsx'
export { RfmDistributionField } from './RfmDistributionField.tsx'
export type { RfmDistributionFieldProps } from './RfmDistributionField.tsx'
export { RfmDistributionFlows } from './RfmDistributionFlows.tsx'
export { RfmDistributionHistogram } from './RfmDistributionHistogram.tsx'
export type { RfmDistributionHistogramProps } from './RfmDistributionHistogram.tsx'
export type {
  RfmDistributionAxis,
  RfmDistributionBand,
  RfmDistributionBar,
  RfmDistributionCut as RfmDistributionCutData,
  RfmDistributionMeasure,
  RfmDistributionPanel,
  RfmDistributionPiece,
  RfmDistributionTick,
} from './rfmDistributionModel.ts'
export { prefetchRfmDistribution } from './prefetchRfmDistribution.ts'
export { RfmDistributionPlot } from './RfmDistributionPlot.tsx'
export type { RfmDistributionPlotProps } from './RfmDistributionPlot.tsx'
export { RfmDistributionRoot } from './RfmDistributionRoot.tsx'
export type { RfmDistributionRootProps, RfmDistributionRootState } from './RfmDistributionRoot.tsx'
export { RfmDistributionRule } from './RfmDistributionRule.tsx'
export type { RfmDistributionRuleProps } from './RfmDistributionRule.tsx'
export { RfmDistributionSegments } from './RfmDistributionSegments.tsx'
export { RfmDistributionSkeleton } from './RfmDistributionSkeleton.tsx'
export { RfmDistributionFinding, RfmDistributionTitle } from './RfmDistributionTitle.tsx'
export type { RfmDistributionTitleProps } from './RfmDistributionTitle.tsx'
export { useRfmDistribution } from './useRfmDistribution.ts'
export type { RfmDistributionModel, RfmDistributionPointed, UseRfmDistributionOptions } from './useRfmDistribution.ts'
export type { RfmCutsChange } from './useCuts.ts'
