// A Vite plugin: packages of this repository resolve to their sources (condition `@crm/source`), so tests and Storybook need no build.
import { defaultClientConditions, defaultServerConditions } from 'vite'

export const crmSource = () => ({
  name: 'crm-source',
  config: () => ({
    resolve: { conditions: ['@crm/source', ...defaultClientConditions] },
    // Found only while a page runs, a dependency makes Vite reload it, and a test in it fails. The first run after an install is such a run.
    optimizeDeps: { include: ['@crm/react > @tanstack/react-table', '@crm/react > @tanstack/react-virtual', '@crm/react > @visx/heatmap', '@crm/react > @visx/hierarchy', '@crm/react > @crm/adapter-csv > papaparse'] },
    ssr: { resolve: { conditions: ['@crm/source', ...defaultServerConditions], externalConditions: ['@crm/source'] } },
  }),
})
