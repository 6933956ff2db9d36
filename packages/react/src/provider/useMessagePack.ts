'use client'
import { useEffect, useSyncExternalStore } from 'react'
import type { CrmMessages } from '../messages/index.ts'
import { loadMessages, loadedPack, onPackLoaded, packOf } from '../messages/packs.ts'

export interface MessagePack {
  /** null: English, or all that the host gives. */
  readonly messages: CrmMessages | null
  /** Of the words that are there: while a pack is on its way, that is English. */
  readonly language: string
}

/** The words of the language asked for, loaded on first use. */
export function useMessagePack(language: string): MessagePack {
  const pack = packOf(language)
  const read = (): CrmMessages | null => loadedPack(pack)
  const messages = useSyncExternalStore(onPackLoaded, read, read)
  useEffect(() => {
    // The words stay English when the chunk cannot be had: a page with figures is worth more than an error.
    if (pack !== null) loadMessages(language).catch(() => {})
  }, [pack, language])
  return { messages, language: pack !== null && messages === null ? 'en' : language }
}
