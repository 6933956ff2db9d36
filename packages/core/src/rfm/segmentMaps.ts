import type { SegmentMap } from './rfm.types.ts'

/**
 * Eleven segments over R and (F + M) / 2, five scores each: every one of the 125 cells has exactly one reading.
 *
 * ```
 *        FM 1           2            3            4            5
 * R 5  newCustomers  potentialLoyalists ......  champions ..........
 * R 4  promising     potentialLoyalists ......  loyal ..............
 * R 3  aboutToSleep  needAttention ...........  loyal ..............
 * R 2  aboutToSleep  hibernating  atRisk ...........................
 * R 1  lost          hibernating  atRisk       cannotLose ..........
 * ```
 */
export const plainSegmentMap: SegmentMap = {
  id: 'plain',
  bins: 5,
  segments: [
    { id: 'champions', name: 'Champions', r: [5, 5], fm: [4, 5] },
    { id: 'loyal', name: 'Loyal', r: [3, 4], fm: [4, 5] },
    { id: 'potentialLoyalists', name: 'Potential loyalists', r: [4, 5], fm: [2, 3] },
    { id: 'newCustomers', name: 'New customers', r: [5, 5], fm: [1, 1] },
    { id: 'promising', name: 'Promising', r: [4, 4], fm: [1, 1] },
    { id: 'needAttention', name: 'Need attention', r: [3, 3], fm: [2, 3] },
    { id: 'aboutToSleep', name: 'About to sleep', r: [2, 3], fm: [1, 1] },
    { id: 'cannotLose', name: 'Cannot lose them', r: [1, 1], fm: [4, 5] },
    { id: 'atRisk', name: 'At risk', r: [1, 2], fm: [3, 5] },
    { id: 'hibernating', name: 'Hibernating', r: [1, 2], fm: [2, 2] },
    { id: 'lost', name: 'Lost', r: [1, 1], fm: [1, 1] },
  ],
}

/**
 * The map in the README and vignette of R's `rfm` 0.3.0, for comparison with that tool; ten cells fall to Others.
 *
 * @see https://rfm.rsquaredacademy.com
 */
export const rRfmSegmentMap: SegmentMap = {
  id: 'r-rfm',
  bins: 5,
  segments: [
    { id: 'champions', name: 'Champions', r: [5, 5], f: [5, 5], m: [5, 5] },
    { id: 'potentialLoyalist', name: 'Potential Loyalist', r: [3, 5], f: [3, 5], m: [2, 5] },
    { id: 'loyalCustomers', name: 'Loyal Customers', r: [2, 4], f: [2, 4], m: [2, 4] },
    { id: 'promising', name: 'Promising', r: [3, 4], f: [1, 3], m: [3, 5] },
    { id: 'newCustomers', name: 'New Customers', r: [4, 5], f: [1, 3], m: [1, 5] },
    { id: 'cannotLoseThem', name: "Can't Lose Them", r: [1, 2], f: [3, 4], m: [4, 5] },
    { id: 'atRisk', name: 'At Risk', r: [1, 2], f: [2, 5], m: [4, 5] },
    { id: 'needAttention', name: 'Need Attention', r: [1, 3], f: [3, 5], m: [3, 5] },
    { id: 'aboutToSleep', name: 'About To Sleep', r: [2, 3], f: [1, 3], m: [1, 4] },
    { id: 'lost', name: 'Lost', r: [1, 1], f: [1, 5], m: [1, 5] },
  ],
  otherwise: { id: 'others', name: 'Others' },
}

/**
 * The map of the documentation of R's `rfm` 0.2.x, for comparison: 36 of the 125 cells fall to Others, and New
 * Customers, Promising and Can't Lose Them name nobody, because earlier rules take their cells.
 *
 * @see https://github.com/rsquaredacademy/rfm tests/testthat/test-rfm-segment.R
 */
export const rRfmOldSegmentMap: SegmentMap = {
  id: 'r-rfm-0.2',
  bins: 5,
  segments: [
    { id: 'champions', name: 'Champions', r: [4, 5], f: [4, 5], m: [4, 5] },
    { id: 'loyalCustomers', name: 'Loyal Customers', r: [2, 5], f: [3, 5], m: [3, 5] },
    { id: 'potentialLoyalist', name: 'Potential Loyalist', r: [3, 5], f: [1, 3], m: [1, 3] },
    { id: 'newCustomers', name: 'New Customers', r: [4, 5], f: [1, 1], m: [1, 1] },
    { id: 'promising', name: 'Promising', r: [3, 4], f: [1, 1], m: [1, 1] },
    { id: 'needAttention', name: 'Need Attention', r: [2, 3], f: [2, 3], m: [2, 3] },
    { id: 'aboutToSleep', name: 'About To Sleep', r: [2, 3], f: [1, 2], m: [1, 2] },
    { id: 'atRisk', name: 'At Risk', r: [1, 2], f: [2, 5], m: [2, 5] },
    { id: 'cannotLoseThem', name: "Can't Lose Them", r: [1, 1], f: [4, 5], m: [4, 5] },
    { id: 'lost', name: 'Lost', r: [1, 2], f: [1, 2], m: [1, 2] },
  ],
  otherwise: { id: 'others', name: 'Others' },
}

/**
 * The default of `rfm_segments` in pymc-marketing, for comparison: four scores per axis, cells named one by one. 18 of
 * the 64 fall to Other, most of them customers who buy often for little.
 *
 * @see https://www.pymc-marketing.io clv.utils.rfm_segments
 */
export const pymcMarketingSegmentMap: SegmentMap = {
  id: 'pymc-marketing',
  bins: 4,
  segments: [
    { id: 'premiumCustomer', name: 'Premium Customer', codes: ['334', '443', '444', '344', '434', '433', '343', '333'] },
    { id: 'repeatCustomer', name: 'Repeat Customer', codes: ['244', '234', '232', '332', '143', '233', '243'] },
    { id: 'topSpender', name: 'Top Spender', codes: ['424', '414', '144', '314', '324', '124', '224', '423', '413', '133', '323', '313', '134'] },
    { id: 'atRiskCustomer', name: 'At Risk Customer', codes: ['422', '223', '212', '122', '222', '132', '322', '312', '412', '123', '214'] },
    { id: 'inactiveCustomer', name: 'Inactive Customer', codes: ['411', '111', '113', '114', '112', '211', '311'] },
  ],
  otherwise: { id: 'other', name: 'Other' },
}

/**
 * Six segments over R and (F + M) / 2 with three scores each, in the manner of Klaviyo: for few customers, or for
 * people who want few names. The table is the kit's own.
 *
 * ```
 *       FM 1        2              3
 * R 3  recent     loyal          champions
 * R 2  needAttention ..........  loyal
 * R 1  inactive   atRisk ................
 * ```
 */
export const threePointSegmentMap: SegmentMap = {
  id: 'three-point',
  bins: 3,
  segments: [
    { id: 'champions', name: 'Champions', r: [3, 3], fm: [3, 3] },
    { id: 'recent', name: 'Recent', r: [3, 3], fm: [1, 1] },
    { id: 'needAttention', name: 'Need attention', r: [2, 2], fm: [1, 2] },
    { id: 'loyal', name: 'Loyal', r: [2, 3], fm: [2, 3] },
    { id: 'atRisk', name: 'At risk', r: [1, 1], fm: [2, 3] },
    { id: 'inactive', name: 'Inactive', r: [1, 1], fm: [1, 1] },
  ],
}

/**
 * Eleven groups by recency and value, in the manner of Shopify, which decides its groups by R and (F + M) / 2 too. We
 * found no table of its cells: this one is the kit's own.
 *
 * ```
 *        FM 1           2             3              4              5
 * R 5  newCustomers  promising     active         loyal          champions
 * R 4  promising ...............   active         loyal          champions
 * R 3  aboutToSleep  needAttention .............  loyal ...................
 * R 2  almostLost ..............   atRisk .......................  previouslyLoyal
 * R 1  dormant .................   almostLost     previouslyLoyal .........
 * ```
 */
export const recencyByValueSegmentMap: SegmentMap = {
  id: 'recency-by-value',
  bins: 5,
  segments: [
    { id: 'champions', name: 'Champions', r: [4, 5], fm: [5, 5] },
    { id: 'loyal', name: 'Loyal', r: [3, 5], fm: [4, 5] },
    { id: 'active', name: 'Active', r: [4, 5], fm: [3, 3] },
    { id: 'newCustomers', name: 'New customers', r: [5, 5], fm: [1, 1] },
    { id: 'promising', name: 'Promising', r: [4, 5], fm: [1, 2] },
    { id: 'needAttention', name: 'Need attention', r: [3, 3], fm: [2, 3] },
    { id: 'aboutToSleep', name: 'About to sleep', r: [3, 3], fm: [1, 1] },
    { id: 'atRisk', name: 'At risk', r: [2, 2], fm: [3, 4] },
    { id: 'previouslyLoyal', name: 'Previously loyal', r: [1, 2], fm: [4, 5] },
    { id: 'dormant', name: 'Dormant', r: [1, 1], fm: [1, 2] },
    { id: 'almostLost', name: 'Almost lost', r: [1, 2], fm: [1, 3] },
  ],
}
