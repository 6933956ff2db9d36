'use client'
import type { ImportResult } from '@crm/core/adapter'
import type { ReactElement, ReactNode } from 'react'
import { ImportWizardActions } from './ImportWizardActions.tsx'
import { ImportWizardAnnouncer } from './ImportWizardAnnouncer.tsx'
import { ImportWizardCheck } from './ImportWizardCheck.tsx'
import { ImportWizardChoose } from './ImportWizardChoose.tsx'
import { ImportWizardHead, ImportWizardHeading } from './ImportWizardHead.tsx'
import { ImportWizardMap } from './ImportWizardMap.tsx'
import { ImportWizardRoot } from './ImportWizardRoot.tsx'
import { ImportWizardRun } from './ImportWizardRun.tsx'
import { useImportWizard } from './useImportWizard.ts'
import type { ImportWizardModel, UseImportWizardOptions } from './useImportWizard.ts'

/** What may stand beside or in place of the kit's own. */
export interface ImportWizardSlots {
  /** Under the place for the file: an example to try, a link to help. */
  readonly chooseNote?: (model: ImportWizardModel) => ReactNode
  /** Under the figures when all is done: the way to the data. */
  readonly done?: (result: ImportResult, model: ImportWizardModel) => ReactNode
}

export interface ImportWizardProps extends UseImportWizardOptions {
  /** Replaces the title. */
  readonly title?: string | undefined
  /** 2..5, to fit the headings of the page; the steps have the level below. Default 3. */
  readonly headingLevel?: 2 | 3 | 4 | 5 | undefined
  readonly slots?: ImportWizardSlots | undefined
  readonly className?: string | undefined
}

/**
 * From a person's own file to their customers on the page, in four steps: choose, map the columns, check, import.
 *
 * It asks no data of its provider, which needs a client all the same: one over an empty memory adapter will do until
 * there are data. Its styles stand beside the others: `@crm/react/import-wizard/styles.css`.
 *
 * @example
 * <ImportWizard importer={createCsvImporter()} onImported={({ adapter }) => setClient(createClient(adapter))} />
 */
export function ImportWizard({ title, headingLevel = 3, slots = {}, className, ...options }: ImportWizardProps): ReactElement {
  const model = useImportWizard(options)
  const { step, result } = model
  return (
    <ImportWizardRoot model={model} className={className}>
      <ImportWizardHead title={title} headingLevel={headingLevel} />
      <div className="crm-import-body">
        <ImportWizardHeading level={(headingLevel + 1) as 3 | 4 | 5 | 6} />
        {step === 'choose' ? (
          <ImportWizardChoose note={slots.chooseNote?.(model)} />
        ) : step === 'map' ? (
          <ImportWizardMap />
        ) : step === 'check' ? (
          <ImportWizardCheck />
        ) : (
          <ImportWizardRun done={result === null ? null : slots.done?.(result, model)} />
        )}
      </div>
      <ImportWizardActions />
      <ImportWizardAnnouncer />
    </ImportWizardRoot>
  )
}
