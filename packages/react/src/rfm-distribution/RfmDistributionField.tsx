'use client'
import { useId, useState } from 'react'
import type { KeyboardEvent, ReactElement, SyntheticEvent } from 'react'
import { useRfmDistributionModel } from './RfmDistributionContext.ts'
import { unitOf } from './rfmDistributionModel.ts'
import type { RfmDistributionCut, RfmDistributionPanel } from './rfmDistributionModel.ts'
import { useRfmDistributionWords } from './useRfmDistributionWords.ts'

export interface RfmDistributionFieldProps {
  readonly panel: RfmDistributionPanel
  readonly cut: RfmDistributionCut
}

/** A number field for an exact cut point. Enter or leaving it takes the value over, Escape puts back what was there. */
export function RfmDistributionField({ panel, cut }: RfmDistributionFieldProps): ReactElement {
  const { setCut, grid } = useRfmDistributionModel()
  const { words, format, text } = useRfmDistributionWords()
  const errorId = useId()
  const [draft, setDraft] = useState<string | null>(null)
  const [problem, setProblem] = useState<string | null>(null)
  const scale = grid?.scale ?? 0
  const unit = unitOf(panel.field, scale)
  const [below, above] = [panel.cuts[cut.index - 1]?.shown, panel.cuts[cut.index + 1]?.shown]
  const number = (value: number): string => format.number(value, unit === 1 ? 0 : scale)

  const take = (event: SyntheticEvent): void => {
    if (draft === null) return
    const typed = draft.trim() === '' ? Number.NaN : Number(draft)
    // To the cent: money and days are whole numbers of their unit, a mean is not.
    const value = panel.field === 'meanOrderValue' ? typed * unit : Math.round(typed * unit)
    if (Number.isFinite(value) && setCut(cut.axis, cut.index, value, event)) {
      setDraft(null)
      setProblem(null)
      return
    }
    if (!Number.isFinite(value)) return setProblem(words.fieldNumber)
    const message = below === undefined ? words.fieldBelow : above === undefined ? words.fieldAbove : words.fieldRange
    setProblem(text(message, { from: below === undefined ? '' : number(below), to: above === undefined ? '' : number(above) }))
  }
  const putBack = (): void => {
    setDraft(null)
    setProblem(null)
  }
  return (
    <>
      <input
        className="crm-dist-field"
        type="number"
        inputMode="decimal"
        step="any"
        aria-label={cut.fieldName}
        aria-invalid={problem !== null || undefined}
        aria-describedby={problem === null ? undefined : errorId}
        value={draft ?? String(Number(cut.shown.toFixed(unit === 1 ? 0 : scale)))}
        onChange={(event) => {
          setDraft(event.target.value)
          setProblem(null)
        }}
        onBlur={take}
        onKeyDown={(event: KeyboardEvent<HTMLInputElement>) => {
          if (event.key === 'Enter') take(event)
          if (event.key !== 'Escape' || draft === null) return
          event.preventDefault()
          event.stopPropagation()
          putBack()
        }}
      />
      {problem === null ? null : <p id={errorId} className="crm-dist-problem" role="alert">{problem}</p>}
    </>
  )
}
