'use client'
import type { ReactElement } from 'react'
import { ExportMenu } from '../export-menu/ExportMenu.tsx'
import type { ExportMenuProps } from '../export-menu/ExportMenu.tsx'
import { useSegmentNames } from '../provider/useSegmentNames.ts'
import { useRfmDistributionModel } from './RfmDistributionContext.ts'
import { useRfmDistributionWords } from './useRfmDistributionWords.ts'

/** The export menu: segments before and after or, under two maps, who would go where; the three histograms; the rule as thresholds. */
export function RfmDistributionExport({ onExport }: Pick<ExportMenuProps, 'onExport'>): ReactElement {
  const { comparison, frozenSpec, status, request } = useRfmDistributionModel()
  const tools = useRfmDistributionWords()
  const segmentName = useSegmentNames()
  return (
    <ExportMenu
      name="rfm-what-if"
      disabled={status !== 'ready'}
      table={async () => {
        const { whatIfExport } = await import('./whatIfExport.ts')
        return comparison === null ? { columns: [], rows: [] } : whatIfExport(tools, segmentName, comparison)
      }}
      spec={frozenSpec === null ? null : { ...frozenSpec, selection: request.selection ?? null }}
      // The other histograms carry `data-picture`.
      picture={(root) => root.querySelector<SVGSVGElement>('.crm-dist-plot:not(.crm-dist-loading)')}
      onExport={onExport}
    />
  )
}
