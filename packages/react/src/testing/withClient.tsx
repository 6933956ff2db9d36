import { createClient } from '@crm/core/client'
import type { CrmClient } from '@crm/core/client'
import type { Decorator } from '@storybook/react-vite'
import { CrmProvider, loadMessages } from '../provider/index.ts'
import type { CrmDensity, CrmDirection, CrmTheme } from '../provider/index.ts'
import { storyAdapter } from './storyData.ts'

const shop = createClient(storyAdapter())

interface StoryContext {
  readonly parameters: Readonly<Record<string, unknown>>
  readonly globals: Readonly<Record<string, unknown>>
}

/** Every story may bring its client by `parameters.client`, so that it has a data source of its own. The words of its language are there before it is drawn. */
export async function loadClient({ parameters, globals }: StoryContext): Promise<{ readonly client: CrmClient }> {
  const make = parameters['client'] as (() => CrmClient) | undefined
  await loadMessages(languageOf(globals))
  return { client: make ? make() : shop }
}

function languageOf(globals: StoryContext['globals']): string {
  return typeof globals['language'] === 'string' ? globals['language'] : 'en'
}

/** Figures as people who read the language expect them; English by the customs of the shop. */
const LOCALES: Readonly<Record<string, string>> = { en: 'en-GB', 'zh-Hans': 'zh-CN' }

/** The provider around a story, as the toolbar says. */
export const withClient: Decorator = (Story, { loaded, globals }) => (
  <CrmProvider
    client={loaded['client'] as CrmClient}
    theme={globals['theme'] as CrmTheme}
    density={globals['density'] as CrmDensity}
    direction={globals['direction'] as CrmDirection}
    language={languageOf(globals)}
    format={{ locale: LOCALES[languageOf(globals)] ?? 'en-GB', timeZone: 'Europe/Berlin' }}
  >
    <Story />
  </CrmProvider>
)
