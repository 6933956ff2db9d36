'use client'
import { useMemo, useState } from 'react'
import type { FocusEvent, KeyboardEvent, MouseEvent, PointerEvent } from 'react'
import { useCrmSettings } from '../provider/context.ts'
import { useSegments } from '../segment-table/useSegments.ts'
import type { SegmentsModel, UseSegmentsOptions } from '../segment-table/useSegments.ts'
import { useSegmentTableWords } from '../segment-table/useSegmentTableWords.ts'
import { useCommonWords } from '../shared/useCommonWords.ts'
import { useControlled } from '../shared/useControlled.ts'
import { tileBeside } from './layoutTiles.ts'
import { segmentTreemap } from './segmentTreemapModel.ts'
import type { PlacedTile, SegmentTreemapMeasure, SegmentTreemapPicture, SegmentTreemapShade, TreemapLayout } from './segmentTreemapModel.ts'
import type { TreemapShape } from './tileLabels.ts'
import { useSegmentTreemapWords } from './useSegmentTreemapWords.ts'

export interface UseSegmentTreemapOptions extends UseSegmentsOptions {
  /** What the area of a tile is. Controlled by `measure`, else starts at `defaultMeasure`, `revenue`. */
  readonly measure?: SegmentTreemapMeasure | undefined
  readonly defaultMeasure?: SegmentTreemapMeasure | undefined
  readonly onMeasureChange?: ((measure: SegmentTreemapMeasure) => void) | undefined
  /** What the ground of a tile is. Controlled by `shade`, else starts at `defaultShade`, `meanRecencyDays`. */
  readonly shade?: SegmentTreemapShade | undefined
  readonly defaultShade?: SegmentTreemapShade | undefined
  readonly onShadeChange?: ((shade: SegmentTreemapShade) => void) | undefined
}

/** A tile under the mouse, or one that keys moved to, and the shape it stands in. */
export interface PointedTile {
  readonly shape: TreemapShape
  readonly tile: PlacedTile
}

type Props = Readonly<Record<string, unknown>>

/** State of one treemap, its tiles, and the props that make any markup an accessible list to choose from. */
export interface SegmentTreemapModel extends SegmentsModel {
  readonly measure: SegmentTreemapMeasure
  readonly setMeasure: (measure: SegmentTreemapMeasure) => void
  readonly canSetMeasure: boolean
  readonly shade: SegmentTreemapShade
  readonly setShade: (shade: SegmentTreemapShade) => void
  readonly canSetShade: boolean
  /** null until there is a result. */
  readonly picture: SegmentTreemapPicture | null
  readonly pointed: PointedTile | null
  /** For the element with role `listbox`. `label` is its accessible name. */
  readonly getListProps: (layout: TreemapLayout, label: string) => Props
  readonly getTileProps: (layout: TreemapLayout, tile: PlacedTile) => Props
}

/**
 * The treemap of segments without markup: tiles by area, grounds, selection, one roving tab stop that follows the picture.
 *
 * @example
 * const treemap = useSegmentTreemap({ request: { spec }, defaultMeasure: 'customers' })
 */
export function useSegmentTreemap(options: UseSegmentTreemapOptions): SegmentTreemapModel {
  const { onMeasureChange, onShadeChange } = options
  const { direction } = useCrmSettings()
  const tools = useSegmentTreemapWords()
  const shared = useSegmentTableWords()
  const { notAvailable } = useCommonWords().words
  const model = useSegments(options)
  const { result, segments, selection, isSelected, canSelect, select, clearSelection } = model
  const [measure, setOwnMeasure] = useControlled(options.measure, options.defaultMeasure ?? 'revenue')
  const [shade, setOwnShade] = useControlled(options.shade, options.defaultShade ?? 'meanRecencyDays')
  const [focused, setFocused] = useState<string | null>(null)
  const [pointedAt, setPointed] = useState<{ readonly shape: TreemapShape; readonly id: string } | null>(null)

  const picture = useMemo(
    () => (result === null ? null : segmentTreemap(tools, shared, notAvailable, result, segments, measure, shade)),
    [tools, shared, notAvailable, result, segments, measure, shade],
  )
  const tileIn = (shape: TreemapShape | undefined, id: string | null): PlacedTile | null =>
    picture?.layouts.find((layout) => layout.shape === shape)?.tiles.find(({ segment }) => segment.id === id) ?? null
  const active = picture?.tiles.find(({ segment }) => segment.id === focused) ?? picture?.tiles[0] ?? null
  const pointed = tileIn(pointedAt?.shape, pointedAt?.id ?? null)

  const onKeyDown = (event: KeyboardEvent<Element>, { shape, tiles }: TreemapLayout): void => {
    const on = (event.target as Element).closest('[role="option"]')?.getAttribute('data-segment')
    const at = tiles.findIndex(({ segment }) => segment.id === on)
    if (at < 0 || event.altKey || event.defaultPrevented) return
    if (event.key === 'Escape') {
      setPointed(null)
      if (selection === null) return
      // Handled here: a dialog around the picture stays open.
      event.preventDefault()
      event.stopPropagation()
      clearSelection(event)
      return
    }
    if (event.key === 'Enter' || event.key === ' ') {
      event.preventDefault()
      select(tiles[at]!.segment, { reason: 'key', event })
      return
    }
    const next = nextTile(event.key, tiles, at, direction)
    if (next === undefined) return
    event.preventDefault()
    const { id } = tiles[next ?? at]!.segment
    setFocused(id)
    setPointed({ shape, id })
    event.currentTarget.querySelectorAll<SVGElement>('[role="option"]')[next ?? at]?.focus()
  }

  return {
    ...model,
    measure,
    setMeasure: (next) => {
      setOwnMeasure(next)
      onMeasureChange?.(next)
    },
    canSetMeasure: options.measure === undefined || onMeasureChange !== undefined,
    shade,
    setShade: (next) => {
      setOwnShade(next)
      onShadeChange?.(next)
    },
    canSetShade: options.shade === undefined || onShadeChange !== undefined,
    picture,
    pointed: pointed === null || pointedAt === null ? null : { shape: pointedAt.shape, tile: pointed },
    getListProps: (layout, label) => ({
      role: 'listbox',
      'aria-label': label,
      onKeyDown: (event: KeyboardEvent<Element>) => onKeyDown(event, layout),
      onPointerLeave: () => setPointed(null),
      onBlur: (event: FocusEvent) => {
        if (!event.currentTarget.contains(event.relatedTarget)) setPointed(null)
      },
    }),
    getTileProps: ({ shape }, { segment, step, name }) => ({
      role: 'option',
      'aria-label': name,
      'aria-selected': canSelect && isSelected(segment),
      'aria-disabled': !canSelect || undefined,
      tabIndex: segment === active?.segment ? 0 : -1,
      'data-segment': segment.id,
      'data-step': step,
      'data-selected': isSelected(segment) || undefined,
      onClick: (event: MouseEvent) => select(segment, { reason: 'press', event }),
      onFocus: (event: FocusEvent<Element>) => {
        setFocused(segment.id)
        if (event.currentTarget.matches(':focus-visible')) setPointed({ shape, id: segment.id })
      },
      onPointerEnter: (event: PointerEvent) => {
        if (event.pointerType !== 'touch') setPointed({ shape, id: segment.id })
      },
    }),
  }
}

/** The tile a key leads to; null stays, undefined is no key of the picture. */
function nextTile(key: string, tiles: readonly PlacedTile[], at: number, direction: 'ltr' | 'rtl'): number | null | undefined {
  const boxes = tiles.map(({ box }) => box)
  switch (key) {
    case 'ArrowUp': return tileBeside(boxes, at, 'up')
    case 'ArrowDown': return tileBeside(boxes, at, 'down')
    // Boxes count from the side where reading starts.
    case 'ArrowLeft': return tileBeside(boxes, at, direction === 'rtl' ? 'right' : 'left')
    case 'ArrowRight': return tileBeside(boxes, at, direction === 'rtl' ? 'left' : 'right')
    case 'Home': return 0
    case 'End': return tiles.length - 1
    default: return undefined
  }
}
