export { englishMessages, mergeMessages } from './messages.ts'
export type { CrmMessages, CrmMessagesOverride } from './messages.ts'
export { fillMessage } from './template.ts'
export type { Message, MessageValues, PluralMessage } from './template.ts'
