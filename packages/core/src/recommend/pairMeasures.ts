import type { PairMeasure } from './recommend.types.ts'

/** Finished from the sums of a pair alone: what a backend can count. */
export const PAIR_MEASURES: readonly PairMeasure[] = ['cosine', 'dotProduct', 'commonCosine', 'pearson', 'textbookPearson', 'centredCosine', 'msd', 'jaccard']
