import type { PluralMessage } from './template.ts'

/** Some words of a section, or some of a group in it. The plural forms of a word are replaced together. */
export type PartialWords<Words> = Words extends string
  ? Words
  : Exclude<keyof Words, keyof PluralMessage> extends never
    ? Words
    : { readonly [Key in keyof Words]?: PartialWords<Words[Key]> }

const PLURAL_FORMS = new Set(['zero', 'one', 'two', 'few', 'many', 'other'])

/** Words with some of them replaced, in groups within groups too. The same object where nothing is. */
export function mergeWords<Words extends object>(words: Words, own: object | undefined): Words {
  if (own === undefined) return words
  const merged = { ...words } as Record<string, unknown>
  for (const [name, word] of Object.entries(own)) {
    const known = merged[name]
    if (word !== undefined) merged[name] = isGroup(known) ? mergeWords(known, word as object) : word
  }
  return merged as Words
}

function isGroup(word: unknown): word is object {
  return typeof word === 'object' && word !== null && Object.keys(word).some((form) => !PLURAL_FORMS.has(form))
}
