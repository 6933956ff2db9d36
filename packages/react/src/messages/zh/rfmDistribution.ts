import type { CrmMessages } from '../messages.ts'

export const rfmDistributionMessages: CrmMessages['rfmDistribution'] = {
  title: '分布',
}
