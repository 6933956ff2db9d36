/** Words of the distributions and their cut points. `{…}` marks a place that is filled in. */
export const rfmDistributionMessages = {
  title: 'Distributions and cut points',
  /** Under the title: what a move would do. */
  findingNone: 'Move a cut point to see who would change segment.',
  findingNobody: 'Nobody would change segment.',
  finding: {
    one: '{countText} of {customers} customers would change segment ({share}).',
    other: '{countText} of {customers} customers would change segment ({share}).',
  },
  help: 'Arrow keys move the cut point by one bar, Page Up and Page Down by five, Home and End as far as its neighbours allow. Escape while dragging puts it back, Control Z undoes.',
  chooseMeasure: 'Bars show',
  measureCustomers: 'Customers',
  measureRevenue: 'Revenue',
  chooseMap: 'Segments by',
  /** Names of segment maps by id. A map not listed shows its id. */
  maps: {
    plain: 'Plain, 11 segments',
    'recency-by-value': 'Recency by value, 11 segments',
    'three-point': 'Three scores, 6 segments',
    'r-rfm': 'R rfm 0.3, 11 segments',
    'r-rfm-0.2': 'R rfm 0.2, 11 segments',
  },
  undo: 'Undo',
  reset: 'Reset',
  save: 'Save as spec',
  /** The three measures. */
  axisR: 'Recency',
  axisF: 'Frequency',
  axisM: 'Monetary value',
  unitR: 'days since the last purchase',
  unitF: 'orders',
  unitM: 'revenue, {currency}',
  unitMeanM: 'revenue per order, {currency}',
  /** A place on an axis with its unit. */
  days: { one: '{countText} day', other: '{countText} days' },
  orders: { one: '{countText} order', other: '{countText} orders' },
  perOrder: '{money} per order',
  /** Accessible names of a histogram and its parts. `{axis}` is one of the units above. */
  plotCustomers: 'Customers by {axis}',
  plotRevenue: 'Revenue in {currency} by {axis}',
  bar: '{range}: {customers} ({share}), revenue {revenue}, {scores}',
  /** Between scores that share a bar. */
  scoreSeparator: ' and ',
  customers: { one: '{countText} customer', other: '{countText} customers' },
  cutName: '{axis}: cut point between {lower} and {upper}',
  /** Beside the histogram while a cut point moves. */
  moving: { one: '{cut}: {countText} customer changes segment', other: '{cut}: {countText} customers change segment' },
  cutValue: '{value}: scores {lower} and {upper} meet',
  bandsLabel: '{axis}: scores and cut points',
  /** Said after the score. */
  bandRest: '{customers} ({share}), {range}',
  /** An exact value typed between two scores. */
  fieldLabel: '{axis}: exact cut point between {lower} and {upper}, {unit}',
  fieldRange: 'Only values above {from} and below {to} keep the cut points in order.',
  fieldAbove: 'Only values above {from} keep the cut points in order.',
  fieldBelow: 'Only values below {to} keep the cut points in order.',
  fieldNumber: 'Type a number.',
  /** Segments before and after. */
  segmentsTitle: 'Segments before and after',
  segment: 'Segment',
  revenue: 'Revenue, {currency}',
  more: '+{amount} more',
  less: '\u2212{amount} less',
  fewer: '\u2212{amount} fewer',
  same: 'no change',
  total: 'Changing segment',
  /** Between the figure before and the one after; read out as words. */
  to: 'to',
  /** Columns of an exported file. */
  customersBefore: 'Customers before',
  customersAfter: 'Customers after',
  revenueBefore: 'Revenue before',
  revenueAfter: 'Revenue after',
  mapsTitle: 'Two maps side by side',
  mapBefore: '{map}, before',
  mapAfter: '{map}, after',
  flowsTitle: 'Who would go where',
  flowFrom: 'From',
  flowTo: 'To',
  flowsAll: 'Show all {countText}',
  flowsFew: 'Show the largest',
  emptyTitle: 'No customer has bought anything yet',
  emptyText: 'There is no purchase up to {date}, so there is nothing to cut. Import orders, or choose a later date.',
  noMatchTitle: 'Nobody matches the selection',
  noMatchText: 'The selection “{label}” leaves no customer with a purchase. Clear it, or choose a wider one.',
  loading: 'Counting the customers by days, orders and money…',
} as const
