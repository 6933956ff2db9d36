'use client'
import type { ReactElement } from 'react'
import { Segmented } from '../shared/Segmented.tsx'
import { useRecommenderScorecardModel } from './RecommenderScorecardContext.ts'
import { SCORECARD_METRICS } from './scorecardFigures.ts'
import type { ScorecardMetric } from './scorecardFigures.ts'
import { useRecommenderScorecardWords } from './useRecommenderScorecardWords.ts'

/** Choice of what the picture shows. A native list; nothing where the host alone decides, or the table shows all. */
export function RecommenderScorecardMetricControl(): ReactElement | null {
  const { metric, setMetric, canSetMetric, view } = useRecommenderScorecardModel()
  const { words } = useRecommenderScorecardWords()
  if (!canSetMetric || view === 'table') return null
  return (
    <label className="crm-segmented">
      <span className="crm-segmented-label crm-muted">{words.chooseMetric}</span>
      <select className="crm-button" value={metric} onChange={(event) => setMetric(event.currentTarget.value as ScorecardMetric)}>
        {SCORECARD_METRICS.map((one) => (
          <option key={one} value={one}>
            {words.metrics[one]}
          </option>
        ))}
      </select>
    </label>
  )
}

/** Choice of picture, table or both. Native radio buttons; nothing where the host alone decides. */
export function RecommenderScorecardViewControl(): ReactElement | null {
  const { view, setView, canSetView } = useRecommenderScorecardModel()
  const { words } = useRecommenderScorecardWords()
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
