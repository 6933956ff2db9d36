import { storybookTest } from '@storybook/addon-vitest/vitest-plugin'
import react from '@vitejs/plugin-react'
import { playwright } from '@vitest/browser-playwright'
import { defineConfig } from 'vitest/config'
import { chromiumLaunchOptions } from './scripts/chromium.mjs'
import { crmSource } from './scripts/vite-source.mjs'

const chromium = {
  enabled: true,
  headless: true,
  screenshotFailures: false,
  provider: playwright({ launchOptions: chromiumLaunchOptions }),
  instances: [{ browser: 'chromium' as const }],
}

export default defineConfig({
  test: {
    projects: [
      {
        plugins: [react(), crmSource()],
        test: {
          name: 'unit',
          environment: 'node',
          exclude: ['**/node_modules/**', '**/dist/**'],
          include: ['packages/*/src/**/*.test.ts', 'packages/react/src/**/*.ssr.test.tsx', 'apps/demo/**/*.test.ts', 'examples/**/*.test.ts', 'scripts/**/*.test.mjs'],
          testTimeout: 20_000,
        },
      },
      {
        plugins: [react(), crmSource()],
        optimizeDeps: { include: ['vitest-browser-react', 'react-dom/client', 'react-dom/server'] },
        test: {
          name: 'browser',
          browser: { ...chromium, viewport: { width: 1024, height: 768 } },
          setupFiles: ['packages/react/src/testing/browserSetup.ts'],
          include: ['packages/react/src/**/*.test.tsx', 'apps/demo/src/**/*.test.tsx'],
          exclude: ['**/node_modules/**', '**/*.ssr.test.tsx'],
          testTimeout: 20_000,
        },
      },
      {
        plugins: [storybookTest({ configDir: '.storybook' })],
        test: {
          name: 'storybook',
          browser: { ...chromium, viewport: { width: 1280, height: 800 } },
          testTimeout: 30_000,
        },
      },
      {
        test: {
          name: 'e2e',
          environment: 'node',
          include: ['apps/demo/e2e/**/*.e2e.ts'],
          globalSetup: ['apps/demo/e2e/setup.ts'],
          fileParallelism: false,
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
    ],
  },
})
