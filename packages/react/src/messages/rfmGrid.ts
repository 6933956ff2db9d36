/** Words of the RFM grid. */
export const rfmGridMessages = {
  titleF: '{measure} by recency and frequency',
  titleM: '{measure} by recency and monetary value',
  titleFm: '{measure} by recency, frequency and monetary value',
  /** Said of the cell with the highest scores on both axes. */
  findingF: {
    one: '{countText} customer bought most recently and most often: {customerShare} of customers, {revenueShare} of revenue.',
    other: '{countText} customers bought most recently and most often: {customerShare} of customers, {revenueShare} of revenue.',
  },
  findingM: {
    one: '{countText} customer bought most recently and for the most money: {customerShare} of customers, {revenueShare} of revenue.',
    other: '{countText} customers bought most recently and for the most money: {customerShare} of customers, {revenueShare} of revenue.',
  },
  findingFm: {
    one: '{countText} customer scores highest on all three: {customerShare} of customers, {revenueShare} of revenue.',
    other: '{countText} customers score highest on all three: {customerShare} of customers, {revenueShare} of revenue.',
  },
  findingNobody: 'Nobody has the highest scores on both axes.',
  chooseAxis: 'Rows',
  axisF: 'Frequency',
  axisM: 'Monetary',
  axisFm: 'F + M',
  chooseMeasure: 'Show',
  measureCustomers: 'Customers',
  measureRevenue: 'Revenue',
  measureMean: 'Mean revenue',
  /** Titles of the axes, with the unit. */
  axisTitleR: 'Days since the last purchase',
  axisTitleF: 'Orders',
  axisTitleM: 'Revenue, {currency}',
  axisTitleMeanM: 'Revenue per order, {currency}',
  axisTitleFm: 'Mean of F and M score',
  /** The same where a score is no range of values. */
  axisScoreR: 'Recency score',
  axisScoreF: 'Frequency score',
  axisScoreM: 'Monetary score',
  scoreR: 'R {score}',
  scoreF: 'F {score}',
  scoreM: 'M {score}',
  scoreFm: 'FM {score}',
  /** Ranges on an axis. */
  rangeUpTo: '≤ {to}',
  rangeOver: '> {from}',
  rangeFrom: '≥ {from}',
  rangeBetween: '{from}–{to}',
  rangeAll: 'any',
  rangeNobody: '–',
  /** The same ranges with their unit, in names and tooltips. */
  valueR: '{range} days since the last purchase',
  valueF: '{range} orders',
  valueM: 'revenue {range} {currency}',
  valueMeanM: '{range} {currency} per order',
  valueFm: 'mean of F and M score {score}',
  /** The same: its place among the scores. */
  valueScore: '{axis} {score} of {bins}',
  /** Accessible names. */
  gridLabel: '{title}, {rows} rows by {columns} columns',
  gridHelp: 'Arrow keys move between cells. Enter or Space selects. Control adds a cell. Escape clears.',
  header: '{score}: {value}',
  /** Begins with what is drawn in the cell, so that voice control finds it by what is seen. */
  cellName: '{drawn} {segment}, {r}, {y}: {customers}, revenue {revenue}, mean {mean}',
  cellNameEmpty: 'Nobody, {r}, {y}: {customers}, revenue {revenue}',
  customers: { one: '{countText} customer', other: '{countText} customers' },
  cells: { one: '{countText} cell', other: '{countText} cells' },
  /** Parts of the tooltip. */
  tooltipCustomers: 'Customers',
  tooltipRevenue: 'Revenue',
  tooltipMean: 'Mean per customer',
  tooltipShare: '({share})',
  nobody: 'Nobody',
  legend: '{measure} in a cell',
  legendMoney: '{measure} in a cell, {currency}',
  legendEmpty: 'nobody',
  /** A cell that several segments share. */
  mostly: 'mostly {segment}',
  mostlyOf: 'mostly {segment} ({part} of {customers})',
  /** Labels of selections. */
  selectionCell: '{segment}: {r}, {y}',
  selectionCells: '{cells}: {segments}',
  selectionMore: '{segments} and {countText} more',
  selectionSummary: '{customers} ({customerShare}), revenue {revenue} ({revenueShare})',
  nothingSelected: 'Choose a cell to see who is in it.',
  /** Under a scoring that splits customers of one value. */
  notSelectable: 'Customers with equal values are split between these scores, so cells cannot be chosen.',
  emptyTitle: 'No customer has bought anything yet',
  emptyText: 'There is no purchase up to {date}, so nobody can be scored. Import orders, or choose a later date.',
  noMatchTitle: 'Nobody matches the selection',
  noMatchText: 'The selection “{label}” leaves no customer with a purchase. Clear it, or choose a wider one.',
  loading: 'Adding up the orders of each customer and scoring them…',
} as const
