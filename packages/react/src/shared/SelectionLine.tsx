'use client'
import type { Selection } from '@crm/core/adapter'
import type { ComponentPropsWithRef, ReactElement, ReactNode, SyntheticEvent } from 'react'
import type { Message } from '../messages/template.ts'
import { CrmButton } from './StateView.tsx'
import { renderPart } from './part.ts'
import type { PartProps } from './part.ts'
import { useCommonWords } from './useCommonWords.ts'

/** What a part that stands for the selection takes from its user. */
export interface SelectionPartProps extends PartProps<object>, Omit<ComponentPropsWithRef<'div'>, 'className'> {}

/** What is selected, counted. */
export interface SelectionFigures {
  readonly customers: number
  readonly shareOfCustomers: number
  readonly revenue: number
  /** null where the revenue of all is nothing or less. */
  readonly shareOfRevenue: number | null
  /** In which the revenue is written. */
  readonly money: { readonly currency: string; readonly scale: number }
}

export interface SelectionLineProps {
  readonly selection: Selection | null
  /** Said where nothing is selected. */
  readonly nothing: string
  /** null where they are not known, or nobody is selected. */
  readonly figures: SelectionFigures | null
  readonly words: { readonly selectionSummary: Message; readonly customers: Message }
  /** Buttons before the one that clears. */
  readonly actions?: ReactNode
  readonly onClear: (event: SyntheticEvent) => void
  readonly theirs: SelectionPartProps
}

/** The selection in words, with its figures and a button that clears it. Announced when it changes. */
export function SelectionLine({ selection, nothing, figures, words, actions, onClear, theirs }: SelectionLineProps): ReactElement {
  const { words: common, format, text } = useCommonWords()
  const children = (
    <>
      <p className="crm-selection-text" role="status">
        {selection === null ? (
          nothing
        ) : (
          <>
            <strong>{text(common.selected, { label: selection.label })}</strong>
            {figures === null ? null : (
              <span className="crm-selection-figures">
                {text(words.selectionSummary, {
                  customers: text(words.customers, { count: figures.customers }),
                  customerShare: format.percent(figures.shareOfCustomers),
                  revenue: format.money(figures.revenue, figures.money),
                  revenueShare: figures.shareOfRevenue === null ? common.notAvailable : format.percent(figures.shareOfRevenue),
                })}
              </span>
            )}
          </>
        )}
      </p>
      {actions}
      {selection === null ? null : (
        <CrmButton quiet onClick={onClear}>
          {common.clearSelection}
        </CrmButton>
      )}
    </>
  )
  return renderPart('div', { className: 'crm-selection', 'data-selected': selection === null ? undefined : true, children }, theirs, {})
}

/** The figures of the chosen among all; null where nobody is. */
export function sumSelected(
  chosen: readonly { readonly customers: number; readonly revenue: number }[],
  all: { readonly customers: number; readonly revenue: number },
  money: SelectionFigures['money'],
): SelectionFigures | null {
  let [customers, revenue] = [0, 0]
  for (const one of chosen) {
    customers += one.customers
    revenue += one.revenue
  }
  return customers === 0 ? null : { customers, shareOfCustomers: customers / all.customers, revenue, shareOfRevenue: all.revenue > 0 ? revenue / all.revenue : null, money }
}
