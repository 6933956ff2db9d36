import type { DataAdapter } from '@crm/core/adapter'
import { createClient, type ClientOptions } from '@crm/core/client'
import { CrmProvider, type CrmProviderProps } from '@crm/react'
import type { Decorator } from '@storybook/react-vite'
import { useEffect, useLayoutEffect, useState, type ReactNode } from 'react'

/** What the toolbar chose; a story sets its own by `globals: { theme: 'dark' }`. */
export interface CrmGlobals {
  theme: 'light' | 'dark' | 'auto'
  density: 'comfortable' | 'cozy' | 'compact'
  direction: 'ltr' | 'rtl'
}

/**
 * What a story says of its provider, as `parameters: { crm: { adapter: () => storyAdapter() } }`. With an `adapter` the
 * decorator makes client and provider, and theme, density and direction follow the toolbar. Without one the story
 * brings its own providers.
 */
export interface CrmStoryParameters {
  /** Called once when the story is shown. */
  adapter?: () => DataAdapter
  client?: ClientOptions
  provider?: Partial<Omit<CrmProviderProps, 'client' | 'children'>>
}

export function readGlobals(globals: Record<string, unknown>): CrmGlobals {
  const { theme = 'light', density = 'cozy', direction = 'ltr' } = globals as Partial<CrmGlobals>
  return { theme, density, direction }
}

/** Puts a story under one provider that follows the toolbar, on a ground of the same theme. */
export const withCrm: Decorator = (Story, { id, globals, parameters, viewMode }) => {
  const chosen = readGlobals(globals)
  const { adapter, client, provider } = (parameters['crm'] ?? {}) as CrmStoryParameters
  return (
    <Ground {...chosen} isPage={viewMode !== 'docs'}>
      {adapter === undefined ? (
        <Story />
      ) : (
        <StoryProvider key={id} adapter={adapter} options={client} provider={{ ...chosen, ...provider }}>
          <Story />
        </StoryProvider>
      )}
    </Ground>
  )
}

interface StoryProviderProps {
  readonly adapter: () => DataAdapter
  readonly options: ClientOptions | undefined
  readonly provider: Partial<CrmProviderProps>
  readonly children: ReactNode
}

function StoryProvider({ adapter, options, provider, children }: StoryProviderProps) {
  const [client] = useState(() => createClient(adapter(), options))
  useEffect(() => () => client.close(), [client])
  return (
    <CrmProvider {...provider} client={client}>
      {children}
    </CrmProvider>
  )
}

interface GroundProps extends CrmGlobals {
  /** The story has the page to itself: the ground is the page's, not a box of its own. */
  readonly isPage: boolean
  readonly children: ReactNode
}

function Ground({ theme, density, direction, isPage, children }: GroundProps) {
  useLayoutEffect(() => {
    if (!isPage) return undefined
    const page = document.documentElement
    page.dataset['ground'] = theme
    return () => void delete page.dataset['ground']
  }, [theme, isPage])
  return (
    <div className="ground" data-theme={theme} data-density={density} dir={direction}>
      {children}
    </div>
  )
}
