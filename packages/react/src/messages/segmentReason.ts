/** Words of the explanation of a segment. `{…}` marks a place that is filled in. */
export const segmentReasonMessages = {
  title: 'Why this segment',
} as const
