'use client'
import type { Answer, Selection } from '@crm/core/adapter'
import type { RfmDensity, RfmField, RfmGridRequest } from '@crm/core/rfm'
import { useCallback, useMemo, useRef, useState } from 'react'
import type { FocusEvent, KeyboardEvent, PointerEvent, SyntheticEvent } from 'react'
import { useCrmSettings } from '../provider/context.ts'
import { nextPlace } from '../shared/rovingFocus.ts'
import type { CellPlace } from '../shared/rovingFocus.ts'
import { useControlled } from '../shared/useControlled.ts'
import { widgetStatus } from '../shared/widgetState.ts'
import type { WidgetStatus } from '../shared/widgetState.ts'
import { rfmScatterView } from './rfmScatterModel.ts'
import type { RfmScatterBin, RfmScatterMeasure, RfmScatterView } from './rfmScatterModel.ts'
import { nextPoint, pointNear, scatterPoints } from './scatterPoints.ts'
import type { RfmScatterPoint, RfmScatterPoints } from './scatterPoints.ts'
import { POINT_LIMIT } from './scatterRequests.ts'
import type { ScatterZoom } from './scatterRequests.ts'
import { binsIn, binsInSelection, rectangleOf, selectPoint, selectRectangle, selectedCustomer, zoomOf } from './scatterSelection.ts'
import type { ScatterRectangle, SelectedBins } from './scatterSelection.ts'
import { useRfmScatterWords } from './useRfmScatterWords.ts'
import { useScatterData } from './useScatterData.ts'

export interface RfmScatterSelectionChange {
  /** `press` by mouse or touch, `brush` by dragging, `key` by keyboard, `clear` by Escape or a button. */
  readonly reason: 'press' | 'brush' | 'key' | 'clear'
  readonly event: SyntheticEvent | null
  /** The customer, where a single one was chosen. */
  readonly customerId: string | null
}

export interface UseRfmScatterOptions {
  /** Whom to show, up to when. The spec's cut points are drawn. */
  readonly request: RfmGridRequest
  /** The measure across. Controlled by `x`, else starts at `defaultX`, `recencyDays`. */
  readonly x?: RfmField | undefined
  readonly defaultX?: RfmField | undefined
  readonly onXChange?: ((x: RfmField) => void) | undefined
  /** The measure upwards. Controlled by `y`, else starts at `defaultY`, `revenue`. */
  readonly y?: RfmField | undefined
  readonly defaultY?: RfmField | undefined
  readonly onYChange?: ((y: RfmField) => void) | undefined
  /** What the ground of a square stands for. Controlled by `measure`, else starts at `defaultMeasure`, `customers`. */
  readonly measure?: RfmScatterMeasure | undefined
  readonly defaultMeasure?: RfmScatterMeasure | undefined
  readonly onMeasureChange?: ((measure: RfmScatterMeasure) => void) | undefined
  /** The choice of customers as the page's {@link Selection}; `null` is none. Controlled by `selection`. */
  readonly selection?: Selection | null | undefined
  readonly defaultSelection?: Selection | null | undefined
  readonly onSelectionChange?: ((selection: Selection | null, change: RfmScatterSelectionChange) => void) | undefined
  /** Up to this many customers in view are drawn one by one, 0..2,000; 0 = never. Default 2,000. */
  readonly pointLimit?: number | undefined
  /** Names of points may be personal data; by default those of such a field are not asked for. */
  readonly showsPersonalNames?: boolean | undefined
  /** False asks nothing yet. Default true. */
  readonly enabled?: boolean | undefined
}

type Props = Readonly<Record<string, unknown>>

/** State of one scatter picture, its squares and points, and the props that make any markup an accessible one. */
export interface RfmScatterModel {
  readonly status: WidgetStatus
  readonly request: RfmGridRequest
  readonly answer: Answer<RfmDensity> | undefined
  /** null until there is a result. */
  readonly view: RfmScatterView | null
  /** Single customers; null where they are too many. */
  readonly points: RfmScatterPoints | null
  readonly error: Error | null
  readonly isFetching: boolean
  readonly retry: () => void
  readonly x: RfmField
  /** Choosing the measure of the other axis swaps the two. */
  readonly setX: (x: RfmField) => void
  readonly y: RfmField
  readonly setY: (y: RfmField) => void
  readonly measure: RfmScatterMeasure
  readonly setMeasure: (measure: RfmScatterMeasure) => void
  readonly selection: Selection | null
  readonly selected: SelectedBins
  /** Everybody in view is selected, so that no mark would tell anybody apart. */
  readonly isAllSelected: boolean
  /** The customer that the selection names. */
  readonly selectedCustomer: string | null
  readonly clearSelection: (event?: SyntheticEvent) => void
  /** The part of the picture that is shown; null = all of it. */
  readonly zoom: ScatterZoom | null
  /** null where there is nothing to zoom to. */
  readonly zoomIn: (() => void) | null
  readonly zoomOut: () => void
  /** The rectangle while it is being drawn. */
  readonly draft: ScatterRectangle | null
  /** The square that holds the one tab stop. */
  readonly active: CellPlace
  /** The point that holds it. */
  readonly activePoint: number
  /** The square or point under the mouse, or the one that keys moved to. */
  readonly pointed: { readonly bin: RfmScatterBin; readonly point: RfmScatterPoint | null; readonly byKey: boolean } | null
  /** For the element that is as large as the picture: mouse and touch. */
  readonly getAreaProps: () => Props
  /** For the element with role `grid` around the squares, or `listbox` around the points. `label` is its accessible name. */
  readonly getGridProps: (label: string) => Props
  readonly getListProps: (label: string) => Props
}

/** How near a press must be to a point, px: half of a touch target. */
const REACH = 12

/**
 * The scatter picture without markup: figures, axes, rectangle selection, zoom, one roving tab stop.
 *
 * @example
 * const scatter = useRfmScatter({ request: { spec }, onSelectionChange: (selection) => setSelection(selection) })
 */
export function useRfmScatter(options: UseRfmScatterOptions): RfmScatterModel {
  const { request, onXChange, onYChange, onMeasureChange, onSelectionChange, pointLimit = POINT_LIMIT, showsPersonalNames = false, enabled = true } = options
  const { direction } = useCrmSettings()
  const tools = useRfmScatterWords()
  const [x, setOwnX] = useControlled(options.x, options.defaultX ?? 'recencyDays')
  const [y, setOwnY] = useControlled(options.y, options.defaultY ?? 'revenue')
  const [measure, setOwnMeasure] = useControlled(options.measure, options.defaultMeasure ?? 'customers')
  const [selection, setOwnSelection] = useControlled(options.selection, options.defaultSelection ?? null)
  const [zoomed, setZoomed] = useState<{ readonly axes: string; readonly zoom: ScatterZoom } | null>(null)
  const axes = `${x} ${y}`
  const zoom = zoomed?.axes === axes ? zoomed.zoom : null

  const asked = useScatterData({ request, x, y, zoom, pointLimit: Math.min(pointLimit, POINT_LIMIT), showsPersonalNames, enabled })
  const status = widgetStatus(asked, (density) => (density.totals.customers > 0 ? null : density.selection === null ? 'empty' : 'noMatch'))
  const data = status === 'ready' || status === 'stale' ? asked.data : null
  const view = useMemo(() => (data === null ? null : rfmScatterView(tools, data, measure)), [tools, data, measure])
  const points = useMemo(() => (data === null || data.customers === null ? null : scatterPoints(tools, data.customers, data.x, data.y, data.density)), [tools, data])
  const given = request.selection
  const selected = useMemo(
    () => (view === null ? { bins: [], isSelected: () => false, rectangle: null, isExact: false } : binsInSelection(tools, view, given, selection)),
    [tools, view, given, selection],
  )

  const [focused, setFocused] = useState<CellPlace | null>(null)
  const [focusedPoint, setFocusedPoint] = useState(0)
  const [pointedAt, setPointed] = useState<{ readonly place: CellPlace; readonly point: number | null; readonly byKey: boolean } | null>(null)
  const [draft, setDraft] = useState<ScatterRectangle | null>(null)
  /** Where a rectangle of Shift and arrow keys began, and where it is. */
  const keyBrush = useRef<{ readonly anchor: CellPlace; readonly head: CellPlace } | null>(null)
  const press = useRef<{ readonly anchor: CellPlace; readonly point: RfmScatterPoint | null; readonly x: number; readonly y: number; isDrag: boolean; head: CellPlace } | null>(null)

  const [rowCount, columnCount] = [view?.y.bins ?? 1, view?.x.bins ?? 1]
  // Where the eye goes first: the densest square.
  const start = focused ?? view?.densest?.place ?? { row: 0, column: 0 }
  const active = { row: Math.min(start.row, rowCount - 1), column: Math.min(start.column, columnCount - 1) }
  const activePoint = Math.min(focusedPoint, Math.max(0, (points?.list.length ?? 1) - 1))

  const changeSelection = useCallback(
    (next: Selection | null, reason: RfmScatterSelectionChange['reason'], event: SyntheticEvent | null, customerId: string | null = null) => {
      setOwnSelection(next)
      onSelectionChange?.(next, { reason, event, customerId })
    },
    [setOwnSelection, onSelectionChange],
  )
  const clearSelection = useCallback((event?: SyntheticEvent) => changeSelection(null, 'clear', event ?? null), [changeSelection])

  const select = (rectangle: ScatterRectangle, reason: 'press' | 'brush' | 'key', event: SyntheticEvent): void => {
    if (view === null || binsIn(view, rectangle).every(({ customers }) => customers === 0)) return
    changeSelection(selectRectangle(tools, view, given, rectangle), reason, event)
  }
  const pickBin = (place: CellPlace, reason: 'press' | 'key', event: SyntheticEvent): void => {
    if (selected.isExact && selected.bins.length === 1 && selected.isSelected(place)) clearSelection(event)
    else select(rectangleOf(place, place), reason, event)
  }
  const customer = selectedCustomer(selection)
  const pickPoint = (point: RfmScatterPoint, reason: 'press' | 'key', event: SyntheticEvent): void => {
    if (customer === point.customerId) clearSelection(event)
    else changeSelection(selectPoint(point.title, point.customerId), reason, event, point.customerId)
  }

  const placeAt = (event: PointerEvent): { readonly place: CellPlace; readonly point: RfmScatterPoint | null } => {
    const box = event.currentTarget.getBoundingClientRect()
    const across = (event.clientX - box.left) / box.width
    const [fromLeft, fromTop] = [direction === 'rtl' ? 1 - across : across, (event.clientY - box.top) / box.height]
    const inside = (share: number, count: number): number => Math.min(Math.max(Math.floor(share * count), 0), count - 1)
    return {
      place: { row: inside(fromTop, rowCount), column: inside(fromLeft, columnCount) },
      point: points === null ? null : pointNear(points, fromLeft, 1 - fromTop, box.width, box.height, REACH),
    }
  }

  /** A mouse that moves within one square, or over nothing, draws nothing anew. */
  const pointAt = (next: { readonly place: CellPlace; readonly point: number | null } | null): void =>
    setPointed((now) => {
      if (next === null) return null
      const isSame = now !== null && !now.byKey && now.point === next.point && now.place.row === next.place.row && now.place.column === next.place.column
      return isSame ? now : { ...next, byKey: false }
    })

  const onPointerDown = (event: PointerEvent): void => {
    // A second finger zooms the page; it draws nothing.
    if (view === null || event.button !== 0 || !event.isPrimary) return
    const { place, point } = placeAt(event)
    const from = event.shiftKey && keyBrush.current !== null ? keyBrush.current.anchor : place
    press.current = { anchor: from, head: place, point, x: event.clientX, y: event.clientY, isDrag: from !== place }
    event.currentTarget.setPointerCapture?.(event.pointerId)
  }
  const onPointerMove = (event: PointerEvent): void => {
    if (view === null || !event.isPrimary) return
    const { place, point } = placeAt(event)
    const pressed = press.current
    if (pressed !== null) {
      // A hand that trembles does not drag.
      if (Math.hypot(event.clientX - pressed.x, event.clientY - pressed.y) > 4) pressed.isDrag = true
      if (!pressed.isDrag) return
      pressed.head = place
      setDraft(rectangleOf(pressed.anchor, place))
      setPointed(null)
    } else if (event.pointerType !== 'touch') {
      const next = points === null ? (view.bins[place.row]?.[place.column]?.customers ?? 0) > 0 : point !== null
      pointAt(next ? { place: point?.place ?? place, point: point?.index ?? null } : null)
    }
  }
  const onPointerUp = (event: PointerEvent): void => {
    if (!event.isPrimary) return
    const pressed = press.current
    press.current = null
    setDraft(null)
    if (pressed === null || view === null) return
    keyBrush.current = { anchor: pressed.anchor, head: pressed.head }
    setFocused(pressed.head)
    if (pressed.isDrag) select(rectangleOf(pressed.anchor, pressed.head), 'brush', event)
    else if (points === null) pickBin(pressed.anchor, 'press', event)
    else if (pressed.point !== null) {
      setFocusedPoint(pressed.point.index)
      pickPoint(pressed.point, 'press', event)
    } else if (selection !== null) clearSelection(event)
  }
  const cancelPress = (): void => {
    press.current = null
    setDraft(null)
    setPointed(null)
  }

  /** Keys that squares and points share. True = done. */
  const onSharedKey = (event: KeyboardEvent, from: CellPlace): boolean => {
    if (event.key === 'Escape') {
      setPointed(null)
      if (press.current !== null) cancelPress()
      else if (selection !== null) clearSelection(event)
      else if (zoom !== null) setZoomed(null)
      else return true
      // Handled here: a dialog around the picture stays open.
      event.preventDefault()
      event.stopPropagation()
      return true
    }
    const isArrow = event.key.startsWith('Arrow')
    if (!event.shiftKey || !isArrow) {
      if (isArrow) keyBrush.current = null
      return false
    }
    event.preventDefault()
    const { anchor, head } = keyBrush.current ?? { anchor: from, head: from }
    const next = nextPlace(head, event, rowCount, columnCount, direction) ?? head
    keyBrush.current = { anchor, head: next }
    select(rectangleOf(anchor, next), 'key', event)
    if (points === null) goTo(next, event)
    return true
  }
  const goTo = (place: CellPlace, event: KeyboardEvent): void => {
    setFocused(place)
    setPointed({ place, point: null, byKey: true })
    event.currentTarget.querySelector<SVGElement>(`[data-place="${place.row},${place.column}"]`)?.focus()
  }
  const onGridKeyDown = (event: KeyboardEvent): void => {
    if (view === null || event.altKey || onSharedKey(event, active)) return
    if (event.key === 'Enter' || event.key === ' ') {
      event.preventDefault()
      keyBrush.current = null
      pickBin(active, 'key', event)
      return
    }
    const next = nextPlace(active, event, rowCount, columnCount, direction)
    if (next === null) return
    event.preventDefault()
    goTo(next, event)
  }
  const onListKeyDown = (event: KeyboardEvent): void => {
    const point = points?.list[activePoint]
    if (points === null || point === undefined || event.altKey || onSharedKey(event, point.place)) return
    if (event.key === 'Enter' || event.key === ' ') {
      event.preventDefault()
      pickPoint(point, 'key', event)
      return
    }
    const next = nextPoint(points, activePoint, event.key, { isMirrored: direction === 'rtl' })
    if (next === null) return
    event.preventDefault()
    setFocusedPoint(next)
    setPointed({ place: points.list[next]!.place, point: next, byKey: true })
    event.currentTarget.querySelector<SVGElement>(`[data-point="${next}"]`)?.focus()
  }
  const onFocus = (event: FocusEvent<Element>): void => {
    const { place, point } = (event.target as SVGElement).dataset
    if (point !== undefined && points !== null) {
      setFocusedPoint(Number(point))
      if (event.target.matches(':focus-visible')) setPointed({ place: points.list[Number(point)]!.place, point: Number(point), byKey: true })
    } else if (place !== undefined) {
      const [row = 0, column = 0] = place.split(',').map(Number)
      setFocused({ row, column })
      if (event.target.matches(':focus-visible')) setPointed({ place: { row, column }, point: null, byKey: true })
    }
  }
  const shared = {
    onFocus,
    onBlur: (event: FocusEvent) => {
      if (event.currentTarget.contains(event.relatedTarget)) return
      setPointed(null)
      keyBrush.current = null
    },
  }

  const setAxis = (axis: 'x' | 'y', field: RfmField): void => {
    const other = axis === 'x' ? y : x
    const mine = axis === 'x' ? x : y
    const [setMine, tellMine, setOther, tellOther] = axis === 'x' ? [setOwnX, onXChange, setOwnY, onYChange] : [setOwnY, onYChange, setOwnX, onXChange]
    setMine(field)
    tellMine?.(field)
    if (field !== other) return
    setOther(mine)
    tellOther?.(mine)
  }

  const { rectangle } = selected
  const isAll = rectangle !== null && rectangle.top === 0 && rectangle.left === 0 && rectangle.bottom === rowCount - 1 && rectangle.right === columnCount - 1
  const pointedBin = pointedAt === null ? undefined : view?.bins[pointedAt.place.row]?.[pointedAt.place.column]
  return {
    status,
    request,
    answer: asked.answer,
    view,
    points,
    error: asked.error,
    isFetching: asked.isFetching,
    retry: asked.retry,
    x,
    setX: (field) => setAxis('x', field),
    y,
    setY: (field) => setAxis('y', field),
    measure,
    setMeasure: (next) => {
      setOwnMeasure(next)
      onMeasureChange?.(next)
    },
    selection,
    selected,
    isAllSelected: isAll,
    selectedCustomer: customer,
    clearSelection,
    zoom,
    zoomIn:
      view !== null && rectangle !== null && selected.isExact && !isAll
        ? () => {
            setZoomed({ axes, zoom: zoomOf(tools, view, rectangle) })
            setFocused(null)
            setFocusedPoint(0)
            keyBrush.current = null
          }
        : null,
    zoomOut: () => {
      setZoomed(null)
      setFocused(null)
      setFocusedPoint(0)
    },
    draft,
    active,
    activePoint,
    pointed: pointedAt === null || pointedBin === undefined ? null : { bin: pointedBin, point: pointedAt.point === null ? null : (points?.list[pointedAt.point] ?? null), byKey: pointedAt.byKey },
    getAreaProps: () => ({ onPointerDown, onPointerMove, onPointerUp, onPointerCancel: cancelPress, onPointerLeave: () => (press.current === null ? setPointed(null) : undefined) }),
    getGridProps: (label) => ({
      role: 'grid',
      'aria-label': label,
      'aria-rowcount': rowCount + 1,
      'aria-colcount': columnCount + 1,
      'aria-multiselectable': true,
      onKeyDown: onGridKeyDown,
      ...shared,
    }),
    getListProps: (label) => ({ role: 'listbox', 'aria-label': label, onKeyDown: onListKeyDown, ...shared }),
  }
}
