'use client'
import { useEffect, useId, useRef } from 'react'
import type { ReactElement } from 'react'
import { CrmRoot } from '../shared/CrmRoot.tsx'
import type { CrmRootProps, CrmRootState } from '../shared/CrmRoot.tsx'
import { ImportWizardContext } from './importWizardContext.ts'
import type { ImportWizardModel } from './useImportWizard.ts'

export type ImportWizardRootState = CrmRootState

export interface ImportWizardRootProps extends CrmRootProps {
  /** What `useImportWizard` returned. */
  readonly model: ImportWizardModel
}

/**
 * The root element of an import; gives its model to the parts inside. `data-step` and `data-status` carry the state.
 * The focus moves to the heading of a step that has come, unless it is elsewhere on the page.
 */
export function ImportWizardRoot({ model, ...theirs }: ImportWizardRootProps): ReactElement {
  const { step, task, failure } = model
  const title = useId()
  const headingId = useId()
  const heading = useRef<HTMLHeadingElement | null>(null)
  const shown = useRef(step)
  useEffect(() => {
    if (shown.current === step) return
    shown.current = step
    const page = heading.current?.ownerDocument
    const focused = page?.activeElement ?? null
    // What was pressed may have gone with its step: then the focus has fallen to the page.
    if (focused === null || focused === page?.body || heading.current?.closest('.crm-root')?.contains(focused) === true) heading.current?.focus()
  }, [step])
  return (
    <ImportWizardContext.Provider value={{ model, ids: { title, heading: headingId }, heading }}>
      <CrmRoot
        aria-labelledby={title}
        {...theirs}
        widget="crm-import"
        status={task !== null ? 'loading' : failure !== null ? 'error' : 'ready'}
        busy={task !== null}
        data-step={step}
      />
    </ImportWizardContext.Provider>
  )
}
