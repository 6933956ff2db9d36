'use client'
import { useCallback } from 'react'
import { fillMessage } from '../messages/index.ts'
import type { Message, MessageValues } from '../messages/index.ts'
import { useCrmSettings } from './context.ts'

/** Fills messages in the language of the provider. */
export type Text = (message: Message, values?: MessageValues) => string

/** A stable function that fills the places of a message; plural forms follow the provider's language. */
export function useText(): Text {
  const { language } = useCrmSettings()
  return useCallback((message, values) => fillMessage(message, language, values), [language])
}
