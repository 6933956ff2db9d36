import type { RfmBins } from './rfm.types.ts'

/** Index of a cell among the r * f * m cells of a grid, ascending by r, f, m. Scores from 1. */
export function cellOf(bins: RfmBins, r: number, f: number, m: number): number {
  return ((r - 1) * bins.f + f - 1) * bins.m + m - 1
}

/** A cell by name, on a scale of `bins` scores: `334`, or `10-3-4` where a score can be ten. */
export function codeOf(bins: number, r: number, f: number, m: number): string {
  return [r, f, m].join(bins > 9 ? '-' : '')
}

/** Visits every cell in order of its index. */
export function forEachCell(bins: RfmBins, visit: (r: number, f: number, m: number, cell: number) => void): void {
  let cell = 0
  for (let r = 1; r <= bins.r; r++) for (let f = 1; f <= bins.f; f++) for (let m = 1; m <= bins.m; m++) visit(r, f, m, cell++)
}

/** A score of `from` bins read on a scale of `to` bins. */
export function rescaleScore(score: number, from: number, to: number): number {
  return Math.ceil((score * to) / from)
}

/** (F + M) / 2 of two scores on one scale, a half rounded up. */
export function meanScore(f: number, m: number): number {
  return (f + m + 1) >> 1
}

/** Is it a whole number of `least..most`? */
export function isWhole(value: number, least: number, most: number): boolean {
  return Number.isInteger(value) && value >= least && value <= most
}
