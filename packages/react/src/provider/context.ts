'use client'
import type { CrmClient } from '@crm/core/client'
import type { QueryClient } from '@tanstack/react-query'
import { createContext, useContext } from 'react'
import type { Context } from 'react'
import type { CrmMessages } from '../messages/index.ts'
import type { Formatters } from './format.ts'

export type CrmTheme = 'light' | 'dark' | 'auto'
export type CrmDensity = 'comfortable' | 'cozy' | 'compact'
export type CrmDirection = 'ltr' | 'rtl'

/** What a provider hands to the widgets below it. */
export interface CrmContextValue {
  readonly client: CrmClient
  /** Passed explicitly to every query, so a host's own QueryClient never mixes with this one by accident. */
  readonly queryClient: QueryClient
  /** BCP 47 language of the words; chooses plural forms and the `lang` attribute. */
  readonly language: string
  readonly messages: CrmMessages
  readonly format: Formatters
  readonly theme: CrmTheme
  readonly density: CrmDensity
  readonly direction: CrmDirection
}

export const CrmContext: Context<CrmContextValue | null> = createContext<CrmContextValue | null>(null)

/**
 * The client, words and formatters of the nearest {@link CrmProvider}.
 *
 * @throws Error when there is no provider above
 */
export function useCrm(): CrmContextValue {
  const value = useContext(CrmContext)
  if (value === null) {
    throw new Error('A @crm/react hook or widget was rendered outside CrmProvider. It has no client to ask. Wrap this part of the page in <CrmProvider client={client}>.')
  }
  return value
}
