import type { CrmMessages } from '../messages.ts'

export const segmentReasonMessages: CrmMessages['segmentReason'] = {
  title: '为什么属于这个分群',
}
