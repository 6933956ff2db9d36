'use client'
import { useId } from 'react'
import type { ReactElement } from 'react'

export interface SegmentedProps<Value extends string> {
  readonly label: string
  readonly value: Value
  readonly onChange: (value: Value) => void
  readonly items: readonly { readonly value: Value; readonly label: string }[]
}

/** A choice of few: native radio buttons drawn side by side, with the arrow keys the browser gives them. */
export function Segmented<Value extends string>({ label, value, onChange, items }: SegmentedProps<Value>): ReactElement {
  const name = useId()
  return (
    <fieldset className="crm-segmented">
      <legend className="crm-visually-hidden">{label}</legend>
      <span className="crm-segmented-label crm-muted" aria-hidden="true">{label}</span>
      <span className="crm-segmented-items">
        {items.map((item) => (
          <label key={item.value} className="crm-segmented-item">
            <input type="radio" name={name} value={item.value} checked={item.value === value} onChange={() => onChange(item.value)} />
            {/* The bold twin keeps the width, so that nothing moves when the choice does. */}
            <span className="crm-segmented-text" data-text={item.label}>{item.label}</span>
          </label>
        ))}
      </span>
    </fieldset>
  )
}
