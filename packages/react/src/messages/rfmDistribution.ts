/** Words of the distributions and their cut points. `{…}` marks a place that is filled in. */
export const rfmDistributionMessages = {
  title: 'Distributions',
} as const
