import type { CrmMessages } from '../messages.ts'

export const recommenderScorecardMessages: CrmMessages['recommenderScorecard'] = {
  title: '回测成绩',
}
