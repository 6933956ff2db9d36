'use client'
import type { Provenance, WarningCount } from '@crm/core/adapter'
import type { ReactElement } from 'react'
import { computedFromMessages, warningMessages } from '../messages/common.ts'
import { useWords } from '../provider/useWords.ts'

export interface ComputedFromProps {
  readonly provenance: Provenance
  readonly warnings: readonly WarningCount[]
  /** Epoch milliseconds. */
  readonly asOf?: number
  /** Zone in which `asOf` is written; default the format's. */
  readonly timeZone?: string | undefined
  readonly orders?: number
  readonly customers?: number
}

/**
 * The line under a widget that says what its figures come from: how much data, up to when, computed where and how
 * surely. What was left out opens below it, counted.
 */
export function ComputedFrom({ provenance, warnings, asOf, timeZone, orders, customers }: ComputedFromProps): ReactElement {
  const { words, format, text } = useWords('computedFrom', computedFromMessages)
  const { words: warningWords } = useWords('warnings', warningMessages)
  const { engine } = provenance
  const where = provenance.computedBy === 'backend' ? words.computedByBackend : engine === 'memory' ? words.computedInMemory : words.computedInMemoryFrom
  const counts = [orders === undefined ? null : text(words.orders, { count: orders }), customers === undefined ? null : text(words.customers, { count: customers })].filter((fact) => fact !== null)
  const facts = [
    ...counts,
    asOf === undefined ? null : text(words.asOf, { date: format.date(asOf, timeZone) }),
  ].filter((fact) => fact !== null)
  const how = [
    text(where, { engine }),
    provenance.exactness === 'exact' ? words.exact : words.approximate,
    provenance.completeness.kind === 'partial' ? words.partial : null,
  ].filter((fact) => fact !== null)
  // "From as of" is no English: a day alone stands for itself.
  const said = [...(counts.length === 0 ? facts : [text(words.line, { facts: facts.join(words.separator) })]), ...how].join(words.separator)
  // A day alone begins the sentence.
  const line = said.charAt(0).toLocaleUpperCase(format.locale) + said.slice(1)
  if (warnings.length === 0) return <p className="crm-from">{line}</p>
  return (
    <details className="crm-from">
      <summary>
        <span>{line}</span> <span className="crm-from-notes">{text(words.notes, { count: warnings.length })}</span>
      </summary>
      <ul>
        {warnings.map(({ code, count }) => (
          <li key={code} data-code={code}>
            {text(Object.hasOwn(warningWords, code) ? warningWords[code] : warningWords.other, { count, code })}
          </li>
        ))}
      </ul>
    </details>
  )
}
