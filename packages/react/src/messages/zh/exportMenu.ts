import type { CrmMessages } from '../messages.ts'

export const exportMenuMessages: CrmMessages['exportMenu'] = {
  title: '导出',
}
