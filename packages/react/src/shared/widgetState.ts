import type { Selection } from '@crm/core/adapter'
import { isCrmError } from '@crm/core/errors'
import type { ReactNode } from 'react'
import type { OperationState } from '../hooks/useOperation.ts'

/** What a widget shows. `ready` and `stale` keep the picture; the others stand in its place. */
export type WidgetStatus = 'loading' | 'ready' | 'stale' | 'empty' | 'noMatch' | 'error' | 'forbidden'

/** What may stand in the place of the kit's own states. */
export type WidgetSlots<Model> = { readonly [Status in Exclude<WidgetStatus, 'ready' | 'stale'>]?: (model: Model) => ReactNode }

/** The code of an error, or null for an error that is none of the kit's. */
export function codeOf(error: Error): string | null {
  return isCrmError(error) ? error.code : null
}

/** Codes of failed retrieval that asking again cannot mend: the same question has the same fate. */
const FINAL_CODES: readonly string[] = ['FORBIDDEN', 'ADAPTER_CLOSED', 'RESOURCE_EXHAUSTED']

/** Can asking again help? Not when the question or the data are at fault. */
export function canRetry(error: Error): boolean {
  const code = codeOf(error)
  return code === null || (error.name === 'AdapterError' && !FINAL_CODES.includes(code))
}

/** May a selection be why the question was refused? Not when the error names a field that the selection does not. */
export function isSelectionAtFault(error: Error, selection: Selection | null | undefined): boolean {
  if (!selection || error.name !== 'InvalidInputError' || !isCrmError(error)) return false
  const { field } = error.details
  return typeof field !== 'string' || JSON.stringify(selection).includes(JSON.stringify(field))
}

/** Did the data source refuse this user? */
export function isForbidden(error: Error | null): boolean {
  return error !== null && codeOf(error) === 'FORBIDDEN'
}

/**
 * The status of a widget from its operation. Refused access hides earlier figures at once; any other failure keeps
 * them, marked stale.
 *
 * @param emptiness what an answer without rows means: nothing there at all, or nothing left by the selection
 */
export function widgetStatus<Result>(
  state: Pick<OperationState<Result>, 'answer' | 'isStale' | 'error'>,
  emptiness: (result: Result) => 'empty' | 'noMatch' | null,
): WidgetStatus {
  if (isForbidden(state.error)) return 'forbidden'
  if (state.answer === undefined) return state.error === null ? 'loading' : 'error'
  return emptiness(state.answer.data) ?? (state.isStale ? 'stale' : 'ready')
}
