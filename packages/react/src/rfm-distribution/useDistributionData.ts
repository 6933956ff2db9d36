'use client'
import { canonicalRequest } from '@crm/core/client'
import type { Answer } from '@crm/core/adapter'
import { UnsupportedError } from '@crm/core/errors'
import { rfmCubeOperation, rfmSpreadOperation } from '@crm/core/rfm'
import type { RfmBorders, RfmCube, RfmCuts, RfmGridRequest } from '@crm/core/rfm'
import { useMemo, useState } from 'react'
import { useOperation } from '../hooks/useOperation.ts'
import { useCrmSettings } from '../provider/context.ts'
import { ascending, bordersOfCuts, checkCuts, distributionBars, fieldsOfSpec, mapAxes } from './distributionBars.ts'
import type { DistributionBars, Spreads } from './distributionBars.ts'

/** Typed values kept among the borders of one axis, so that going back to one asks nothing anew. */
const MOST_TYPED = 20

/** Figures that belong together: the spreads, the bars made of them and the cube over these bars. */
export interface DistributionData extends Pick<DistributionBars, 'scales' | 'specCuts'> {
  readonly spreads: Spreads
  readonly cube: Answer<RfmCube>
  /** Of the client that answered. */
  readonly source: string
}

export interface DistributionDataState {
  /** The last figures that belong together. */
  readonly data: DistributionData | null
  /** Nobody with a purchase. */
  readonly isNobody: boolean
  readonly isStale: boolean
  /** `data` is of this request: only an exact cut is still being counted. */
  readonly isOfRequest: boolean
  readonly isFetching: boolean
  readonly error: Error | null
  readonly retry: () => void
}

const NO_BORDERS: RfmBorders = { r: [], f: [], m: [] }

/**
 * Three spreads, the borders made of them, one cube. The cube is asked anew only for a cut that is on no border.
 *
 * @param wanted cut points in use; null = those of the spec
 */
export function useDistributionData(request: RfmGridRequest, wanted: RfmCuts | null, isEnabled: boolean): DistributionDataState {
  const { client } = useCrmSettings()
  const fields = fieldsOfSpec(request.spec)
  // Other scorings do not cut each measure by itself: said instead of asked.
  const { method } = request.spec.scoring ?? { method: 'quantile' }
  const isCuttable = method === 'quantile' || method === 'percentiles' || method === 'thresholds'
  const options = { enabled: isEnabled && isCuttable }
  const r = useOperation(rfmSpreadOperation, { ...request, field: fields.r }, options)
  const f = useOperation(rfmSpreadOperation, { ...request, field: fields.f }, options)
  const m = useOperation(rfmSpreadOperation, { ...request, field: fields.m }, options)
  const all = [r, f, m]
  const [rData, fData, mData] = all.map((one) => (one.isStale ? undefined : one.answer?.data))
  const spreads = useMemo<Spreads | null>(() => (rData && fData && mData ? { r: rData, f: fData, m: mData } : null), [rData, fData, mData])
  const isNobody = spreads !== null && spreads.r.customers === 0

  const bars = useMemo(() => (spreads === null || isNobody ? null : distributionBars(spreads)), [spreads, isNobody])

  const [typed, setTyped] = useState<RfmCuts>(NO_BORDERS)
  const needed = useMemo<RfmCuts | Error>(() => {
    try {
      if (wanted !== null) checkCuts(wanted)
      return spreads === null || isNobody || wanted === null ? NO_BORDERS : bordersOfCuts(spreads, wanted)
    } catch (error) {
      return error as Error // cut points of the host that do not ascend
    }
  }, [spreads, isNobody, wanted])
  const wrong = needed instanceof Error ? needed : null
  const missing = bars === null || needed instanceof Error ? NO_BORDERS : mapAxes((axis) => needed[axis].filter((cut) => !bars.known[axis].includes(cut) && !typed[axis].includes(cut)))
  const isMissing = missing.r.length + missing.f.length + missing.m.length > 0
  if (isMissing) setTyped(mapAxes((axis) => [...typed[axis], ...missing[axis]].slice(-MOST_TYPED)))

  const borders = useMemo(() => (bars === null ? NO_BORDERS : mapAxes((axis) => ascending([...bars.known[axis], ...typed[axis]]))), [bars, typed])
  const cube = useOperation(rfmCubeOperation, { ...request, borders }, { enabled: options.enabled && bars !== null && !isMissing && wrong === null })

  const source = `${client.id}\n${canonicalRequest(request)}`
  const [last, setLast] = useState<DistributionData | null>(null)
  const isFresh = bars !== null && spreads !== null && cube.answer !== undefined && !cube.isStale && !isMissing
  if (isFresh && (last?.cube !== cube.answer || last.spreads !== spreads || last.source !== source)) {
    setLast({ spreads, scales: bars.scales, specCuts: bars.specCuts, cube: cube.answer!, source })
  }
  const data = last !== null && last.source.startsWith(`${client.id}\n`) ? last : null
  const failed = [...all, cube].find(({ error }) => error !== null)
  const unsupported = useMemo(
    () =>
      isCuttable
        ? null
        : new UnsupportedError('SCORING_UNSUPPORTED', `The scores of \`${method}\` have no cut points to move. They are no ranges of single measures. Choose quantiles, percentiles or thresholds.`),
    [isCuttable, method],
  )
  return {
    data,
    isNobody,
    isStale: data !== null && !(isFresh && data.source === source),
    isOfRequest: wrong === null && data !== null && data.spreads === spreads && data.source === source,
    isFetching: [...all, cube].some((one) => one.isFetching),
    error: unsupported ?? wrong ?? failed?.error ?? null,
    retry: () => {
      for (const one of [...all, cube]) if (one.error !== null) one.retry()
    },
  }
}
