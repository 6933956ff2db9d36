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
