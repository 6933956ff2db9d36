/** Words of the segment treemap; what it shares with the segment table stands there. `{…}` marks a place that is filled in. */
export const segmentTreemapMessages = {
  titleRevenueSegments: 'Revenue by segment',
  titleRevenueTiers: 'Revenue by value tier',
  titleCustomersSegments: 'Customers by segment',
  titleCustomersTiers: 'Customers by value tier',
  /** Said of the largest tile. */
  findingRevenue: '{segment}: the most revenue, {revenueShare} of it from {customerShare} of customers.',
  findingCustomers: '{segment}: the most customers, {customerShare} of them with {revenueShare} of revenue.',
  /** The same where revenue has no shares. */
  findingRevenueOnly: '{segment}: the most revenue, from {customerShare} of customers.',
  findingCustomersOnly: '{segment}: the most customers, {customerShare} of them.',
  chooseArea: 'Area',
  areaRevenue: 'Revenue',
  areaCustomers: 'Customers',
  chooseShade: 'Colour',
  shadeRecency: 'Recency',
  shadeMean: 'Revenue per customer',
  legendRecency: 'Mean days since the last purchase',
  legendMean: 'Revenue per customer, {currency}',
  /** Accessible names. */
  label: '{title}, {countText} tiles',
  help: 'Arrow keys move between tiles. Enter or Space selects. Escape clears the selection.',
  /** Begins with what is drawn in the tile, so that voice control finds it by what is seen. */
  tileName: '{drawn}: {customers} ({customerShare}), revenue {revenue} ({revenueShare}), {mean} per customer, {days} days since the last purchase on average',
  tooltipCustomers: 'Customers',
  tooltipRevenue: 'Revenue',
  tooltipMean: 'Mean per customer',
  tooltipDays: 'Mean days since purchase',
  tooltipShare: '({share})',
  /** What has no area. */
  undrawn: 'Without an area: {list}.',
  undrawnNobody: '{segment} (nobody)',
  undrawnRevenue: '{segment} ({customers}, revenue {revenue})',
  nothingTitle: 'No area to draw',
  nothingText: 'No segment has revenue above zero. Show customers as the area instead.',
} as const
