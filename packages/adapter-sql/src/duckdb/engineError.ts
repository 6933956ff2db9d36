import { AdapterError, isCrmError, type CrmError } from '@crm/core/errors'

/** DuckDB names the kind of an error in its first words; the rest may hold data and stays behind `debug()`. */
export function engineError(cause: unknown): CrmError {
  if (isCrmError(cause)) return cause
  const kind = /^([A-Za-z ]+?) Error/.exec(cause instanceof Error ? cause.message : '')?.[1]?.toLowerCase()
  switch (kind) {
    case 'out of memory':
      return new AdapterError('RESOURCE_EXHAUSTED', { cause })
    case 'io':
    case 'connection':
    case 'http':
    case 'interrupt': // by someone else: our own interrupts end as an abort
      return new AdapterError('UNAVAILABLE', { cause })
    case 'permission':
      return new AdapterError('FORBIDDEN', { cause })
    case 'transactioncontext':
      return new AdapterError('UNAVAILABLE', { cause })
    default:
      return new AdapterError('INTERNAL', { cause })
  }
}
