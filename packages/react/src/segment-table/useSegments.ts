'use client'
import type { Answer, Selection } from '@crm/core/adapter'
import { rfmGridOperation } from '@crm/core/rfm'
import type { RfmGridRequest, RfmGridResult } from '@crm/core/rfm'
import { useCallback, useMemo } from 'react'
import type { SyntheticEvent } from 'react'
import { useOperation } from '../hooks/useOperation.ts'
import { useSegmentNames } from '../provider/useSegmentNames.ts'
import type { RfmGridOperation } from '../rfm-grid/rfmGridQueryOptions.ts'
import type { ChangeDetails } from '../shared/changeDetails.ts'
import { useControlled } from '../shared/useControlled.ts'
import { widgetStatus } from '../shared/widgetState.ts'
import type { WidgetStatus } from '../shared/widgetState.ts'
import { segmentRows, segmentTotal } from './segmentRows.ts'
import type { SegmentFigures, SegmentGrouping, SegmentRow } from './segmentRows.ts'
import { hasBorders, isSameChoice, segmentsInSelection, selectSegment } from './selectSegment.ts'

/** `press` by mouse or touch, `key` by keyboard, `clear` by Escape, a button or a second press. */
export type SegmentSelectionChange = ChangeDetails<'press' | 'key' | 'clear'>

export interface UseSegmentsOptions {
  /** What to score, up to when, and among whom. The same as an `RfmGrid`'s: both then ask once. */
  readonly request: RfmGridRequest
  /** What counts the grid: `rfmGridFromTotalsOperation` for scoring methods that need every customer. Default `rfmGridOperation`. */
  readonly operation?: RfmGridOperation | undefined
  /** Segments or value tiers. Controlled by `group`, else starts at `defaultGroup`, `segments`. */
  readonly group?: SegmentGrouping | undefined
  readonly defaultGroup?: SegmentGrouping | undefined
  readonly onGroupChange?: ((group: SegmentGrouping) => void) | undefined
  /** The choice of customers as the page's {@link Selection}; `null` is none. Controlled by `selection`. */
  readonly selection?: Selection | null | undefined
  readonly defaultSelection?: Selection | null | undefined
  readonly onSelectionChange?: ((selection: Selection | null, change: SegmentSelectionChange) => void) | undefined
  /** False asks nothing yet. Default true. */
  readonly enabled?: boolean | undefined
  /** Shown, marked stale, until the first answer comes. */
  readonly placeholder?: Answer<RfmGridResult> | undefined
}

/** What the segment table and the treemap share: groups of customers with their figures, and the selection of one. */
export interface SegmentsModel {
  readonly status: WidgetStatus
  readonly request: RfmGridRequest
  readonly answer: Answer<RfmGridResult> | undefined
  readonly result: RfmGridResult | null
  readonly error: Error | null
  readonly isFetching: boolean
  readonly retry: () => void
  readonly group: SegmentGrouping
  readonly setGroup: (group: SegmentGrouping) => void
  /** False where the host holds `group` and listens to no change: a control would do nothing. */
  readonly canSetGroup: boolean
  /** In the order of the map; empty until there is a result. */
  readonly segments: readonly SegmentRow[]
  /** All customers. null until there is a result. */
  readonly total: SegmentFigures | null
  readonly selection: Selection | null
  /** Groups whose customers are all in the selection. */
  readonly selectedSegments: readonly SegmentRow[]
  readonly isSelected: (segment: SegmentRow) => boolean
  /** The group that is just the selection, whatever else is marked or partly in it. */
  readonly chosen: SegmentRow | null
  /** False where scores have no borders that customers could be chosen by, as with `ntile`. */
  readonly canSelect: boolean
  /** Selects a group, or frees the page again when just this group was selected. Nothing happens for an empty one. */
  readonly select: (segment: SegmentRow, change: SegmentSelectionChange) => void
  readonly clearSelection: (event?: SyntheticEvent) => void
}

/** Segments or value tiers of an RFM grid, without markup. Base of `useSegmentTable` and `useSegmentTreemap`. */
export function useSegments(options: UseSegmentsOptions): SegmentsModel {
  const { request, operation = rfmGridOperation, onGroupChange, onSelectionChange, enabled, placeholder } = options
  const segmentName = useSegmentNames()
  // Either: what is read between question and result is the operation's own affair.
  const state = useOperation(operation as typeof rfmGridOperation, request, {
    ...(enabled === undefined ? {} : { enabled }),
    ...(placeholder === undefined ? {} : { placeholder }),
  })
  const [group, setOwnGroup] = useControlled(options.group, options.defaultGroup ?? 'segments')
  const [selection, setOwnSelection] = useControlled(options.selection, options.defaultSelection ?? null)

  const status = widgetStatus(state, (grid) => (grid.totals.customers > 0 ? null : grid.selection === null ? 'empty' : 'noMatch'))
  const result = state.answer && status !== 'forbidden' ? state.answer.data : null
  const segments = useMemo(() => (result === null ? [] : segmentRows(result, group, segmentName)), [result, group, segmentName])
  const total = useMemo(() => (result === null ? null : segmentTotal(result)), [result])
  const chosen = useMemo(
    () => (result === null || selection === null ? null : (segments.find((segment) => segment.customers > 0 && isSameChoice(selection, selectSegment(result, group, segment))) ?? null)),
    [result, group, selection, segments],
  )
  const selectedSegments = useMemo(() => {
    if (result === null) return []
    const ids = segmentsInSelection(result, group, selection)
    return segments.filter((segment) => segment === chosen || ids.has(segment.id))
  }, [result, group, selection, segments, chosen])

  const changeSelection = useCallback(
    (next: Selection | null, change: SegmentSelectionChange) => {
      setOwnSelection(next)
      onSelectionChange?.(next, change)
    },
    [setOwnSelection, onSelectionChange],
  )
  const clearSelection = useCallback((event?: SyntheticEvent) => changeSelection(null, { reason: 'clear', event: event ?? null }), [changeSelection])

  return {
    status,
    request,
    answer: state.answer,
    result,
    error: state.error,
    isFetching: state.isFetching,
    retry: state.retry,
    group,
    setGroup: (next) => {
      setOwnGroup(next)
      onGroupChange?.(next)
    },
    canSetGroup: options.group === undefined || onGroupChange !== undefined,
    segments,
    total,
    selection,
    selectedSegments,
    isSelected: (segment) => selectedSegments.includes(segment),
    chosen,
    canSelect: result === null || hasBorders(result),
    select: (segment, change) => {
      if (result === null || segment.customers === 0) return
      const itself = selectSegment(result, group, segment)
      if (segment === chosen) changeSelection(null, { ...change, reason: 'clear' })
      else if (itself !== null) changeSelection(itself, change)
    },
    clearSelection,
  }
}
