'use client'
import { useCallback } from 'react'
import { useCrmSettings } from './context.ts'

/** Writes the name of a segment or tier: the host's word, then that of the language, then the name its map gives it. */
export type SegmentNameOf = (group: { readonly id: string; readonly name: string }) => string

/** A stable function that names segments and tiers in the language of the provider. */
export function useSegmentNames(): SegmentNameOf {
  const { override, pack } = useCrmSettings()
  const [own, words] = [override?.segments, pack?.segments]
  return useCallback(({ id, name }) => wordIn(own, id) ?? wordIn(words, id) ?? name, [own, words])
}

/** Ids come from data: one called `constructor` finds nothing. */
function wordIn(words: Readonly<Record<string, string | undefined>> | undefined, id: string): string | undefined {
  return words !== undefined && Object.hasOwn(words, id) ? words[id] : undefined
}
