/** Words of the import. `{…}` marks a place that is filled in. */
export const importWizardMessages = {
  title: 'Import a file',
} as const
