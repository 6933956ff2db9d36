'use client'
import type { ReactElement } from 'react'
import { Segmented } from '../shared/Segmented.tsx'
import { useSegmentTableModel } from './SegmentTableContext.ts'
import { useSegmentTableWords } from './useSegmentTableWords.ts'

/** Choice of what customers are put into: segments or value tiers. Native radio buttons; nothing where the host alone decides. */
export function SegmentTableGroupControl(): ReactElement | null {
  const { group, setGroup, canSetGroup } = useSegmentTableModel()
  const { words } = useSegmentTableWords()
  if (!canSetGroup) return null
  return (
    <Segmented
      label={words.chooseGroup}
      value={group}
      onChange={setGroup}
      items={[
        { value: 'segments', label: words.groupSegments },
        { value: 'tiers', label: words.groupTiers },
      ]}
    />
  )
}

/** Choice of figures, bars or both. Native radio buttons; nothing where the host alone decides. */
export function SegmentTableViewControl(): ReactElement | null {
  const { view, setView, canSetView } = useSegmentTableModel()
  const { words } = useSegmentTableWords()
  if (!canSetView) return null
  return (
    <Segmented
      label={words.chooseView}
      value={view}
      onChange={setView}
      items={[
        { value: 'table', label: words.viewTable },
        { value: 'picture', label: words.viewPicture },
        { value: 'both', label: words.viewBoth },
      ]}
    />
  )
}
