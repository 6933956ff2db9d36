'use client'
import type { ReactElement } from 'react'
import { useCrm } from '../provider/context.ts'
import { useText } from '../provider/useText.ts'
import { useRfmGridModel } from './RfmGridContext.ts'
import { axisTitle } from './rfmGridWords.ts'

/** Title of the rows, with the unit. */
export function RfmGridRowTitle(): ReactElement | null {
  const { result, y } = useRfmGridModel()
  const { messages, format } = useCrm()
  const text = useText()
  if (result === null) return null
  return <p className="crm-heat-title">{axisTitle({ words: messages.rfmGrid, format, text }, result, y)}</p>
}

/** Title of the columns, with the unit. */
export function RfmGridColumnTitle(): ReactElement {
  return <p className="crm-heat-title" data-axis="r">{useCrm().messages.rfmGrid.axisTitleR}</p>
}
