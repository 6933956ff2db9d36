'use client'
import type { ReactElement } from 'react'
import { useRfmDistributionWords } from './useRfmDistributionWords.ts'
import type { MoneyUnit } from '../provider/format.ts'

interface AmountProps {
  /** Customers, or integer 10^-scale currency units with `money`. */
  readonly value: number
  readonly money?: MoneyUnit
}

/** A figure with three digits to see, and in full for those who listen or point at it. */
export function Amount({ value, money }: AmountProps): ReactElement {
  const { format } = useRfmDistributionWords()
  const full = money === undefined ? format.number(value) : format.money(value, money)
  const drawn = money === undefined ? full : format.compact(value / 10 ** money.scale)
  if (drawn === full) return <span>{full}</span>
  return (
    <span title={full}>
      <span aria-hidden="true">{drawn}</span>
      <span className="crm-visually-hidden">{full}</span>
    </span>
  )
}

/** From the figure before to the one after, whichever way the page runs. */
export function Arrow(): ReactElement {
  return <span className="crm-dist-arrow" aria-hidden="true">→</span>
}
