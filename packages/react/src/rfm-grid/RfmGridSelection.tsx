'use client'
import type { ComponentPropsWithRef, ReactElement } from 'react'
import { CrmButton } from '../shared/StateView.tsx'
import { renderPart } from '../shared/part.ts'
import type { PartProps } from '../shared/part.ts'
import { useCommonWords } from '../shared/useCommonWords.ts'
import { useRfmGridModel } from './RfmGridContext.ts'
import { useRfmGridWords } from './useRfmGridWords.ts'

/** The selection in words, with its figures and a button that clears it. Announced when it changes. */
export function RfmGridSelection(theirs: PartProps<object> & Omit<ComponentPropsWithRef<'div'>, 'className'>): ReactElement {
  const { canSelect, selection, selectedCells, result, clearSelection } = useRfmGridModel()
  const { words, format, text } = useRfmGridWords()
  const { words: common } = useCommonWords()
  let customers = 0
  let revenue = 0
  for (const cell of selectedCells) {
    customers += cell.customers
    revenue += cell.revenue
  }
  const children = (
    <>
      <p className="crm-selection-text" role="status">
        {selection === null ? (
          canSelect ? words.nothingSelected : words.notSelectable
        ) : (
          <>
            <strong>{text(common.selected, { label: selection.label })}</strong>
            {result === null || customers === 0 ? null : (
              <span className="crm-selection-figures">
                {text(words.selectionSummary, {
                  customers: text(words.customers, { count: customers }),
                  customerShare: format.percent(customers / result.totals.customers),
                  revenue: format.money(revenue, result),
                  revenueShare: result.totals.revenue > 0 ? format.percent(revenue / result.totals.revenue) : common.notAvailable,
                })}
              </span>
            )}
          </>
        )}
      </p>
      {selection === null ? null : (
        <CrmButton quiet onClick={() => clearSelection()}>
          {common.clearSelection}
        </CrmButton>
      )}
    </>
  )
  return renderPart('div', { className: 'crm-selection', 'data-selected': selection === null ? undefined : true, children }, theirs, {})
}
