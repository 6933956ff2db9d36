import { InvalidInputError } from '../errors/index.ts'

/** For what a URL or a form made of a request. */
export function invalidRequest(what: string): InvalidInputError {
  return new InvalidInputError('REQUEST_INVALID', `The request for recommendations cannot be read: ${what}. Nothing was computed. Correct the request.`)
}
