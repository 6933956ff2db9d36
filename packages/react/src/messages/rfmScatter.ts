/** Words of the scatter picture. `{…}` marks a place that is filled in. */
export const rfmScatterMessages = {
  title: 'Customers by two measures',
} as const
