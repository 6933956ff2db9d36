'use client'
import { createContext } from 'react'
import type { Context, RefObject } from 'react'
import { useInside } from '../shared/useInside.ts'
import type { ImportWizardModel } from './useImportWizard.ts'

export interface ImportWizardContextValue {
  readonly model: ImportWizardModel
  /** Of the title and of the heading of a step. */
  readonly ids: { readonly title: string; readonly heading: string }
  readonly heading: RefObject<HTMLHeadingElement | null>
}

export const ImportWizardContext: Context<ImportWizardContextValue | null> = createContext<ImportWizardContextValue | null>(null)

/** What the nearest `ImportWizardRoot` gives to the parts inside, for parts of your own. */
export function useImportWizardParts(): ImportWizardContextValue {
  return useInside(ImportWizardContext, 'ImportWizardRoot', 'model={useImportWizard(…)}')
}
