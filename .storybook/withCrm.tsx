import type { Decorator } from '@storybook/react-vite'

/** What the toolbar chose; a story sets its own by `globals: { theme: 'dark' }`. */
export interface CrmGlobals {
  theme: 'light' | 'dark' | 'auto'
  density: 'comfortable' | 'cozy' | 'compact'
  direction: 'ltr' | 'rtl'
}

const readGlobals = (globals: Record<string, unknown>): CrmGlobals => ({
  theme: (globals['theme'] as CrmGlobals['theme'] | undefined) ?? 'light',
  density: (globals['density'] as CrmGlobals['density'] | undefined) ?? 'cozy',
  direction: (globals['direction'] as CrmGlobals['direction'] | undefined) ?? 'ltr',
})

/** Puts a story under one provider that follows the toolbar. */
export const withCrm: Decorator = (Story, context) => {
  const { theme, density, direction } = readGlobals(context.globals)
  return (
    <div data-theme={theme} data-density={density} dir={direction}>
      <Story />
    </div>
  )
}
