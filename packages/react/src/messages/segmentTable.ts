/** Words of the segment table. `{…}` marks a place that is filled in. */
export const segmentTableMessages = {
  title: 'Segments',
} as const
