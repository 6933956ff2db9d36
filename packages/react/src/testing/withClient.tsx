import { createClient } from '@crm/core/client'
import type { CrmClient } from '@crm/core/client'
import type { Decorator } from '@storybook/react-vite'
import { CrmProvider } from '../provider/index.ts'
import type { CrmDensity, CrmDirection, CrmTheme } from '../provider/index.ts'
import { storyAdapter } from './storyData.ts'

const shop = createClient(storyAdapter())

/** Every story may bring its client by `parameters.client`, so that it has a data source of its own. */
export function loadClient({ parameters }: { readonly parameters: Readonly<Record<string, unknown>> }): { readonly client: CrmClient } {
  const make = parameters['client'] as (() => CrmClient) | undefined
  return { client: make ? make() : shop }
}

/** The provider around a story, as the toolbar says. */
export const withClient: Decorator = (Story, { loaded, globals }) => (
  <CrmProvider
    client={loaded['client'] as CrmClient}
    theme={globals['theme'] as CrmTheme}
    density={globals['density'] as CrmDensity}
    direction={globals['direction'] as CrmDirection}
    format={{ locale: 'en-GB', timeZone: 'Europe/Berlin' }}
  >
    <Story />
  </CrmProvider>
)
