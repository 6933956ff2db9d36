'use client'
import type { CrmClient } from '@crm/core/client'
import type { QueryClient } from '@tanstack/react-query'
import { createContext } from 'react'
import type { Context } from 'react'
import { mergeMessages } from '../messages/index.ts'
import type { CrmMessages, CrmMessagesOverride } from '../messages/index.ts'
import { useInside } from '../shared/useInside.ts'
import type { Formatters } from './format.ts'

export type CrmTheme = 'light' | 'dark' | 'auto'
export type CrmDensity = 'comfortable' | 'cozy' | 'compact'
export type CrmDirection = 'ltr' | 'rtl'

/** What a provider hands down. Without the words, so that a page of hooks alone does not load them. */
export interface CrmSettings {
  readonly client: CrmClient
  /** Passed explicitly to every query, so a host's own QueryClient never mixes with this one by accident. */
  readonly queryClient: QueryClient
  /** BCP 47 language of the words; chooses plural forms and the `lang` attribute. */
  readonly language: string
  /** Words of a language that the kit brings, once they are loaded; null for English. */
  readonly pack: CrmMessages | null
  /** Words the host replaces. */
  readonly override: CrmMessagesOverride | undefined
  readonly format: Formatters
  readonly theme: CrmTheme
  readonly density: CrmDensity
  readonly direction: CrmDirection
  readonly canExport: boolean
}

/** What widgets and parts use of their provider. */
export interface CrmContextValue extends CrmSettings {
  readonly messages: CrmMessages
}

export const CrmContext: Context<CrmSettings | null> = createContext<CrmSettings | null>(null)

/** The settings of the nearest provider, without the words. */
export function useCrmSettings(): CrmSettings {
  return useInside(CrmContext, 'CrmProvider', 'client={client}')
}

const withWords = new WeakMap<CrmSettings, CrmContextValue>()

/**
 * The client, words and formatters of the nearest {@link CrmProvider}.
 *
 * @throws Error when there is no provider above
 */
export function useCrm(): CrmContextValue {
  const settings = useCrmSettings()
  let value = withWords.get(settings)
  if (value === undefined) {
    value = { ...settings, messages: mergeMessages(settings.override, settings.pack ?? undefined) }
    withWords.set(settings, value)
  }
  return value
}
