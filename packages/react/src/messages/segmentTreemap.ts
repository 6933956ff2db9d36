/** Words of the segment treemap. `{…}` marks a place that is filled in. */
export const segmentTreemapMessages = {
  title: 'Revenue by segment',
} as const
