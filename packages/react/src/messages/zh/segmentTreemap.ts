import type { CrmMessages } from '../messages.ts'

export const segmentTreemapMessages: CrmMessages['segmentTreemap'] = {
  title: '各分群收入',
}
