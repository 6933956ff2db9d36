'use client'
import { useRef } from 'react'
import type { ReactElement } from 'react'
import { useTooltipPlace } from './useTooltipPlace.ts'

export interface TooltipFact {
  readonly name: string
  readonly value: string
  /** The same as a part of all; empty where there is none. */
  readonly share: string
}

export interface TooltipProps {
  /** Selector of the mark within the frame that the tooltip is positioned in. */
  readonly mark: string
  /** What it speaks of; when that changes it is placed anew. */
  readonly pointed: object
  readonly titles: readonly string[]
  readonly lines?: readonly (string | undefined)[]
  readonly facts: readonly TooltipFact[]
}

/**
 * What a mark stands for in full. Inside the root, so the page's stacking and themes stay untouched. Hidden from
 * assistive technology: the mark's own name says it all. Never rendered on a server: React 18 warns of layout effects there.
 */
export function Tooltip({ mark, pointed, titles, lines = [], facts }: TooltipProps): ReactElement {
  const ref = useRef<HTMLDivElement>(null)
  useTooltipPlace(ref, mark, pointed)
  return (
    <div ref={ref} className="crm-tooltip" aria-hidden="true">
      {titles.map((title, at) => (
        <p key={at} className="crm-tooltip-title">{title}</p>
      ))}
      {lines.map((line, at) => (
        <p key={at} className="crm-muted">{line}</p>
      ))}
      <dl>
        {facts.map((fact) => (
          <div key={fact.name}>
            <dt className="crm-muted">{fact.name}</dt>
            <dd>
              {fact.value} <span className="crm-muted">{fact.share}</span>
            </dd>
          </div>
        ))}
      </dl>
    </div>
  )
}
