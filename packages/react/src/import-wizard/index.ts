export { ImportWizard } from './ImportWizard.tsx'
export type { ImportWizardProps, ImportWizardSlots } from './ImportWizard.tsx'
export { ImportWizardActions } from './ImportWizardActions.tsx'
export { ImportWizardAnnouncer } from './ImportWizardAnnouncer.tsx'
export { ImportWizardAttributes } from './ImportWizardAttributes.tsx'
export { ImportWizardCheck } from './ImportWizardCheck.tsx'
export { ImportWizardChoose } from './ImportWizardChoose.tsx'
export { ImportWizardFailure } from './ImportWizardFailure.tsx'
export { ImportWizardFigures } from './ImportWizardFigures.tsx'
export { ImportWizardHead, ImportWizardHeading, ImportWizardSteps } from './ImportWizardHead.tsx'
export type { ImportWizardHeadProps, ImportWizardHeadingProps } from './ImportWizardHead.tsx'
export { ImportWizardMap } from './ImportWizardMap.tsx'
export { ImportWizardOptions } from './ImportWizardOptions.tsx'
export { ImportWizardProgress } from './ImportWizardProgress.tsx'
export { ImportWizardRoot } from './ImportWizardRoot.tsx'
export type { ImportWizardRootProps, ImportWizardRootState } from './ImportWizardRoot.tsx'
export { ImportWizardRun } from './ImportWizardRun.tsx'
export { useImportWizardParts } from './importWizardContext.ts'
export type { ImportWizardContextValue } from './importWizardContext.ts'
export { fitPlan, missingRoles } from './importPlan.ts'
export type { ImportReading, NeededRole } from './importPlan.ts'
export { useImportWizard } from './useImportWizard.ts'
export type {
  ImportFailure,
  ImportPlanReason,
  ImportStep,
  ImportStepReason,
  ImportWizardModel,
  ImportedDetails,
  UseImportWizardOptions,
} from './useImportWizard.ts'
