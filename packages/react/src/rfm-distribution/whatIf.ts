import { compareRfmSegments, describeRfmCube, freezeRfmCuts, rfmHistogram } from '@crm/core/rfm'
import type { RfmComparison, RfmCube, RfmCuts, RfmGridResult, RfmHistogramBar, RfmSpec, SegmentMap } from '@crm/core/rfm'
import type { BarScale } from './barScale.ts'

export interface WhatIf {
  /** The rule with the present cut points and map as thresholds: what is saved. */
  readonly spec: RfmSpec
  /** The grid under it. */
  readonly grid: RfmGridResult
  /** From the spec asked for to it. */
  readonly comparison: RfmComparison
}

/** Everything that a move of a cut point changes, from the cube alone. */
export function computeWhatIf(cube: RfmCube, specCuts: RfmCuts, cuts: RfmCuts, map: SegmentMap): WhatIf {
  const before = freezeRfmCuts(cube.spec, specCuts)
  const spec = freezeRfmCuts({ ...cube.spec, segments: map }, cuts)
  return { spec, grid: describeRfmCube(cube, spec), comparison: compareRfmSegments(cube, before, spec) }
}

/** The bars of one axis, which stay while cut points move. */
export function barsOfCube(cube: RfmCube, axis: keyof RfmCuts, scale: BarScale): readonly RfmHistogramBar[] {
  return rfmHistogram(cube, axis, scale.borders)
}

/** Cut points that a cube can answer: an exact one that is still being counted stands on the nearest border until then. */
export function cutsOnBorders({ borders }: RfmCube, cuts: RfmCuts): RfmCuts {
  const nearest = (axis: keyof RfmCuts): readonly number[] =>
    cuts[axis].map((cut) => borders[axis].reduce((best, border) => (Math.abs(border - cut) < Math.abs(best - cut) ? border : best), borders[axis][0] ?? cut))
  return { r: nearest('r'), f: nearest('f'), m: nearest('m') }
}
