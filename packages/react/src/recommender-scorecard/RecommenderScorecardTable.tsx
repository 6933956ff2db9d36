'use client'
import { useId } from 'react'
import type { ReactElement } from 'react'
import { useRecommenderScorecardModel } from './RecommenderScorecardContext.ts'
import { EstimateCell, StrategyName } from './RecommenderScorecardPlot.tsx'
import { useRecommenderScorecardTitle } from './RecommenderScorecardTitle.tsx'
import { UseButton } from './RecommenderScorecardUse.tsx'
import { SCORECARD_METRICS, estimateText, metricWriter } from './scorecardFigures.ts'
import { useRecommenderScorecardWords } from './useRecommenderScorecardWords.ts'

/** All figures of all strategies. Wider than a narrow page, so it scrolls inside itself under its first column. */
export function RecommenderScorecardTable(): ReactElement | null {
  const { rows, result, canChoose, view } = useRecommenderScorecardModel()
  const tools = useRecommenderScorecardWords()
  const title = useRecommenderScorecardTitle()
  const noteId = useId()
  const { words, text, format } = tools
  if (result === null) return null
  const hasGains = rows.some(({ gain }) => gain !== null)
  // Under the picture its buttons and details are enough.
  const isAlone = view === 'table'
  return (
    <>
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must be reached by keyboard, and not every browser sees to that */}
      <div className="crm-segments-frame" role="region" tabIndex={0} aria-label={title}>
        <table className="crm-segments-table" aria-describedby={noteId}>
          <thead>
            <tr>
              <th scope="col"><span className="crm-segments-words">{words.fieldStrategy}</span></th>
              {SCORECARD_METRICS.map((metric) => (
                <th key={metric} scope="col" data-align="end">{text(words.metricOf, { metric: words.metrics[metric], k: result.k })}</th>
              ))}
              {hasGains ? <th scope="col" data-align="end">{words.fieldGainOf}</th> : null}
              <th scope="col" data-align="end">{words.fieldCoverage}</th>
              <th scope="col" data-align="end">{words.fieldNovelty}</th>
              <th scope="col" data-align="end">{words.fieldDiversity}</th>
              {canChoose && isAlone ? <td aria-hidden="true" /> : null}
            </tr>
          </thead>
          <tbody>
            {rows.map((one) => (
              <tr key={one.row.name} data-strategy={one.row.name} data-fixed="true">
                <StrategyName one={one} isBrief={!isAlone} />
                {SCORECARD_METRICS.map((metric) => (
                  <EstimateCell key={metric} estimate={estimateText(tools, one.row.figures[metric], metricWriter(format, metric))} />
                ))}
                {hasGains ? <EstimateCell estimate={one.gain} /> : null}
                <td data-align="end">{format.percent(one.row.figures.coverage)}</td>
                <td data-align="end">{format.number(one.row.figures.novelty, 1, 1)}</td>
                <td data-align="end">{format.number(one.row.figures.diversity, 2, 2)}</td>
                {canChoose && isAlone ? <td><UseButton row={one} /></td> : null}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <p id={noteId} className="crm-note">{words.tableLegend}</p>
    </>
  )
}
