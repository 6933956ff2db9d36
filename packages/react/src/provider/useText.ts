'use client'
import { useCallback } from 'react'
import { fillMessage } from '../messages/index.ts'
import type { Message, MessageValues } from '../messages/index.ts'
import { useCrmSettings } from './context.ts'

/** Fills messages in the language of the provider; a `count` writes itself as `countText`. */
export type Text = (message: Message, values?: MessageValues) => string

/** A stable function that fills the places of a message; plural forms follow the provider's language. */
export function useText(): Text {
  const { language, format } = useCrmSettings()
  return useCallback(
    (message, values) => fillMessage(message, language, typeof values?.count === 'number' ? { countText: format.number(values.count), ...values } : values),
    [language, format],
  )
}
