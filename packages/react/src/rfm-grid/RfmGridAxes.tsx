'use client'
import type { ReactElement } from 'react'
import { useRfmGridModel } from './RfmGridContext.ts'
import { axisTitle } from './rfmGridWords.ts'
import { useRfmGridWords } from './useRfmGridWords.ts'

/** Title of the rows, with the unit. */
export function RfmGridRowTitle(): ReactElement | null {
  const { result, y } = useRfmGridModel()
  const wording = useRfmGridWords()
  if (result === null) return null
  return <p className="crm-heat-title crm-note" data-picture>{axisTitle(wording, result, y)}</p>
}

/** Title of the columns, with the unit. */
export function RfmGridColumnTitle(): ReactElement | null {
  const { result } = useRfmGridModel()
  const wording = useRfmGridWords()
  if (result === null) return null
  return <p className="crm-heat-title crm-note" data-axis="r" data-picture>{axisTitle(wording, result, 'r')}</p>
}
