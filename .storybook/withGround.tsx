import type { CrmDensity, CrmDirection, CrmTheme } from '@crm/react'
import type { Decorator } from '@storybook/react-vite'
import { useLayoutEffect, type ReactElement, type ReactNode } from 'react'

/** What the toolbar chose; a story sets its own by `globals: { theme: 'dark' }` and hands them to its provider. */
export interface CrmGlobals {
  readonly theme: CrmTheme
  readonly density: CrmDensity
  readonly direction: CrmDirection
}

export function readGlobals(globals: Record<string, unknown>): CrmGlobals {
  const { theme = 'light', density = 'cozy', direction = 'ltr' } = globals as Partial<CrmGlobals>
  return { theme, density, direction }
}

/** Puts a story on the ground of a host page in the theme of the toolbar. The story brings its own provider. */
export const withGround: Decorator = (Story, { globals, viewMode }) => (
  <Ground {...readGlobals(globals)} isPage={viewMode !== 'docs'}>
    <Story />
  </Ground>
)

interface GroundProps extends Pick<CrmGlobals, 'theme' | 'direction'> {
  /** The story has the page to itself: the ground is the page's, not a box of its own. */
  readonly isPage: boolean
  readonly children: ReactNode
}

function Ground({ theme, direction, isPage, children }: GroundProps): ReactElement {
  useLayoutEffect(() => {
    if (!isPage) return undefined
    const page = document.documentElement
    page.dataset['ground'] = theme
    return () => void delete page.dataset['ground']
  }, [theme, isPage])
  return (
    <div className="ground" data-theme={theme} dir={direction}>
      {children}
    </div>
  )
}
