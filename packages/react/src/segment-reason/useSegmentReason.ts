'use client'
import type { Answer } from '@crm/core/adapter'
import { customersOperation } from '@crm/core/customers'
import { isCrmError } from '@crm/core/errors'
import { explainRfmCustomer, rfmGridOperation } from '@crm/core/rfm'
import type { RfmExplanation, RfmGridRequest, RfmGridResult } from '@crm/core/rfm'
import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { schemaQueryOptions } from '../hooks/schemaQueryOptions.ts'
import { useOperation } from '../hooks/useOperation.ts'
import { useCrmSettings } from '../provider/context.ts'
import { isForbidden } from '../shared/widgetState.ts'
import type { WidgetStatus } from '../shared/widgetState.ts'
import { customerOfPage, customerRequest } from './customerRequest.ts'
import type { RfmGridOperation } from '../rfm-grid/rfmGridQueryOptions.ts'
import type { ReasonCustomer } from './customerRequest.ts'
import { segmentReasonText } from './segmentReasonText.ts'
import type { SegmentReasonText } from './segmentReasonText.ts'
import { useSegmentReasonWords } from './useSegmentReasonWords.ts'

export interface UseSegmentReasonOptions {
  /** What the customer is scored by, and among whom. */
  readonly request: RfmGridRequest
  /** What gives the cut points, as the `operation` of the grid. Default `rfmGridOperation`. */
  readonly operation?: RfmGridOperation | undefined
  /** What the customer bought, where the page knows it. Else give `customerId`. */
  readonly customer?: ReasonCustomer | undefined
  /** Whom to read and explain. */
  readonly customerId?: string | undefined
  /** The name may be personal data; by default that of such a field is not asked for. */
  readonly showsPersonalNames?: boolean | undefined
  /** False asks nothing yet. Default true. */
  readonly enabled?: boolean | undefined
}

/** Why one customer is in a segment: figures and words. */
export interface SegmentReasonModel {
  /** `empty`: nothing bought; `noMatch`: no such customer. */
  readonly status: WidgetStatus
  readonly request: RfmGridRequest
  readonly customerId: string | null
  readonly customer: ReasonCustomer | null
  readonly grid: Answer<RfmGridResult> | undefined
  readonly explanation: RfmExplanation | null
  /** null until there is an explanation. */
  readonly text: SegmentReasonText | null
  readonly error: Error | null
  readonly isFetching: boolean
  readonly retry: () => void
}

/**
 * The explanation of a segment without markup.
 *
 * @example
 * const { text } = useSegmentReason({ request: { spec }, customerId: 'C-10023' })
 * text?.sentence // "Champions: bought 12 days ago (R 5), 9 orders and €1,240.00 (FM 5)."
 */
export function useSegmentReason({ request, operation = rfmGridOperation, customer: given, customerId, showsPersonalNames = false, enabled = true }: UseSegmentReasonOptions): SegmentReasonModel {
  const { client, queryClient } = useCrmSettings()
  const tools = useSegmentReasonWords()
  const mustRead = enabled && given === undefined && customerId !== undefined
  const grid = useOperation(operation as typeof rfmGridOperation, request, { enabled })
  const schema = useQuery({ ...schemaQueryOptions(client), enabled: mustRead }, queryClient)
  const read = useOperation(customersOperation, customerRequest(request, customerId ?? '', schema.data, showsPersonalNames), { enabled: mustRead && schema.data !== undefined })

  // The answer before this one is of another customer: never shown under the name of this one.
  const page = read.isStale ? undefined : read.answer?.data
  const found = useMemo(() => given ?? (page === undefined ? null : customerOfPage(page)), [given, page])
  const customer = found === 'unknown' || found === 'noPurchase' ? null : found
  const result = grid.answer?.data
  const isScored = result !== undefined && result.totals.customers > 0
  const { explanation, failure } = useMemo(() => explain(isScored ? result : undefined, customer), [isScored, result, customer])
  const text = useMemo(() => (explanation === null || result === undefined ? null : segmentReasonText(tools, explanation, result)), [tools, explanation, result])

  const error = grid.error ?? read.error ?? schema.error ?? failure
  const status = ((): WidgetStatus => {
    if (isForbidden(error)) return 'forbidden'
    if (text !== null) return grid.isStale ? 'stale' : 'ready'
    if (error !== null) return 'error'
    if (found === 'unknown') return 'noMatch'
    if (found === 'noPurchase' || customer?.orders === 0 || (result !== undefined && !isScored)) return 'empty'
    return 'loading'
  })()
  return {
    status,
    request,
    customerId: given?.customerId ?? customerId ?? null,
    customer,
    grid: grid.answer,
    explanation,
    text: status === 'forbidden' ? null : text,
    error,
    isFetching: grid.isFetching || read.isFetching || schema.isFetching,
    retry: () => {
      if (grid.error !== null) grid.retry()
      if (read.error !== null) read.retry()
      if (schema.error !== null) void schema.refetch()
    },
  }
}

/** A customer whom the host gives may be one that cannot be scored: the widget says so instead of breaking the page. */
function explain(grid: RfmGridResult | undefined, customer: ReasonCustomer | null): { readonly explanation: RfmExplanation | null; readonly failure: Error | null } {
  if (grid === undefined || customer === null || customer.orders === 0) return { explanation: null, failure: null }
  try {
    return { explanation: explainRfmCustomer(grid, customer), failure: null }
  } catch (error) {
    if (!isCrmError(error)) throw error
    return { explanation: null, failure: error }
  }
}
