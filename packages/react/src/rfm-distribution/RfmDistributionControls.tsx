'use client'
import type { RfmSpec, SegmentMap } from '@crm/core/rfm'
import { plainSegmentMap, pymcMarketingSegmentMap, recencyByValueSegmentMap, rRfmOldSegmentMap, rRfmSegmentMap, threePointSegmentMap } from '@crm/core/rfm'
import type { ReactElement, SyntheticEvent } from 'react'
import { Segmented } from '../shared/Segmented.tsx'
import { useRfmDistributionModel } from './RfmDistributionContext.ts'
import { useRfmDistributionWords } from './useRfmDistributionWords.ts'

/** Choice of what the bars show. Native radio buttons. */
export function RfmDistributionMeasureControl(): ReactElement {
  const { measure, setMeasure } = useRfmDistributionModel()
  const { words } = useRfmDistributionWords()
  return (
    <Segmented
      label={words.chooseMeasure}
      value={measure}
      onChange={setMeasure}
      items={[
        { value: 'customers', label: words.measureCustomers },
        { value: 'revenue', label: words.measureRevenue },
      ]}
    />
  )
}

/** The maps that the kit brings. */
export const presetMaps: readonly SegmentMap[] = [plainSegmentMap, recencyByValueSegmentMap, threePointSegmentMap, rRfmSegmentMap, rRfmOldSegmentMap, pymcMarketingSegmentMap]

/** A stable function that names segment maps: the words for its id, else the id. */
export function useMapNames(): (map: SegmentMap) => string {
  const { maps } = useRfmDistributionWords().words
  return ({ id }) => (Object.hasOwn(maps, id) ? maps[id as keyof typeof maps] : id)
}

export interface RfmDistributionMapControlProps {
  /** What may be chosen beside the map of the spec. */
  readonly maps?: readonly SegmentMap[] | undefined
}

/** Choice of the segment map after the change: another one than the spec's compares the two. */
export function RfmDistributionMapControl({ maps = presetMaps }: RfmDistributionMapControlProps): ReactElement {
  const { map, setMap, answer } = useRfmDistributionModel()
  const { words } = useRfmDistributionWords()
  const nameOf = useMapNames()
  const own = answer?.data.spec.segments
  const choices = [own, ...maps, map].filter((one, index, all) => one != null && all.findIndex((other) => other?.id === one.id) === index) as SegmentMap[]
  return (
    <label className="crm-dist-choice">
      <span>{words.chooseMap}</span>
      <select
        className="crm-dist-field"
        value={map?.id ?? ''}
        onChange={(event) => {
          const next = choices.find(({ id }) => id === event.target.value)
          if (next) setMap(next)
        }}
      >
        {choices.map((one) => (
          <option key={one.id} value={one.id}>{nameOf(one)}</option>
        ))}
      </select>
    </label>
  )
}

export interface RfmDistributionActionsProps {
  /** Gets the present rule as thresholds. Without it there is no button to save. */
  readonly onSave?: ((spec: RfmSpec) => void) | undefined
}

/** Undo, back to the cut points of the spec, save. Buttons that can do nothing now stay in place, so that nothing moves. */
export function RfmDistributionActions({ onSave }: RfmDistributionActionsProps): ReactElement {
  const { canUndo, isChanged, undo, reset, frozenSpec } = useRfmDistributionModel()
  const { words } = useRfmDistributionWords()
  const button = (label: string, isOn: boolean, act: (event: SyntheticEvent) => void): ReactElement => (
    <button type="button" className="crm-button" aria-disabled={!isOn || undefined} onClick={(event) => (isOn ? act(event) : undefined)}>{label}</button>
  )
  return (
    <div className="crm-dist-actions">
      {button(words.undo, canUndo, undo)}
      {button(words.reset, isChanged, reset)}
      {onSave ? button(words.save, frozenSpec !== null, () => frozenSpec && onSave(frozenSpec)) : null}
    </div>
  )
}
