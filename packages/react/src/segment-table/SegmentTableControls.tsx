'use client'
import type { ReactElement } from 'react'
import { Segmented } from '../shared/Segmented.tsx'
import { useSegmentTableModel } from './SegmentTableContext.ts'
import { useSegmentTableWords } from './useSegmentTableWords.ts'

/** Choice of what customers are put into: segments or value tiers. Native radio buttons. */
export function SegmentTableGroupControl(): ReactElement {
  const { group, setGroup } = useSegmentTableModel()
  const { words } = useSegmentTableWords()
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

/** Choice of figures, bars or both. Native radio buttons. */
export function SegmentTableViewControl(): ReactElement {
  const { view, setView } = useSegmentTableModel()
  const { words } = useSegmentTableWords()
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
