'use client'
import { createContext, useContext } from 'react'
import type { Context } from 'react'
import type { RfmGridModel } from './useRfmGrid.ts'

export const RfmGridContext: Context<RfmGridModel | null> = createContext<RfmGridModel | null>(null)

/** The model of the nearest `RfmGridRoot`, for parts of your own. */
export function useRfmGridModel(): RfmGridModel {
  const model = useContext(RfmGridContext)
  if (model === null) {
    throw new Error('A part of the RFM grid was rendered outside RfmGridRoot. It has no figures to show. Put it inside <RfmGridRoot model={useRfmGrid(…)}>.')
  }
  return model
}
