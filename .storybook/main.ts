import type { StorybookConfig } from '@storybook/react-vite'
import { mergeConfig } from 'vite'
import { crmSource } from '../scripts/vite-source.mjs'

const config: StorybookConfig = {
  framework: '@storybook/react-vite',
  stories: ['./pages/*.mdx', './pages/*.stories.tsx', '../packages/react/src/**/*.stories.tsx'],
  addons: ['@storybook/addon-docs', '@storybook/addon-a11y', '@storybook/addon-vitest'],
  features: { sidebarOnboardingChecklist: false },
  core: { disableTelemetry: true, disableWhatsNewNotifications: true },
  typescript: { reactDocgen: 'react-docgen' },
  viteFinal: (vite) =>
    mergeConfig(vite, {
      plugins: [crmSource()],
      build: {
        // Evergreen browsers: `light-dark()` stays as it is written.
        cssTarget: 'esnext',
        chunkSizeWarningLimit: 2000,
        rollupOptions: {
          // 'use client' means nothing in a page that is all client.
          onwarn: (warning: { code?: string }, warn: (warning: unknown) => void) => warning.code !== 'MODULE_LEVEL_DIRECTIVE' && warn(warning),
        },
      },
    }),
}

export default config
