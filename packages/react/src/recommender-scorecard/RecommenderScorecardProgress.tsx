'use client'
import type { ReactElement } from 'react'
import { useDelayed } from '../shared/useDelayed.ts'
import { useRecommenderScorecardModel } from './RecommenderScorecardContext.ts'
import { tickWriter } from './scorecardFigures.ts'
import { useRecommenderScorecardWords } from './useRecommenderScorecardWords.ts'

/** How far the test is, as a bar and in words; a bar without an end where nobody can tell. */
export function RecommenderScorecardProgress(): ReactElement {
  const { progress } = useRecommenderScorecardModel()
  const { words, format } = useRecommenderScorecardWords()
  const whole = tickWriter(format, 'hitRate', 2)
  const fraction = progress?.fraction ?? null
  const phase = progress === null ? words.loading : progress.phase === 'reading' ? words.progressReading : words.progressComputing
  return (
    <span className="crm-score-progress">
      <progress aria-label={words.progress} max={1} {...(fraction === null ? {} : { value: fraction })} />
      <span className="crm-note">{fraction === null ? phase : `${phase} ${whole(Math.floor(fraction * 100) / 100)}`}</span>
    </span>
  )
}

/** The shape of the picture to come; after 300 ms it says what is being done, and how far it is. */
export function RecommenderScorecardSkeleton(): ReactElement {
  const { request } = useRecommenderScorecardModel()
  const { words } = useRecommenderScorecardWords()
  const isSlow = useDelayed(true)
  return (
    <div className="crm-segments-frame" data-loading="true">
      {/* Popularity, similar customers, similar products and the hybrid, if nothing else was asked for; the heading and the axis. */}
      {Array.from({ length: (request.strategies?.length ?? 4) + 2 }, (_, row) => (
        <div key={row} className="crm-segments-line" aria-hidden="true">
          <span className="crm-skeleton" />
          <span className="crm-skeleton" />
        </div>
      ))}
      <div className="crm-heat-doing">
        {/* Said once: the bar tells how far it is to who asks for it. */}
        <p className="crm-visually-hidden" role="status">{isSlow ? words.loading : ''}</p>
        {isSlow ? <RecommenderScorecardProgress /> : null}
      </div>
    </div>
  )
}
