import type { Answer } from '@crm/core/adapter'
import type { ReactElement } from 'react'
import { ComputedFrom } from './ComputedFrom.tsx'

export interface AnswerSourceProps {
  /** undefined until it is there. */
  readonly answer: Answer<unknown> | undefined
  /** What was asked and counted in it. */
  readonly result: {
    readonly spec: { readonly asOf: number; readonly timeZone?: string | undefined }
    readonly totals: { readonly orders?: number; readonly customers: number }
  } | null | undefined
}

/** The line under a widget that says what its figures come from; before there are any, the room it will take. */
export function AnswerSource({ answer, result }: AnswerSourceProps): ReactElement {
  if (!answer || !result) return <p className="crm-from" aria-hidden="true">{'\u00a0'}</p>
  const { spec, totals } = result
  return (
    <ComputedFrom
      provenance={answer.provenance}
      warnings={answer.warnings}
      asOf={spec.asOf}
      timeZone={spec.timeZone}
      {...(totals.orders === undefined ? {} : { orders: totals.orders })}
      customers={totals.customers}
    />
  )
}
