import type { CrmMessages } from '../messages.ts'

export const importWizardMessages: CrmMessages['importWizard'] = {
  title: '导入文件',
}
