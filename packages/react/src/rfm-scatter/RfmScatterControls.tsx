'use client'
import type { RfmField } from '@crm/core/rfm'
import type { ReactElement } from 'react'
import { Segmented } from '../shared/Segmented.tsx'
import { useRfmScatterModel } from './RfmScatterContext.ts'
import { fieldName } from './RfmScatterTitle.tsx'
import { useRfmScatterWords } from './useRfmScatterWords.ts'

const FIELDS: readonly RfmField[] = ['recencyDays', 'orders', 'revenue', 'meanOrderValue']

/** Choice of the measure across or upwards. A native list. */
export function RfmScatterAxisControl({ axis }: { readonly axis: 'x' | 'y' }): ReactElement {
  const model = useRfmScatterModel()
  const tools = useRfmScatterWords()
  const { words } = tools
  return (
    <label className="crm-segmented">
      <span className="crm-segmented-label crm-muted">{axis === 'x' ? words.chooseX : words.chooseY}</span>
      <select className="crm-button" value={model[axis]} onChange={(event) => model[axis === 'x' ? 'setX' : 'setY'](event.currentTarget.value as RfmField)}>
        {FIELDS.map((field) => (
          <option key={field} value={field}>
            {fieldName(tools, field)}
          </option>
        ))}
      </select>
    </label>
  )
}

/** Choice of what the grounds stand for. Native radio buttons. */
export function RfmScatterMeasureControl(): ReactElement {
  const { measure, setMeasure } = useRfmScatterModel()
  const { words } = useRfmScatterWords()
  return (
    <Segmented
      label={words.chooseMeasure}
      value={measure}
      onChange={setMeasure}
      items={[
        { value: 'customers', label: words.measureCustomers },
        { value: 'revenue', label: words.measureRevenue },
      ]}
    />
  )
}
