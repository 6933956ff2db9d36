import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { createPreferences } from '../createPreferences.ts'
import type { Preferences } from '../recommend.types.ts'

type Table = readonly (readonly number[])[]

interface ImplicitModel {
  /** Item by item, the three best of each row, the item itself among them; 0 = not kept. */
  readonly similarities: Table
  /** By user: [item, score], three at most. Liked items fill the list with score 0. */
  readonly recommended: readonly (readonly (readonly [item: number, score: number])[])[]
}

interface ImplicitToy {
  readonly matrix: Table
  readonly tfIdf: Table
  readonly bm25: Table
  readonly models: Readonly<Record<'ItemItem' | 'Cosine' | 'TFIDF' | 'BM25', ImplicitModel>>
}

/** What implicit 0.7.3 makes of seven users and six items. */
export const implicitToy: ImplicitToy = JSON.parse(readFileSync(join(import.meta.dirname, '../fixtures/implicit-toy.json'), 'utf8')) as ImplicitToy

/** Its counts: users `u0` to `u6`, items `i0` to `i5`. */
export const toyPreferences: Preferences = createPreferences(
  implicitToy.matrix.flatMap((row, u) => row.flatMap((weight, i) => (weight === 0 ? [] : [{ customerId: `u${u}`, productId: `i${i}`, weight }]))),
)
