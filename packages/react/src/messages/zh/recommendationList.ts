import type { CrmMessages } from '../messages.ts'

export const recommendationListMessages: CrmMessages['recommendationList'] = {
  title: '下一步推荐',
}
