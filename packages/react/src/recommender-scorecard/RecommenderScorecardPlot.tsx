'use client'
import type { Estimate } from '@crm/core/recommend'
import { useId } from 'react'
import type { ReactElement } from 'react'
import { useCrmSettings } from '../provider/context.ts'
import { useRecommenderScorecardModel } from './RecommenderScorecardContext.ts'
import { useRecommenderScorecardTitle } from './RecommenderScorecardTitle.tsx'
import { tickWriter } from './scorecardFigures.ts'
import type { EstimateText } from './scorecardFigures.ts'
import type { ScorecardScale } from './scorecardScale.ts'
import type { ScorecardRow } from './scorecardRows.ts'
import { UseButton } from './RecommenderScorecardUse.tsx'
import { useRecommenderScorecardWords } from './useRecommenderScorecardWords.ts'

/** Radius of a dot and half the height of the end of a line, px. */
const DOT = 5
const END = 4

/** Said in full: where the stylesheet makes cards of the rows, elements alone would no longer be a table. */
const AS = {
  table: { role: 'table' },
  rowgroup: { role: 'rowgroup' },
  row: { role: 'row' },
  columnheader: { role: 'columnheader' },
  rowheader: { role: 'rowheader' },
  cell: { role: 'cell' },
}

/**
 * The picture: a row per strategy with its mean as a dot and its interval as a line, for the metric and for the gain over
 * popularity. It is a table, so every figure drawn stands beside its drawing in words.
 */
export function RecommenderScorecardPlot(): ReactElement | null {
  const model = useRecommenderScorecardModel()
  const { words, text, format } = useRecommenderScorecardWords()
  const title = useRecommenderScorecardTitle()
  const helpId = useId()
  const { rows, result, metric, scale, gainScale, reference, canChoose } = model
  if (result === null) return null
  const metricName = text(words.metricOf, { metric: words.metrics[metric], k: result.k })
  const popular = reference?.row.figures[metric].value ?? null
  const hasGains = rows.some(({ gain }) => gain !== null)
  return (
    <>
      <div className="crm-segments-frame" data-picture>
        <table {...AS.table} className="crm-segments-table crm-score-plot" aria-label={title} aria-describedby={helpId}>
          <thead {...AS.rowgroup}>
            <tr {...AS.row}>
              <th {...AS.columnheader} scope="col">{words.fieldStrategy}</th>
              <th {...AS.columnheader} scope="colgroup" colSpan={2}>{metricName}</th>
              {hasGains ? <th {...AS.columnheader} scope="colgroup" colSpan={2} data-of="gain">{words.fieldGainOf}</th> : null}
              {canChoose ? <td aria-hidden="true" /> : null}
            </tr>
          </thead>
          <tbody {...AS.rowgroup}>
            {rows.map((one) => (
              <tr {...AS.row} key={one.row.name} data-strategy={one.row.name} data-fixed data-better={one.isSurelyBetter || undefined} data-reference={one.isReference || undefined}>
                <StrategyName one={one} />
                <Whisker estimate={one.row.figures[metric]} scale={scale} reference={popular} />
                <EstimateCell estimate={one.figure} />
                {hasGains ? <Whisker estimate={one.row.gain} scale={gainScale} reference={0} of="gain" /> : null}
                {hasGains ? <EstimateCell estimate={one.gain} label={words.fieldGain} of="gain" /> : null}
                {canChoose ? <td {...AS.cell}><UseButton row={one} /></td> : null}
              </tr>
            ))}
          </tbody>
          <tfoot {...AS.rowgroup}>
            <tr {...AS.row}>
              <td aria-hidden="true" />
              <Axis scale={scale} write={tickWriter(format, metric, scale.digits)} />
              <td aria-hidden="true" />
              {hasGains ? <Axis scale={gainScale} write={tickWriter(format, 'gain', gainScale.digits)} of="gain" /> : null}
              {hasGains ? <td aria-hidden="true" /> : null}
              {canChoose ? <td aria-hidden="true" /> : null}
            </tr>
          </tfoot>
        </table>
      </div>
      <p id={helpId} className="crm-note" data-picture>
        {words.explanations[metric]} {words.legend} {result.choice == null ? null : text(words.choice, { count: result.choice.customers })}
      </p>
    </>
  )
}

/** The name of a strategy, what it is made of, and whether it is the best or the reference. */
export function StrategyName({ one, isBrief = false }: { readonly one: ScorecardRow; readonly isBrief?: boolean }): ReactElement {
  const { words } = useRecommenderScorecardWords()
  const mark = one.isChosen ? words.best : one.isReference ? words.reference : null
  return (
    <th {...AS.rowheader} scope="row">
      <span className="crm-segments-words">
        {one.name} {mark === null ? null : <span className="crm-note crm-score-mark" data-kind={one.isChosen ? 'best' : 'reference'}>{mark}</span>}
      </span>
      {isBrief || one.details === '' ? null : <span className="crm-note crm-score-details">{one.details}</span>}
    </th>
  )
}

/** A figure over its interval. */
export function EstimateCell({ estimate, label, of }: { readonly estimate: EstimateText | null; readonly label?: string; readonly of?: 'gain' }): ReactElement {
  const { words } = useRecommenderScorecardWords()
  return (
    <td {...AS.cell} data-align="end" data-of={of} data-label={label}>
      {estimate === null ? (
        <>
          <span aria-hidden="true">—</span>
          <span className="crm-visually-hidden">{words.noGain}</span>
        </>
      ) : (
        <>
          <span>{estimate.value}</span> <span className="crm-note crm-score-details">{estimate.interval}</span>
        </>
      )}
    </td>
  )
}

interface WhiskerProps {
  readonly estimate: Estimate | null
  readonly scale: ScorecardScale
  /** Where the dashed line stands; null = none. */
  readonly reference: number | null
  readonly of?: 'gain'
}

/** Mean and interval of one strategy. The figures stand in the cell beside it. */
function Whisker({ estimate, scale, reference, of }: WhiskerProps): ReactElement {
  const x = useAlong(scale)
  return (
    <td className="crm-segments-bars crm-score-bars" aria-hidden="true" data-of={of}>
      <svg focusable="false">
        {scale.ticks.map((tick) => (
          <line key={tick} data-kind="grid" x1={x(tick)} x2={x(tick)} y1="0" y2="100%" />
        ))}
        {reference === null ? null : <line data-kind="reference" x1={x(reference)} x2={x(reference)} y1="0" y2="100%" />}
        {estimate === null ? null : (
          <svg y="50%" overflow="visible">
            <line x1={x(estimate.low)} x2={x(estimate.high)} y1="0" y2="0" />
            {[estimate.low, estimate.high].map((end, at) => (
              <line key={at} x1={x(end)} x2={x(end)} y1={-END} y2={END} />
            ))}
            <circle cx={x(estimate.value)} cy="0" r={DOT} />
          </svg>
        )}
      </svg>
    </td>
  )
}

/** The round values under a picture. */
function Axis({ scale, write, of }: { readonly scale: ScorecardScale; readonly write: (value: number) => string; readonly of?: 'gain' }): ReactElement {
  const x = useAlong(scale)
  return (
    <td {...AS.cell} className="crm-segments-bars crm-score-bars" data-of={of}>
      <svg focusable="false">
        {scale.ticks.map((tick) => (
          <text key={tick} x={x(tick)} y="1.1em" textAnchor="middle">{write(tick)}</text>
        ))}
      </svg>
    </td>
  )
}

/** Percent of the width, from the side where reading starts. */
function useAlong({ position }: ScorecardScale): (value: number) => string {
  const isMirrored = useCrmSettings().direction === 'rtl'
  return (value) => `${((isMirrored ? 1 - position(value) : position(value)) * 100).toFixed(2)}%`
}
