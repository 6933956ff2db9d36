// A Vite plugin: packages of this repository resolve to their sources (condition `@crm/source`), so tests and Storybook need no build.
import { defaultClientConditions, defaultServerConditions } from 'vite'

export const crmSource = () => ({
  name: 'crm-source',
  config: () => ({
    resolve: { conditions: ['@crm/source', ...defaultClientConditions] },
    ssr: { resolve: { conditions: ['@crm/source', ...defaultServerConditions], externalConditions: ['@crm/source'] } },
  }),
})
