import type { CrmMessages } from '../messages.ts'

export const neighbourListMessages: CrmMessages['neighbourList'] = {
  title: '相似客户',
}
