import fc from 'fast-check'
import type { PreferenceEntry } from '../../createPreferences.ts'

/** A few customers by a few products on a scale of 1 to 5, each pair at most once. */
export const ratingEntries: fc.Arbitrary<PreferenceEntry[]> = fc.uniqueArray(
  fc.record({
    customerId: fc.constantFrom('ann', 'bob', 'cy', 'dan', 'eve', 'fay'),
    productId: fc.constantFrom('cup', 'jar', 'lid', 'pot', 'tea', 'tin', 'urn'),
    weight: fc.constantFrom(1, 1.5, 2, 2.5, 3, 3.5, 4, 4.5, 5),
  }),
  { minLength: 1, maxLength: 42, selector: ({ customerId, productId }) => `${customerId} ${productId}` },
)
