'use client'
import type { ComponentPropsWithRef, ReactElement } from 'react'
import { CrmButton } from '../shared/StateView.tsx'
import { renderPart } from '../shared/part.ts'
import type { PartProps } from '../shared/part.ts'
import { useCommonWords } from '../shared/useCommonWords.ts'
import type { SegmentsModel } from './useSegments.ts'
import { useSegmentTableWords } from './useSegmentTableWords.ts'

export interface SegmentSelectionProps extends PartProps<object>, Omit<ComponentPropsWithRef<'div'>, 'className'> {
  readonly model: SegmentsModel
}

/** The selection in words, with its figures and a button that clears it. Announced when it changes. */
export function SegmentSelection({ model, ...theirs }: SegmentSelectionProps): ReactElement {
  const { selection, chosen, result, group, canSelect, clearSelection } = model
  const { words, format, text } = useSegmentTableWords()
  const { words: common } = useCommonWords()
  const children = (
    <>
      <p className="crm-selection-text" role="status">
        {selection === null ? (
          !canSelect ? words.notSelectable : group === 'segments' ? words.nothingSelected : words.nothingSelectedTier
        ) : (
          <>
            <strong>{text(common.selected, { label: selection.label })}</strong>
            {result === null || chosen === null ? null : (
              <span className="crm-selection-figures">
                {text(words.selectionSummary, {
                  customers: text(words.customers, { count: chosen.customers }),
                  customerShare: format.percent(chosen.shareOfCustomers ?? 0),
                  revenue: format.money(chosen.revenue, result),
                  revenueShare: chosen.shareOfRevenue === null ? common.notAvailable : format.percent(chosen.shareOfRevenue),
                })}
              </span>
            )}
          </>
        )}
      </p>
      {selection === null ? null : (
        <CrmButton quiet onClick={(event) => clearSelection(event)}>
          {common.clearSelection}
        </CrmButton>
      )}
    </>
  )
  return renderPart('div', { className: 'crm-selection', 'data-selected': selection === null ? undefined : true, children }, theirs, {})
}
