/** Words of the export menu. `{…}` marks a place that is filled in. */
export const exportMenuMessages = {
  title: 'Export',
} as const
