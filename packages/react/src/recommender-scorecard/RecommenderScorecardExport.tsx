'use client'
import type { ReactElement } from 'react'
import { ExportMenu } from '../export-menu/ExportMenu.tsx'
import type { ExportMenuProps } from '../export-menu/ExportMenu.tsx'
import { useRecommenderScorecardModel } from './RecommenderScorecardContext.ts'
import { useRecommenderScorecardWords } from './useRecommenderScorecardWords.ts'

/** The export menu of the scorecard: its figures with the ends of their intervals, its picture, what was tested. */
export function RecommenderScorecardExport({ onExport }: Pick<ExportMenuProps, 'onExport'>): ReactElement {
  const { result, rows, status, metric, view, request } = useRecommenderScorecardModel()
  const tools = useRecommenderScorecardWords()
  return (
    <ExportMenu
      name="recommender-scorecard"
      disabled={status !== 'ready'}
      table={async () => {
        const { scorecardExport } = await import('./scorecardExport.ts')
        return scorecardExport(tools, rows, result?.k ?? 0, view === 'picture' ? [metric] : undefined)
      }}
      spec={result === null ? null : { ...request, cutoff: result.cutoff, until: result.until, verdict: result.verdict, chosen: result.chosen }}
      picture={view === 'table' ? undefined : (root) => root.querySelector<SVGSVGElement>('.crm-score-plot svg')}
      onExport={onExport}
    />
  )
}
