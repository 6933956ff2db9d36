'use client'
import type { Answer } from '@crm/core/adapter'
import { canonicalRequest } from '@crm/core/client'
import type { RfmComparison, RfmCube, RfmCuts, RfmGridRequest, RfmGridResult, RfmSpec, SegmentMap } from '@crm/core/rfm'
import { useMemo, useRef, useState } from 'react'
import type { FocusEvent, KeyboardEvent, PointerEvent, SyntheticEvent } from 'react'
import { useCrmSettings } from '../provider/context.ts'
import { useRfmGridWords } from '../rfm-grid/useRfmGridWords.ts'
import { useControlled } from '../shared/useControlled.ts'
import { useSafeLayoutEffect } from '../shared/useSafeLayoutEffect.ts'
import { isForbidden, widgetStatus } from '../shared/widgetState.ts'
import type { WidgetStatus } from '../shared/widgetState.ts'
import { keyCut, snapCut, withCut } from './moveCut.ts'
import { DISTRIBUTION_AXES, rfmDistributionPanel } from './rfmDistributionModel.ts'
import type { RfmDistributionAxis, RfmDistributionBar, RfmDistributionCut, RfmDistributionMeasure, RfmDistributionPanel } from './rfmDistributionModel.ts'
import { useCuts } from './useCuts.ts'
import type { RfmCutsChange } from './useCuts.ts'
import { mapAxes, wholeCuts } from './distributionBars.ts'
import { useDistributionData } from './useDistributionData.ts'
import { useRfmDistributionWords } from './useRfmDistributionWords.ts'
import { barsOfCube, computeWhatIf, cutsOnBorders } from './whatIf.ts'
import type { WhatIf } from './whatIf.ts'

export interface UseRfmDistributionOptions {
  /** What to cut, up to when, and among whom. By quantiles, percentiles or thresholds: other scorings have no cut points to move. */
  readonly request: RfmGridRequest
  /** Cut points in the units of the fields: days, orders, 10^-scale currency units. null = those of the spec. Controlled by `cuts`. */
  readonly cuts?: RfmCuts | null | undefined
  readonly defaultCuts?: RfmCuts | null | undefined
  /** Called with every step of a move; `reason: 'drag'` is followed by `drop` or `cancel`. */
  readonly onCutsChange?: ((cuts: RfmCuts | null, change: RfmCutsChange) => void) | undefined
  /** Segments after the change. Controlled by `map`, else starts at `defaultMap`, the map of the spec. */
  readonly map?: SegmentMap | undefined
  readonly defaultMap?: SegmentMap | undefined
  readonly onMapChange?: ((map: SegmentMap) => void) | undefined
  /** Height of the bars. Controlled by `measure`, else starts at `defaultMeasure`, `customers`. */
  readonly measure?: RfmDistributionMeasure | undefined
  readonly defaultMeasure?: RfmDistributionMeasure | undefined
  readonly onMeasureChange?: ((measure: RfmDistributionMeasure) => void) | undefined
  /** False asks nothing yet. Default true. */
  readonly enabled?: boolean | undefined
}

type Props = Readonly<Record<string, unknown>>

/** What is read out beside a histogram: a bar under the mouse or the keyboard, or the cut point being moved. */
export type RfmDistributionPointed =
  | { readonly kind: 'bar'; readonly axis: RfmDistributionAxis; readonly index: number }
  | { readonly kind: 'cut'; readonly axis: RfmDistributionAxis; readonly index: number }

/** State of the distributions and their cut points, and the props that make any markup work. */
export interface RfmDistributionModel {
  readonly status: WidgetStatus
  readonly request: RfmGridRequest
  readonly answer: Answer<RfmCube> | undefined
  readonly error: Error | null
  readonly isFetching: boolean
  readonly retry: () => void
  /** Recency, frequency, monetary value; empty until there are figures. */
  readonly panels: readonly RfmDistributionPanel[]
  /** The grid under the present cut points and map; null until there are figures. */
  readonly grid: RfmGridResult | null
  readonly comparison: RfmComparison | null
  /** The present rule as thresholds, to save. */
  readonly frozenSpec: RfmSpec | null
  readonly cuts: RfmCuts | null
  readonly isChanged: boolean
  readonly canUndo: boolean
  readonly undo: (event?: SyntheticEvent) => void
  readonly reset: (event?: SyntheticEvent) => void
  /** Puts a cut point on an exact value. False when it would pass a neighbour. */
  readonly setCut: (axis: RfmDistributionAxis, index: number, value: number, event?: SyntheticEvent) => boolean
  readonly map: SegmentMap | null
  readonly setMap: (map: SegmentMap) => void
  readonly measure: RfmDistributionMeasure
  readonly setMeasure: (measure: RfmDistributionMeasure) => void
  readonly pointed: RfmDistributionPointed | null
  readonly dragging: { readonly axis: RfmDistributionAxis; readonly index: number } | null
  /** For the picture that a histogram is drawn in: its box is the area of the bars. */
  readonly getPlotProps: (panel: RfmDistributionPanel) => Props
  /** For the element around the bars, with role `list`. */
  readonly getBarsProps: (panel: RfmDistributionPanel) => Props
  readonly getBarProps: (panel: RfmDistributionPanel, bar: RfmDistributionBar) => Props
  /** For the grip of a cut point, with role `slider`. */
  readonly getCutProps: (cut: RfmDistributionCut) => Props
}

interface Drag {
  readonly axis: RfmDistributionAxis
  readonly index: number
  readonly pointerId: number
  readonly level: number
  /** Cut points before, to come back to; null = those of the spec. */
  readonly before: RfmCuts | null
  /** From the pointer to the cut point, share of the width: it does not jump when it is seized beside its middle. */
  readonly offset: number
}

/**
 * Three histograms with cut points that move, without markup. Every move is computed in the page from one cube of
 * counts; only an exact value that lies on no border of a bar asks the data source again.
 *
 * @example
 * const distribution = useRfmDistribution({ request: { spec }, onCutsChange: (cuts) => setCuts(cuts) })
 */
export function useRfmDistribution(options: UseRfmDistributionOptions): RfmDistributionModel {
  const { request, onMapChange, onMeasureChange, enabled = true } = options
  const { direction } = useCrmSettings()
  const tools = useRfmDistributionWords()
  const gridTools = useRfmGridWords()
  const state = useCuts({ ruleKey: canonicalRequest(request.spec), cuts: options.cuts, defaultCuts: options.defaultCuts, onCutsChange: options.onCutsChange })
  const figures = useDistributionData(request, state.cuts, enabled)
  const [chosenMap, setOwnMap] = useControlled<SegmentMap | null>(options.map, options.defaultMap ?? null)
  const [measure, setOwnMeasure] = useControlled(options.measure, options.defaultMeasure ?? 'customers')

  const { isNobody, isStale, isOfRequest, isFetching, error: dataError, retry } = figures
  // Refused access hides earlier figures at once.
  const data = isForbidden(dataError) ? null : figures.data
  const cube = data?.cube.data ?? null
  const cuts = useMemo(
    () => (data === null ? null : isOfRequest && state.cuts !== null ? mapAxes((axis) => wholeCuts(data.spreads[axis], state.cuts![axis])) : data.specCuts),
    [data, isOfRequest, state.cuts],
  )
  const map = chosenMap ?? cube?.spec.segments ?? null
  const result = useMemo<WhatIf | Error | null>(() => {
    if (data === null || cuts === null || map === null) return null
    try {
      return computeWhatIf(data.cube.data, data.specCuts, cutsOnBorders(data.cube.data, cuts), map)
    } catch (error) {
      return error as Error // a map or cut points of the host that cannot be used
    }
  }, [data, cuts, map])
  const whatIf = result instanceof Error ? null : result
  const error = dataError ?? (result instanceof Error ? result : null)
  const [drag, setDrag] = useState<Drag | null>(null)
  const histograms = useMemo(() => (data === null ? null : mapAxes((axis) => barsOfCube(data.cube.data, axis, data.scales[axis]))), [data])
  const panels = useMemo(
    () =>
      data === null || cuts === null || whatIf === null || histograms === null
        ? []
        : DISTRIBUTION_AXES.map((axis) =>
            rfmDistributionPanel(tools, gridTools, {
              axis,
              measure,
              cube: data.cube.data,
              spread: data.spreads[axis],
              histogram: histograms[axis],
              scale: data.scales[axis],
              grid: whatIf.grid,
              cuts: cuts[axis],
              specCuts: data.specCuts[axis],
              held: drag?.axis === axis ? drag : null,
            }),
          ),
    [tools, gridTools, data, cuts, whatIf, histograms, measure, drag],
  )
  const status = widgetStatus(
    { answer: isNobody ? EMPTY : whatIf === null ? undefined : data?.cube, isStale: isStale || error !== null, error },
    () => (isNobody ? (request.selection === undefined ? 'empty' : 'noMatch') : null),
  )

  const [pointed, setPointed] = useState<RfmDistributionPointed | null>(null)
  const [activeBars, setActiveBars] = useState({ r: 0, f: 0, m: 0 })
  // What the pointer handlers between two renders see: several moves may come in one frame.
  const latest = useRef(cuts)
  useSafeLayoutEffect(() => {
    latest.current = cuts
  })

  const moveTo = (axis: RfmDistributionAxis, index: number, value: number, change: RfmCutsChange, move: string | null): boolean => {
    const now = latest.current
    if (now === null || now[axis][index] === value || now[axis][index] === undefined) return false
    const next = { ...now, [axis]: withCut(now[axis], index, value) }
    latest.current = next
    state.change(next, change, move)
    return true
  }
  const undo = (event?: SyntheticEvent): void => state.undo(event ?? null)
  const cancelDrag = (event: SyntheticEvent): void => {
    if (drag === null) return
    setDrag(null)
    state.cancel(drag.before, event)
  }

  const onCutPointerDown = (cut: RfmDistributionCut, event: PointerEvent<Element>): void => {
    if (event.button !== 0 || drag !== null) return
    const position = pointerPosition(event, direction)
    if (position === null) return
    // No selection of text, no drag of the picture; the focus that this also prevents is given by hand.
    event.preventDefault()
    ;(event.currentTarget as SVGElement).focus({ preventScroll: true })
    event.currentTarget.setPointerCapture(event.pointerId)
    setDrag({ axis: cut.axis, index: cut.index, level: cut.level, pointerId: event.pointerId, before: state.cuts, offset: cut.position - position })
    setPointed({ kind: 'cut', axis: cut.axis, index: cut.index })
  }
  const onCutPointerMove = (cut: RfmDistributionCut, event: PointerEvent<Element>): void => {
    if (drag === null || drag.pointerId !== event.pointerId || data === null || latest.current === null) return
    const position = pointerPosition(event, direction)
    if (position === null) return
    const scale = data.scales[cut.axis]
    // By place, not by value: the nearest border on the picture, however the axis grows.
    const at = data.cube.data.borders[cut.axis].map(scale.position)
    const here = latest.current[cut.axis].map(scale.position)
    const place = snapCut(at, here, cut.index, position + drag.offset)
    const border = data.cube.data.borders[cut.axis][at.indexOf(place)]
    if (border !== undefined) moveTo(cut.axis, cut.index, border, { reason: 'drag', event }, 'drag')
  }
  const onCutPointerUp = (event: PointerEvent<Element>): void => {
    if (drag === null || drag.pointerId !== event.pointerId) return
    setDrag(null)
    setPointed(null)
    const [now, before] = [state.cuts ?? data?.specCuts, drag.before ?? data?.specCuts]
    // Back where it was: nothing to undo.
    if (now && before && sameCuts(now, before)) return state.cancel(drag.before, event)
    state.endMove()
    options.onCutsChange?.(state.cuts, { reason: 'drop', event })
  }
  const onCutKeyDown = (cut: RfmDistributionCut, event: KeyboardEvent<Element>): void => {
    if (event.altKey) return
    if (event.key === 'Escape') {
      if (drag === null) return
      // Handled here: a dialog around stays open.
      event.preventDefault()
      event.stopPropagation()
      cancelDrag(event)
      return
    }
    if (event.ctrlKey || event.metaKey) {
      if (event.key.toLowerCase() !== 'z' || event.shiftKey || !state.canUndo) return
      event.preventDefault()
      undo(event)
      return
    }
    const now = latest.current
    if (cube === null || now === null) return
    const next = keyCut(cube.borders[cut.axis], now[cut.axis], cut.index, event.key, direction)
    if (next === null) return
    event.preventDefault()
    setPointed({ kind: 'cut', axis: cut.axis, index: cut.index })
    moveTo(cut.axis, cut.index, next, { reason: 'key', event }, `key ${cut.axis}${cut.index}`)
  }

  return {
    status,
    request,
    answer: data?.cube,
    error,
    isFetching,
    retry,
    panels,
    grid: whatIf?.grid ?? null,
    comparison: whatIf?.comparison ?? null,
    frozenSpec: whatIf?.spec ?? null,
    cuts,
    isChanged: data !== null && cuts !== null && !sameCuts(cuts, data.specCuts),
    canUndo: state.canUndo,
    undo,
    reset: (event) => state.change(null, { reason: 'reset', event: event ?? null }, null),
    setCut(axis, index, value, event) {
      const now = latest.current?.[axis]
      if (now === undefined || index >= now.length) return false
      if (!(value > (now[index - 1] ?? Number.NEGATIVE_INFINITY) && value < (now[index + 1] ?? Number.POSITIVE_INFINITY))) return value === now[index]
      moveTo(axis, index, value, { reason: 'type', event: event ?? null }, null)
      return true
    },
    map,
    setMap(next) {
      setOwnMap(next)
      onMapChange?.(next)
    },
    measure,
    setMeasure(next) {
      setOwnMeasure(next)
      onMeasureChange?.(next)
    },
    pointed,
    dragging: drag,
    getPlotProps: (panel) => ({ 'data-plot': panel.axis, onPointerLeave: () => setPointed((now) => (now?.kind === 'bar' ? null : now)) }),
    getBarsProps: (panel) => ({
      role: 'list',
      'aria-label': panel.label,
      onKeyDown: (event: KeyboardEvent<Element>) => {
        const next = nextBar(activeBars[panel.axis], panel.bars.length, event, direction)
        if (next === null) return
        event.preventDefault()
        event.currentTarget.querySelector<SVGElement>(`[data-bar="${next}"]`)?.focus()
      },
      onBlur: () => setPointed(null),
    }),
    getBarProps: (panel, bar) => ({
      role: 'listitem',
      'aria-label': bar.name,
      'data-bar': bar.index,
      tabIndex: bar.index === Math.min(activeBars[panel.axis], panel.bars.length - 1) ? 0 : -1,
      'data-pointed': (pointed?.kind === 'bar' && pointed.axis === panel.axis && pointed.index === bar.index) || undefined,
      onFocus: () => {
        setActiveBars({ ...activeBars, [panel.axis]: bar.index })
        setPointed({ kind: 'bar', axis: panel.axis, index: bar.index })
      },
      onPointerEnter: () => {
        if (drag === null) setPointed({ kind: 'bar', axis: panel.axis, index: bar.index })
      },
    }),
    getCutProps: (cut) => ({
      role: 'slider',
      tabIndex: 0,
      'aria-label': cut.name,
      'aria-orientation': 'horizontal',
      'aria-valuenow': cut.shown,
      'aria-valuemin': cut.lowest,
      'aria-valuemax': cut.highest,
      'aria-valuetext': cut.valueText,
      'data-cut': cut.index,
      'data-dragging': (drag?.axis === cut.axis && drag.index === cut.index) || undefined,
      onPointerDown: (event: PointerEvent<Element>) => onCutPointerDown(cut, event),
      onPointerMove: (event: PointerEvent<Element>) => onCutPointerMove(cut, event),
      onPointerUp: onCutPointerUp,
      onPointerCancel: cancelDrag,
      onKeyDown: (event: KeyboardEvent<Element>) => onCutKeyDown(cut, event),
      onFocus: () => setPointed({ kind: 'cut', axis: cut.axis, index: cut.index }),
      onBlur: (event: FocusEvent) => {
        if (drag !== null) cancelDrag(event)
        state.endMove()
        setPointed(null)
      },
    }),
  }
}

/** Stands for an answer without customers: only its emptiness is asked. */
const EMPTY = { data: null } as unknown as Answer<RfmCube>

/** Where a pointer is over the bars of its histogram: share of the width in the direction of the values. */
function pointerPosition(event: PointerEvent<Element>, direction: 'ltr' | 'rtl'): number | null {
  const box = event.currentTarget.closest('[data-plot]')?.getBoundingClientRect()
  if (box === undefined || box.width === 0) return null
  const share = (event.clientX - box.left) / box.width
  return direction === 'rtl' ? 1 - share : share
}

function nextBar(from: number, count: number, { key }: KeyboardEvent, direction: 'ltr' | 'rtl'): number | null {
  const forward = direction === 'rtl' ? 'ArrowLeft' : 'ArrowRight'
  const back = direction === 'rtl' ? 'ArrowRight' : 'ArrowLeft'
  const to = key === forward ? from + 1 : key === back ? from - 1 : key === 'Home' ? 0 : key === 'End' ? count - 1 : null
  return to === null ? null : Math.min(Math.max(to, 0), count - 1)
}

function sameCuts(a: RfmCuts, b: RfmCuts): boolean {
  return DISTRIBUTION_AXES.every((axis) => a[axis].length === b[axis].length && a[axis].every((cut, i) => cut === b[axis][i]))
}
