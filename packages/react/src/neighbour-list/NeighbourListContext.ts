'use client'
import { createContext } from 'react'
import type { Context } from 'react'
import { useInside } from '../shared/useInside.ts'
import type { NeighboursModel } from './useNeighbours.ts'

export const NeighbourListContext: Context<NeighboursModel | null> = createContext<NeighboursModel | null>(null)

/** The model of the nearest `NeighbourListRoot`, for parts of your own. */
export function useNeighbourListModel(): NeighboursModel {
  return useInside(NeighbourListContext, 'NeighbourListRoot', 'model={useNeighbours(…)}')
}
