'use client'
import { useMemo } from 'react'
import type { CrmMessages } from '../messages/index.ts'
import { mergeWords } from '../messages/mergeWords.ts'
import { useCrmSettings } from './context.ts'
import type { Formatters } from './format.ts'
import { useText } from './useText.ts'
import type { Text } from './useText.ts'

/** The words of one section, and what fills and writes them. */
export interface Wording<Words> {
  readonly words: Words
  readonly format: Formatters
  readonly text: Text
}

/**
 * The words of one section: the host's, then those of the language, then English; stable while the provider's settings are.
 *
 * By section, so that a page loads the words of the widgets it shows and no others.
 */
export function useWords<Section extends keyof CrmMessages>(section: Section, english: CrmMessages[Section]): Wording<CrmMessages[Section]> {
  const { override, pack, format } = useCrmSettings()
  const text = useText()
  const own = override?.[section]
  const words = pack?.[section] ?? english
  return useMemo(() => ({ words: mergeWords(words, own), format, text }), [own, words, format, text])
}
