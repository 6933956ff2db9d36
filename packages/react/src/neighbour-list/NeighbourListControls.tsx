'use client'
import type { SimilarityMeasure } from '@crm/core/recommend'
import type { ReactElement } from 'react'
import { useNeighbourListModel } from './NeighbourListContext.ts'
import { useNeighbourListWords } from './useNeighbourListWords.ts'

/** Choice of the measure, and what it says in a line. A native list; the line alone where there is no choice. */
export function NeighbourListMeasureControl(): ReactElement {
  const { measure, measures, setMeasure, canSetMeasure } = useNeighbourListModel()
  const { words } = useNeighbourListWords()
  return (
    <>
      {canSetMeasure ? (
        <label className="crm-segmented">
          <span className="crm-segmented-label crm-muted">{words.chooseMeasure}</span>
          <select className="crm-button" value={measure} onChange={(event) => setMeasure(event.currentTarget.value as SimilarityMeasure)}>
            {measures.map((one) => (
              <option key={one} value={one}>
                {words.measures[one]}
              </option>
            ))}
          </select>
        </label>
      ) : null}
      <p className="crm-note crm-neighbours-measure" aria-live="polite">{words.explanations[measure]}</p>
    </>
  )
}
