/** Words of the segment table, and those that the treemap of segments shares. `{…}` marks a place that is filled in. */
export const segmentTableMessages = {
  titleSegments: 'Customers and revenue by segment',
  titleTiers: 'Customers and revenue by value tier',
  /** Said of the group whose share of revenue is furthest above its share of customers. */
  finding: '{segment}: {customerShare} of customers bring {revenueShare} of revenue, {times} times the average per customer.',
  findingOne: 'Everybody is in one group: {segment}.',
  /** Refunds are as high as sales or higher. */
  findingNoShares: '{segment} is the largest group, with {customerShare} of customers. Revenue adds up to zero or less, so it has no shares.',
  chooseGroup: 'Groups',
  groupSegments: 'Segments',
  groupTiers: 'Value tiers',
  chooseView: 'Show',
  viewTable: 'Table',
  viewPicture: 'Picture',
  viewBoth: 'Both',
  /** Names of columns. */
  fieldSegment: 'Segment',
  fieldTier: 'Value tier',
  fieldCustomers: 'Customers',
  fieldShareOfCustomers: 'Share of customers',
  fieldRevenue: 'Revenue',
  fieldShareOfRevenue: 'Share of revenue',
  fieldMeanRevenue: 'Revenue per customer',
  fieldTimesAverage: 'Against the average',
  fieldOrdersPerCustomer: 'Orders per customer',
  fieldMeanRecencyDays: 'Days since purchase',
  /** How often the average: 2.9×. */
  times: '{times}×',
  /** Read out for a cell without a value. */
  noValue: 'no value',
  total: 'All customers',
  gridHelp: 'Arrow keys move between cells. Enter sorts on a heading and selects on a row. Escape clears the selection.',
  /** Read out after a change. */
  sortedAscending: 'Sorted by {field}, ascending.',
  sortedDescending: 'Sorted by {field}, descending.',
  sortedByMap: 'In the order of the segment map.',
  customers: { one: '{countText} customer', other: '{countText} customers' },
  selectionSummary: '{customers} ({customerShare}), revenue {revenue} ({revenueShare})',
  nothingSelected: 'Choose a segment to see who is in it.',
  nothingSelectedTier: 'Choose a value tier to see who is in it.',
  notSelectable: 'Scores of this method have no borders, so a group cannot be selected by them.',
  emptyTitle: 'No customer has bought anything yet',
  emptyText: 'There is no purchase up to {date}, so there is nobody to put into segments. Import orders, or choose a later date.',
  noMatchTitle: 'Nobody matches the selection',
  noMatchText: 'The selection “{label}” leaves no customer with a purchase. Clear it, or choose a wider one.',
  loading: 'Scoring customers and adding up their segments…',
} as const
