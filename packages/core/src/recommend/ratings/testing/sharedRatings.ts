import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { createPreferences } from '../../createPreferences.ts'
import type { PreferenceEntry } from '../../createPreferences.ts'
import type { Preferences } from '../../recommend.types.ts'

const shared = process.env.CRM_SHARED ?? join(import.meta.dirname, '../../../../../../../shared')

/** Files of the data folder, which is no part of the repository. */
export const files = {
  train: join(shared, 'vectors/recommend/surprise-8000-train.tsv'),
  test: join(shared, 'vectors/recommend/surprise-2000-test.tsv'),
  userUser: join(shared, 'vectors/recommend/lenskit-user-user.csv'),
  itemItem: join(shared, 'vectors/recommend/lenskit-item-item.csv'),
  movieLens: join(shared, 'data/ml-latest-small/ratings.csv'),
} as const

export function isHere(...names: readonly (keyof typeof files)[]): boolean {
  return names.every((name) => existsSync(files[name]))
}

/** For a test title: why it was skipped. */
export function skipReason(isThere: boolean): string {
  return isThere ? '' : ' (skipped: no data folder; set CRM_SHARED)'
}

/** Customer, product, number and time (seconds) of each line; the columns of a reference file too. */
export function ratingLines(name: keyof typeof files): PreferenceEntry[] {
  const rows: PreferenceEntry[] = []
  for (const line of readFileSync(files[name], 'utf8').split(/\r?\n/)) {
    const [customerId, productId, weight, seconds] = line.split(/[\t,]/)
    if (Number.isFinite(Number(weight ?? NaN))) rows.push({ customerId: customerId!, productId: productId!, weight: Number(weight), at: seconds ? Number(seconds) * 1000 : null })
  }
  return rows
}

/** The 8,000 ratings that Surprise trains its tests on. */
export function trainPreferences(): Preferences {
  return createPreferences(ratingLines('train'), { keepSequence: true, scale: { lowest: 1, highest: 5 } })
}

/** ml-latest-small as LensKit has it: 100,004 ratings of 671 users. */
export function movieLensPreferences(): Preferences {
  return createPreferences(ratingLines('movieLens'), { keepSequence: true, numericIds: true, scale: { lowest: 0.5, highest: 5 } })
}
