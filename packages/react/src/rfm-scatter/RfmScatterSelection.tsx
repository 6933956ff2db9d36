'use client'
import type { ComponentPropsWithRef, ReactElement } from 'react'
import { CrmButton } from '../shared/StateView.tsx'
import { renderPart } from '../shared/part.ts'
import type { PartProps } from '../shared/part.ts'
import { useCommonWords } from '../shared/useCommonWords.ts'
import { useRfmScatterModel } from './RfmScatterContext.ts'
import { useRfmScatterWords } from './useRfmScatterWords.ts'

/** The selection in words with its figures, and the buttons that clear it, zoom to it and show all again. */
export function RfmScatterSelection(theirs: PartProps<object> & Omit<ComponentPropsWithRef<'div'>, 'className'>): ReactElement {
  const { selection, selected, view, points, clearSelection, zoom, zoomIn, zoomOut } = useRfmScatterModel()
  const { words, format, text, grid } = useRfmScatterWords()
  const { words: common } = useCommonWords()
  let [customers, revenue] = [0, 0]
  if (selected.isExact) {
    for (const bin of selected.bins) {
      customers += bin.customers
      revenue += bin.revenue
    }
  }
  const children = (
    <>
      <p className="crm-selection-text" role="status">
        {selection === null ? (
          zoom !== null ? text(words.zoomed, { label: zoom.label }) : points === null ? words.nothingSelected : words.nothingSelectedPoints
        ) : (
          <>
            <strong>{text(common.selected, { label: selection.label })}</strong>
            {view === null || customers === 0 ? null : (
              <span className="crm-selection-figures">
                {text(grid.words.selectionSummary, {
                  customers: text(words.customers, { count: customers }),
                  customerShare: format.percent(customers / view.density.totals.customers),
                  revenue: format.money(revenue, view.density),
                  revenueShare: view.density.totals.revenue > 0 ? format.percent(revenue / view.density.totals.revenue) : common.notAvailable,
                })}
              </span>
            )}
          </>
        )}
      </p>
      {zoomIn === null ? null : (
        <CrmButton quiet onClick={zoomIn}>
          {words.zoomIn}
        </CrmButton>
      )}
      {zoom === null ? null : (
        <CrmButton quiet onClick={zoomOut}>
          {words.zoomOut}
        </CrmButton>
      )}
      {selection === null ? null : (
        <CrmButton quiet onClick={() => clearSelection()}>
          {common.clearSelection}
        </CrmButton>
      )}
    </>
  )
  return renderPart('div', { className: 'crm-selection', 'data-selected': selection === null ? undefined : true, children }, theirs, {})
}
