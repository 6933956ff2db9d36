import type { Operation, WarningCount } from '../adapter/contract.ts'
import { InvalidInputError, isCrmError } from '../errors/index.ts'

type AnyResult = { readonly warnings: readonly WarningCount[] }

/**
 * What an operation says of a request. What a URL or a file held may have any shape, and an operation trusts its types: a
 * foreign error is about the request.
 */
export function askOperation<Request, Sums, Result extends AnyResult, Said>(
  operation: Operation<Request, Sums, Result>,
  ask: (operation: Operation<Request, Sums, Result>) => Said,
): Said {
  try {
    return ask(operation)
  } catch (error) {
    if (isCrmError(error)) throw error
    throw new InvalidInputError(
      'REQUEST_INVALID',
      `The request has another shape than "${operation.name}" takes. Nothing was asked. Build it with the types of the operation.`,
      { operation: operation.name },
      error,
    )
  }
}
