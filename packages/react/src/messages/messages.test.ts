import { expect, test } from 'vitest'
import { englishMessages } from './messages.ts'
import { loadMessages, loadedPack, packOf } from './packs.ts'
import type { Message } from './template.ts'
import { chineseMessages } from './zh/index.ts'

const languages = { 'zh-Hans': chineseMessages } as const

/** Every word with the path to it; plural forms count as one word. */
function wordsOf(messages: object, path = ''): Map<string, Message> {
  const words = new Map<string, Message>()
  for (const [key, value] of Object.entries(messages) as [string, Message | object][]) {
    if (path === '' && key === 'segments') continue // ids of the host's maps: a language has those of the kit's
    if (typeof value === 'string' || ('other' in value && Object.values(value).every((form) => typeof form === 'string') && isPlural(value))) words.set(`${path}${key}`, value as Message)
    else for (const [name, word] of wordsOf(value, `${path}${key}.`)) words.set(name, word)
  }
  return words
}

function isPlural(value: object): boolean {
  return Object.keys(value).every((form) => ['zero', 'one', 'two', 'few', 'many', 'other'].includes(form))
}

function formsOf(message: Message): readonly string[] {
  return typeof message === 'string' ? [message] : Object.values(message)
}

function placesOf(text: string): readonly string[] {
  return [...new Set(text.match(/\{\w+\}/g) ?? [])].toSorted()
}

test.each(Object.entries(languages))('%s has every word of the English, and no other', (_language, messages) => {
  expect([...wordsOf(messages).keys()].toSorted()).toEqual([...wordsOf(englishMessages).keys()].toSorted())
})

test.each(Object.entries(languages))('every form in %s fills the places that the English fills', (language, messages) => {
  const english = wordsOf(englishMessages)
  for (const [name, message] of wordsOf(messages)) {
    const places = placesOf(formsOf(english.get(name)!).at(-1)!)
    for (const form of formsOf(message)) expect({ language, name, places: placesOf(form) }).toEqual({ language, name, places })
  }
})

test.each(Object.entries(languages))('plural forms of %s are those that the language has', (language, messages) => {
  const { pluralCategories } = new Intl.PluralRules(language).resolvedOptions()
  const others = [...wordsOf(messages)].filter(([, message]) => typeof message !== 'string' && String(Object.keys(message).toSorted()) !== String(pluralCategories.toSorted()))
  expect(others).toEqual([])
})

test('no English word is left in the Chinese', () => {
  const names = /\b(?:R|F|M|FM|RFM|NDCG|MAP|MRR|CSV|csv|JSON|PNG|SVG|ISO|ID|UTF|Enter|Escape|Control|Shift|Home|End|Page Up|Page Down)\b/g
  const left = [...wordsOf(chineseMessages)].flatMap(([name, message]) => formsOf(message).filter((form) => /[A-Za-z]{2}/.test(form.replaceAll(/\{\w+\}/g, '').replaceAll(names, ''))).map((form) => `${name}: ${form}`))
  expect(left).toEqual([])
})

test('a pack serves the languages that are written in its script, and no others', () => {
  expect(['zh', 'zh-CN', 'zh-Hans', 'zh-SG', 'zh-Hans-HK'].map(packOf)).toEqual(Array.from({ length: 5 }, () => 'zh-Hans'))
  expect(['zh-TW', 'zh-Hant', 'en', 'en-GB', 'ja', 'de', 'no such language', ''].map(packOf)).toEqual(Array.from({ length: 8 }, () => null))
})

test('words are loaded once, on use', async () => {
  expect(loadedPack('zh-Hans')).toBeNull()
  const [first, second] = await Promise.all([loadMessages('zh-CN'), loadMessages('zh')])
  expect(first).toBe(second)
  expect(first).toEqual(chineseMessages)
  expect(loadedPack('zh-Hans')).toBe(first)
  expect(await loadMessages('fr')).toBeNull()
})
