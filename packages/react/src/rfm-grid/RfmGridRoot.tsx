'use client'
import type { ReactElement } from 'react'
import { CrmRoot } from '../shared/CrmRoot.tsx'
import type { CrmRootProps } from '../shared/CrmRoot.tsx'
import type { WidgetStatus } from '../shared/widgetState.ts'
import { RfmGridContext } from './RfmGridContext.ts'
import type { RfmGridModel } from './useRfmGrid.ts'

export interface RfmGridRootState {
  readonly status: WidgetStatus
}

export interface RfmGridRootProps extends Omit<CrmRootProps, 'className' | 'render'> {
  /** What `useRfmGrid` returned. */
  readonly model: RfmGridModel
  readonly className?: string | ((state: RfmGridRootState) => string | undefined)
  readonly render?: CrmRootProps['render']
}

/** The root element of an RFM grid; gives its model to the parts inside. `data-status` carries the state. */
export function RfmGridRoot({ model, className, render, ...rest }: RfmGridRootProps): ReactElement {
  const state: RfmGridRootState = { status: model.status }
  const own = typeof className === 'function' ? className(state) : className
  return (
    <RfmGridContext.Provider value={model}>
      <CrmRoot
        {...rest}
        {...(render === undefined ? {} : { render })}
        className={own === undefined ? 'crm-rfm' : `crm-rfm ${own}`}
        busy={model.isFetching}
        data-status={model.status}
        data-loading={model.isFetching || undefined}
      />
    </RfmGridContext.Provider>
  )
}
