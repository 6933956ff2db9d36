import type { CrmMessages } from '../messages.ts'
import { commonMessages, computedFromMessages, errorMessages, warningMessages } from './common.ts'
import { customerTableMessages } from './customerTable.ts'
import { exportMenuMessages } from './exportMenu.ts'
import { importWizardMessages } from './importWizard.ts'
import { neighbourListMessages } from './neighbourList.ts'
import { recommendationListMessages } from './recommendationList.ts'
import { recommenderScorecardMessages } from './recommenderScorecard.ts'
import { rfmDistributionMessages } from './rfmDistribution.ts'
import { rfmGridMessages } from './rfmGrid.ts'
import { rfmScatterMessages } from './rfmScatter.ts'
import { segmentNames } from './segments.ts'
import { segmentReasonMessages } from './segmentReason.ts'
import { segmentTableMessages } from './segmentTable.ts'
import { segmentTreemapMessages } from './segmentTreemap.ts'

/** Simplified Chinese. A chunk of its own: pages in other languages never load it. */
export const chineseMessages: CrmMessages = {
  common: commonMessages,
  computedFrom: computedFromMessages,
  warnings: warningMessages,
  errors: errorMessages,
  rfmGrid: rfmGridMessages,
  customerTable: customerTableMessages,
  segmentTable: segmentTableMessages,
  segmentTreemap: segmentTreemapMessages,
  rfmDistribution: rfmDistributionMessages,
  rfmScatter: rfmScatterMessages,
  segmentReason: segmentReasonMessages,
  importWizard: importWizardMessages,
  exportMenu: exportMenuMessages,
  recommendationList: recommendationListMessages,
  neighbourList: neighbourListMessages,
  recommenderScorecard: recommenderScorecardMessages,
  segments: segmentNames,
}
