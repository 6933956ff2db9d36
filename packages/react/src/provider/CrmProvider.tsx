'use client'
import type { CrmClient } from '@crm/core/client'
import { QueryClient } from '@tanstack/react-query'
import { useMemo, useState } from 'react'
import type { ReactElement, ReactNode } from 'react'
import type { CrmMessagesOverride } from '../messages/index.ts'
import { CrmContext } from './context.ts'
import type { CrmDensity, CrmDirection, CrmSettings, CrmTheme } from './context.ts'
import { createFormatters } from './format.ts'
import type { FormatOptions } from './format.ts'
import { useMessagePack } from './useMessagePack.ts'

export interface CrmProviderProps {
  /** Made by `createClient(adapter)`. It decides where data come from and where figures are computed. */
  readonly client: CrmClient
  /** Cache to use. Without it the provider makes its own; two providers then share nothing. */
  readonly queryClient?: QueryClient
  /** BCP 47 language of the words. Simplified Chinese (`zh-Hans`, `zh-CN`) is loaded on use; for others give `messages`. Default `en`. */
  readonly language?: string
  /** Words to replace. Keep the object stable between renders. */
  readonly messages?: CrmMessagesOverride
  /** How figures and dates are written, apart from the language. */
  readonly format?: FormatOptions
  /** `auto` follows the system. Default `auto`. */
  readonly theme?: CrmTheme
  /** Height of rows and cells. Default `cozy`. */
  readonly density?: CrmDensity
  /** Default `ltr`. */
  readonly direction?: CrmDirection
  /** False leaves the export menus out. What is shown can still be copied by hand: access is the data source's matter. Default true. */
  readonly canExport?: boolean
  readonly children?: ReactNode
}

/**
 * Gives the widgets below it a client, words and formats. Adds no element to the page.
 *
 * @example
 * <CrmProvider client={createClient(adapter)} theme="auto"><RfmGrid request={{ spec }} /></CrmProvider>
 */
export function CrmProvider(props: CrmProviderProps): ReactElement {
  const { client, language = 'en', messages, format, theme = 'auto', density = 'cozy', direction = 'ltr', canExport = true, children } = props
  const [ownQueryClient] = useState(() => props.queryClient ?? new QueryClient())
  const queryClient = props.queryClient ?? ownQueryClient
  const { locale, currencyDisplay, timeZone } = format ?? {}
  const formatters = useMemo(
    () => createFormatters(language, { ...(locale ? { locale } : {}), ...(currencyDisplay ? { currencyDisplay } : {}), ...(timeZone ? { timeZone } : {}) }),
    [language, locale, currencyDisplay, timeZone],
  )
  const pack = useMessagePack(language)
  const value = useMemo<CrmSettings>(
    () => ({ client, queryClient, language: pack.language, pack: pack.messages, override: messages, format: formatters, theme, density, direction, canExport }),
    [client, queryClient, pack.language, pack.messages, messages, formatters, theme, density, direction, canExport],
  )
  return <CrmContext.Provider value={value}>{children}</CrmContext.Provider>
}
