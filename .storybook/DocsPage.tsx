import { DocsContainer, Source, type DocsContainerProps } from '@storybook/addon-docs/blocks'
import { createContext, useContext, useEffect, useState, type PropsWithChildren } from 'react'
import { addons } from 'storybook/preview-api'
import { themes } from 'storybook/theming'
import { readGlobals } from './withGround.tsx'

const IsDark = createContext(false)

/** A page of text in the theme that the toolbar chose. */
export function DocsPage({ children, ...props }: PropsWithChildren<DocsContainerProps>) {
  const [theme, setTheme] = useState(() => readGlobals(initialGlobals(props)).theme)
  const isSystemDark = useSystemDark()
  useEffect(() => {
    const channel = addons.getChannel()
    const follow = ({ globals }: { globals: Record<string, unknown> }) => setTheme(readGlobals(globals).theme)
    channel.on('globalsUpdated', follow)
    return () => channel.off('globalsUpdated', follow)
  }, [])
  const isDark = theme === 'dark' || (theme === 'auto' && isSystemDark)
  return (
    <DocsContainer {...props} theme={isDark ? themes.dark : themes.light}>
      <IsDark value={isDark}>
        <div className="docs-page" data-theme={isDark ? 'dark' : 'light'}>
          {children}
        </div>
      </IsDark>
    </DocsContainer>
  )
}

/** Source code of a file, in the theme of the page. */
export function Code({ of, language }: { readonly of: string; readonly language: 'typescript' | 'tsx' }) {
  const isDark = useContext(IsDark)
  return <Source key={String(isDark)} code={of.trim()} language={language} dark={isDark} />
}

function initialGlobals({ context }: DocsContainerProps): Record<string, unknown> {
  const [story] = context.componentStories()
  return story === undefined ? globalsOfAddress() : (context.getStoryContext(story).globals ?? {})
}

// A page without stories has no context to ask; the address carries what differs from the defaults: `globals=theme:dark`.
function globalsOfAddress(): Record<string, unknown> {
  const given = new URLSearchParams(document.location.search).get('globals') ?? ''
  return Object.fromEntries(given.split(';').map((pair) => pair.split(':')).filter((pair) => pair.length === 2) as [string, string][])
}

function useSystemDark(): boolean {
  const [isDark, setDark] = useState(() => matchMedia('(prefers-color-scheme: dark)').matches)
  useEffect(() => {
    const query = matchMedia('(prefers-color-scheme: dark)')
    const follow = () => setDark(query.matches)
    query.addEventListener('change', follow)
    return () => query.removeEventListener('change', follow)
  }, [])
  return isDark
}
