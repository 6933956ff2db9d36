import type { SimilaritySpec } from './recommend.types.ts'

/** Neighbours lie above it. */
export function similarityFloor({ negatives = 'drop', minSimilarity }: SimilaritySpec): number {
  return negatives === 'drop' ? Math.max(0, minSimilarity ?? 0) : (minSimilarity ?? -Infinity)
}
