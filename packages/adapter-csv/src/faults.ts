import type { ImportFault } from '@crm/core/adapter'
import { AdapterError, DataContractError, InvalidInputError, isCrmError, type CrmError, type ErrorDetails } from '@crm/core/errors'

/** The file cannot be read to its end. `line` counts from 1; `fault` says it to a page in another language. */
export function malformed(line: number, fault: ImportFault, what: string, advice: string, details: ErrorDetails = {}): DataContractError {
  return new DataContractError('FILE_MALFORMED', `Line ${line}: ${what}. Nothing of the file was kept. ${advice}.`, { line, fault, ...details })
}

export function wrongPlan(what: string, advice: string, details: ErrorDetails = {}): InvalidInputError {
  return new InvalidInputError('MAPPING_INVALID', `${what}. The file cannot be read by this plan. ${advice}.`, details)
}

export function tooLarge(estimatedBytes: number, limitBytes: number): AdapterError {
  return new AdapterError('RESOURCE_EXHAUSTED', { details: { estimatedBytes: Math.round(estimatedBytes), limitBytes } })
}

/** What reading the source threw: an error of the kit as it is, anything else as "not available". */
export function sourceFault(cause: unknown): CrmError {
  return isCrmError(cause) ? cause : new AdapterError('UNAVAILABLE', { cause, retryable: false, details: { where: 'file' } })
}
