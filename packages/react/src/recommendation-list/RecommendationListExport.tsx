'use client'
import type { ReactElement } from 'react'
import { ExportMenu } from '../export-menu/ExportMenu.tsx'
import type { ExportMenuProps } from '../export-menu/ExportMenu.tsx'
import { useRecommendationListModel } from './RecommendationListContext.ts'
import { useRecommendationListWords } from './useRecommendationListWords.ts'

/** The export menu of the offers: as they are shown, and what they were asked with. */
export function RecommendationListExport({ onExport }: Pick<ExportMenuProps, 'onExport'>): ReactElement {
  const { status, offers, list, request } = useRecommendationListModel()
  const tools = useRecommendationListWords()
  return (
    <ExportMenu
      name="recommendations"
      disabled={status !== 'ready'}
      table={async () => {
        const { recommendationExport } = await import('./recommendationExport.ts')
        return list === null ? { columns: [], rows: [] } : recommendationExport(tools, offers, list)
      }}
      spec={list === null ? null : { ...request, listId: list.id }}
      onExport={onExport}
    />
  )
}
