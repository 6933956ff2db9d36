import type { ImportFault } from '@crm/core/adapter'
import { isCrmError } from '@crm/core/errors'
import type { ErrorDetails } from '@crm/core/errors'
import type { CrmMessages } from '../messages/index.ts'
import { codeOf } from '../shared/widgetState.ts'
import { sizeText } from './importWords.ts'
import type { ImportWording } from './useImportWords.ts'

/** What went wrong with a file, in three sentences that name the line where the error does. */
export function failureText(wording: ImportWording, errors: CrmMessages['errors'], error: Error): string {
  const { words, format, text } = wording
  const { failures } = words
  const details: ErrorDetails = isCrmError(error) ? error.details : {}
  const line = typeof details['line'] === 'number' ? format.number(details['line']) : '–'
  const code = codeOf(error)
  switch (code) {
    case 'FILE_MALFORMED': {
      const fault = details['fault'] as ImportFault | undefined
      return text(fault !== undefined && Object.hasOwn(failures, fault) ? failures[fault] : failures.malformed, { line })
    }
    case 'DATA_INVALID': {
      const finding = String(details['finding'])
      return text(failures.stoppedAt, { line, finding: Object.hasOwn(words.findings, finding) ? words.findings[finding as keyof typeof words.findings] : finding })
    }
    case 'RESOURCE_EXHAUSTED': {
      const { estimatedBytes, limitBytes } = details
      if (typeof estimatedBytes !== 'number' || typeof limitBytes !== 'number') return errors.RESOURCE_EXHAUSTED
      return text(failures.tooLarge, { estimate: sizeText(estimatedBytes, format.locale), limit: sizeText(limitBytes, format.locale) })
    }
    case 'UNAVAILABLE':
      return failures.gone
    case 'FIELD_DUPLICATE':
    case 'FIELD_RESERVED':
      return text(code === 'FIELD_DUPLICATE' ? failures.nameTwice : failures.nameReserved, { name: typeof details['field'] === 'string' ? details['field'] : '–' })
    case 'MAPPING_INVALID':
    case 'OPTION_INVALID':
      return failures.plan
    default:
      return code !== null && Object.hasOwn(errors, code) ? errors[code as keyof typeof errors] : failures.other
  }
}

/** The characters that the file seems to be written in, where it is not what was thought. */
export function suggestedEncoding(error: Error): string | null {
  const value = isCrmError(error) && error.code === 'FILE_MALFORMED' ? error.details['suggestedEncoding'] : null
  return typeof value === 'string' ? value : null
}
