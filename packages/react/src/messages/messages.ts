import { commonMessages, computedFromMessages, errorMessages, warningMessages } from './common.ts'
import { customerTableMessages } from './customerTable.ts'
import { exportMenuMessages } from './exportMenu.ts'
import { importWizardMessages } from './importWizard.ts'
import { mergeWords } from './mergeWords.ts'
import type { PartialWords } from './mergeWords.ts'
import { neighbourListMessages } from './neighbourList.ts'
import { recommendationListMessages } from './recommendationList.ts'
import { recommenderScorecardMessages } from './recommenderScorecard.ts'
import { rfmDistributionMessages } from './rfmDistribution.ts'
import { rfmGridMessages } from './rfmGrid.ts'
import { rfmScatterMessages } from './rfmScatter.ts'
import { segmentReasonMessages } from './segmentReason.ts'
import { segmentTableMessages } from './segmentTable.ts'
import { segmentTreemapMessages } from './segmentTreemap.ts'
import type { PluralMessage } from './template.ts'

type Widen<Words> = Words extends string
  ? string
  : Words extends { readonly other: string }
    ? Exclude<keyof Words, keyof PluralMessage> extends never
      ? PluralMessage
      : { readonly [Key in keyof Words]: Widen<Words[Key]> }
    : { readonly [Key in keyof Words]: Widen<Words[Key]> }

/** Every word the widgets show, in one object of plain data. */
export interface CrmMessages {
  readonly common: Widen<typeof commonMessages>
  readonly computedFrom: Widen<typeof computedFromMessages>
  readonly warnings: Widen<typeof warningMessages>
  readonly errors: Widen<typeof errorMessages>
  readonly rfmGrid: Widen<typeof rfmGridMessages>
  readonly customerTable: Widen<typeof customerTableMessages>
  readonly segmentTable: Widen<typeof segmentTableMessages>
  readonly segmentTreemap: Widen<typeof segmentTreemapMessages>
  readonly rfmDistribution: Widen<typeof rfmDistributionMessages>
  readonly rfmScatter: Widen<typeof rfmScatterMessages>
  readonly segmentReason: Widen<typeof segmentReasonMessages>
  readonly importWizard: Widen<typeof importWizardMessages>
  readonly exportMenu: Widen<typeof exportMenuMessages>
  readonly recommendationList: Widen<typeof recommendationListMessages>
  readonly neighbourList: Widen<typeof neighbourListMessages>
  readonly recommenderScorecard: Widen<typeof recommenderScorecardMessages>
  /** Names of segments by id. A segment not listed shows the name its map gives it. */
  readonly segments: Readonly<Record<string, string>>
}

/** A replacement of some words; the rest stays as it is. */
export type CrmMessagesOverride = { readonly [Section in keyof CrmMessages]?: PartialWords<CrmMessages[Section]> }

/** The English words, and the shape of every other language. */
export const englishMessages: CrmMessages = {
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
  segments: {},
}

/** Words of a language, English by default, with some of them replaced. */
export function mergeMessages(override: CrmMessagesOverride | undefined, messages: CrmMessages = englishMessages): CrmMessages {
  return override === undefined ? messages : mergeWords(messages, override)
}
