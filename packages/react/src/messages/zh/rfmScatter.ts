import type { CrmMessages } from '../messages.ts'

export const rfmScatterMessages: CrmMessages['rfmScatter'] = {
  title: '按两项指标看客户',
}
