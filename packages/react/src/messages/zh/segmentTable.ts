import type { CrmMessages } from '../messages.ts'

export const segmentTableMessages: CrmMessages['segmentTable'] = {
  title: '客户分群',
}
