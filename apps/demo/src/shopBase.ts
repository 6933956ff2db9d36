/** The present and the zone of the made-up shop. Written down here, so that the page need not load what makes it up. */
export const SHOP_BASE = { asOf: Date.UTC(2026, 9, 31, 23, 59, 59, 999), timeZone: 'Europe/Dublin' }
