'use client'
import type { Answer } from '@crm/core/adapter'
import { customersOperation } from '@crm/core/customers'
import type { CustomersPage } from '@crm/core/customers'
import { rfmDensityOperation, rfmSpreadOperation } from '@crm/core/rfm'
import type { RfmDensity, RfmField, RfmGridRequest } from '@crm/core/rfm'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { schemaQueryOptions } from '../hooks/schemaQueryOptions.ts'
import { useOperation } from '../hooks/useOperation.ts'
import type { OperationState } from '../hooks/useOperation.ts'
import { useCrmSettings } from '../provider/context.ts'
import type { ScatterData } from './rfmScatterModel.ts'
import { scatterAxis } from './scatterAxis.ts'
import { MOST_BINS, axisOfSpread } from './scatterBorders.ts'
import { densityRequest, pointsRequest, spreadRequest, viewSelection } from './scatterRequests.ts'
import type { ScatterZoom } from './scatterRequests.ts'

export interface ScatterAnswer extends Omit<OperationState<RfmDensity>, 'progress'> {
  /** Bins on their axes, and the customers in them where they are few: of one and the same question. */
  readonly data: ScatterShown | null
}

export interface ScatterShown extends ScatterData {
  readonly zoom: ScatterZoom | null
  /** Single customers; null where they are many or on their way. */
  readonly customers: CustomersPage | null
}

export interface ScatterQuestion {
  readonly request: RfmGridRequest
  readonly x: RfmField
  readonly y: RfmField
  readonly zoom: ScatterZoom | null
  readonly pointLimit: number
  readonly showsPersonalNames: boolean
  readonly enabled: boolean
}

/**
 * Asks in three steps: how the measures are spread, how many customers stand in each bin, and, where they are few, who
 * they are. Never a customer crosses to the page for a square.
 */
export function useScatterData({ request, x, y, zoom, pointLimit, showsPersonalNames, enabled }: ScatterQuestion): ScatterAnswer {
  const { client, queryClient } = useCrmSettings()
  const selection = viewSelection(request, x, y, zoom)
  const isZoomed = zoom !== null
  const wholeX = useOperation(rfmSpreadOperation, spreadRequest(request, request.selection, x), { enabled })
  const wholeY = useOperation(rfmSpreadOperation, spreadRequest(request, request.selection, y), { enabled })
  const partX = useOperation(rfmSpreadOperation, spreadRequest(request, selection, x), { enabled: enabled && isZoomed })
  const partY = useOperation(rfmSpreadOperation, spreadRequest(request, selection, y), { enabled: enabled && isZoomed })
  const asked = isZoomed ? [wholeX, wholeY, partX, partY] : [wholeX, wholeY]

  const [xWhole, yWhole] = [fresh(wholeX), fresh(wholeY)]
  const [xShown, yShown] = isZoomed ? [fresh(partX), fresh(partY)] : [xWhole, yWhole]
  const axes =
    xWhole && yWhole && xShown && yShown
      ? { x: axisOfSpread(xShown, xWhole, MOST_BINS.x, zoom?.x ?? {}), y: axisOfSpread(yShown, yWhole, MOST_BINS.y, zoom?.y ?? {}) }
      : null
  // The axes are part of the question, so nothing is asked before they are there.
  const { x: axisX, y: axisY } = axes ?? { x: scatterAxis(x, [], 0, 0, []), y: scatterAxis(y, [], 0, 0, []) }
  const counted = useOperation(rfmDensityOperation, densityRequest(request, selection, axisX, axisY), { enabled: enabled && axes !== null })

  const density = axes === null ? null : fresh(counted)
  const isFew = density !== null && density.totals.customers > 0 && density.totals.customers <= pointLimit
  const schema = useQuery({ ...schemaQueryOptions(client), enabled: enabled && isFew }, queryClient)
  const members = useOperation(customersOperation, pointsRequest(request, selection, schema.data, Math.max(1, pointLimit), showsPersonalNames), {
    enabled: isFew && schema.data !== undefined,
  })
  const customers = isFew && schema.data !== undefined ? fresh(members) : null

  // All that is drawn belongs to one question: while the next one is on its way, the last whole answer stays.
  const [last, setLast] = useState<ScatterShown | null>(null)
  const isNew = density !== null && (last === null || last.density !== density || last.customers !== customers || last.zoom !== zoom)
  const shown = isNew ? Object.freeze({ density, x: axisX, y: axisY, zoom, customers }) : last
  if (isNew) setLast(shown)

  const answer: Answer<RfmDensity> | undefined = counted.answer
  const failed = [...asked, counted, ...(isFew ? [members] : [])].filter(({ error }) => error !== null)
  return {
    // An answer of another client is none of ours: `useOperation` knows.
    data: answer === undefined ? null : shown,
    answer,
    isStale: answer !== undefined && density === null,
    isFetching: [...asked, counted, members].some(({ isFetching }) => isFetching),
    error: failed[0]?.error ?? null,
    retry: () => {
      for (const operation of failed) operation.retry()
    },
  }
}

function fresh<Result>({ answer, isStale }: OperationState<Result>): Result | null {
  return answer === undefined || isStale ? null : answer.data
}

