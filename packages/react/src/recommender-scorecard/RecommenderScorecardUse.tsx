'use client'
import type { ReactElement } from 'react'
import { Icon } from '../shared/Icon.tsx'
import { useRecommenderScorecardModel } from './RecommenderScorecardContext.ts'
import type { ScorecardRow } from './scorecardRows.ts'
import { useRecommenderScorecardWords } from './useRecommenderScorecardWords.ts'

export interface UseButtonProps {
  readonly row: ScorecardRow
  /** The one of the verdict. */
  readonly isLarge?: boolean
}

/** Takes a strategy over; stays in place and says so once it is. Nothing where the host does not listen. */
export function UseButton({ row, isLarge = false }: UseButtonProps): ReactElement | null {
  const { canChoose, choose } = useRecommenderScorecardModel()
  const { words } = useRecommenderScorecardWords()
  if (!canChoose) return null
  const label = row.isInUse ? words.inUse : isLarge ? (row.isReference ? words.usePopularity : words.useStrategy) : words.use
  return (
    <button
      type="button"
      className="crm-button crm-score-use"
      data-quiet={!isLarge || undefined}
      // Not `disabled`: the focus would be lost with the press.
      aria-disabled={row.isInUse || undefined}
      onClick={(event) => (row.isInUse ? undefined : choose(row, event))}
    >
      {row.isInUse ? <Icon size={12} path="M2.5 6.5l2.5 2.5 4.5-5.5" /> : null}
      {label}
      <span className="crm-visually-hidden"> {row.name}</span>
    </button>
  )
}
