/** How far a cut point may go: from the lowest to the highest border that keeps it apart from its neighbours. */
export interface CutReach {
  readonly lowest: number
  readonly highest: number
}

/**
 * The borders that a cut point may stand on: those strictly between its neighbours, and where it stands now.
 *
 * @param borders ascending
 * @param cuts ascending; equal ones (many customers with one value) stay until they are moved
 */
export function bordersOfCut(borders: readonly number[], cuts: readonly number[], index: number): readonly number[] {
  const here = cuts[index]!
  const above = cuts[index - 1] ?? Number.NEGATIVE_INFINITY
  const below = cuts[index + 1] ?? Number.POSITIVE_INFINITY
  return borders.filter((border) => border === here || (border > above && border < below))
}

export function reachOfCut(borders: readonly number[], cuts: readonly number[], index: number): CutReach {
  const allowed = bordersOfCut(borders, cuts, index)
  const here = cuts[index]!
  return { lowest: Math.min(here, allowed[0] ?? here), highest: Math.max(here, allowed.at(-1) ?? here) }
}

/** The allowed border next to a value: what a dragged cut point snaps to. */
export function snapCut(borders: readonly number[], cuts: readonly number[], index: number, value: number): number {
  let nearest = cuts[index]!
  for (const border of bordersOfCut(borders, cuts, index)) {
    if (Math.abs(border - value) < Math.abs(nearest - value)) nearest = border
  }
  return nearest
}

/** Borders that Page Up and Page Down jump over. */
const PAGE = 5

/**
 * Where a key moves a cut point, or null when the key moves nothing.
 *
 * Up and Page Up always go to the higher value; the left and right arrows go where they point, so under `rtl`, where
 * the picture is mirrored, left is higher.
 *
 * @see ARIA Authoring Practices, slider pattern
 */
export function keyCut(borders: readonly number[], cuts: readonly number[], index: number, key: string, direction: 'ltr' | 'rtl'): number | null {
  const steps = stepsOfKey(key, direction)
  if (steps === null) return null
  const allowed = bordersOfCut(borders, cuts, index)
  const here = cuts[index]!
  // Counted apart, so that a cut between two borders has a first step in either direction.
  const onward = steps > 0 ? allowed.filter((border) => border > here) : allowed.filter((border) => border < here).toReversed()
  return onward[Math.min(Math.abs(steps), onward.length) - 1] ?? here
}

function stepsOfKey(key: string, direction: 'ltr' | 'rtl'): number | null {
  switch (key) {
    case 'ArrowUp': return 1
    case 'ArrowDown': return -1
    case 'ArrowRight': return direction === 'rtl' ? -1 : 1
    case 'ArrowLeft': return direction === 'rtl' ? 1 : -1
    case 'PageUp': return PAGE
    case 'PageDown': return -PAGE
    case 'Home': return Number.NEGATIVE_INFINITY
    case 'End': return Number.POSITIVE_INFINITY
    default: return null
  }
}

/** The cut points of an axis with one of them elsewhere. */
export function withCut(cuts: readonly number[], index: number, value: number): readonly number[] {
  return cuts.map((cut, place) => (place === index ? value : cut))
}
