import type { ReactElement } from 'react'

interface ChoiceProps<Value extends string> {
  readonly label: string
  readonly name: string
  readonly options: readonly { readonly value: Value; readonly label: string }[]
  readonly value: Value
  readonly onChange: (value: Value) => void
}

/** A few exclusive options side by side: native radio buttons, so keyboard and screen reader know what to do. */
export function Choice<Value extends string>({ label, name, options, value, onChange }: ChoiceProps<Value>): ReactElement {
  return (
    <fieldset className="demo-choice">
      <legend>{label}</legend>
      <div>
        {options.map((option) => (
          <label key={option.value}>
            <input type="radio" name={name} value={option.value} checked={option.value === value} onChange={() => onChange(option.value)} />
            <span>{option.label}</span>
          </label>
        ))}
      </div>
    </fieldset>
  )
}
