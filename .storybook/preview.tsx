import '@crm/react/styles.css'
import '@crm/react/import-wizard/styles.css'
import '@crm/react/recommend/styles.css'
import type { Preview } from '@storybook/react-vite'
import { DocsPage } from './DocsPage.tsx'
import './preview.css'
import { withGround } from './withGround.tsx'

const preview: Preview = {
  tags: ['autodocs'],
  parameters: {
    a11y: { test: 'error' },
    controls: { expanded: true, matchers: { date: /(At|Date)$/ } },
    layout: 'padded',
    docs: { container: DocsPage },
    options: { storySort: { order: ['Start', 'Data adapter', 'Tokens', 'Widgets', '*'] } },
  },
  initialGlobals: { theme: 'light', density: 'cozy', direction: 'ltr', language: 'en' },
  globalTypes: {
    theme: {
      description: 'Theme of the provider',
      toolbar: {
        title: 'Theme',
        icon: 'contrast',
        dynamicTitle: true,
        items: [
          { value: 'light', title: 'Light', icon: 'sun' },
          { value: 'dark', title: 'Dark', icon: 'moon' },
          { value: 'auto', title: 'Auto', icon: 'browser' },
        ],
      },
    },
    density: {
      description: 'Density of the provider',
      toolbar: {
        title: 'Density',
        icon: 'component',
        dynamicTitle: true,
        items: [
          { value: 'comfortable', title: 'Comfortable' },
          { value: 'cozy', title: 'Cozy' },
          { value: 'compact', title: 'Compact' },
        ],
      },
    },
    direction: {
      description: 'Writing direction of the provider',
      toolbar: {
        title: 'Direction',
        icon: 'transfer',
        dynamicTitle: true,
        items: [
          { value: 'ltr', title: 'Left to right' },
          { value: 'rtl', title: 'Right to left' },
        ],
      },
    },
    language: {
      description: 'Language of the provider',
      toolbar: {
        title: 'Language',
        icon: 'globe',
        dynamicTitle: true,
        items: [
          { value: 'en', title: 'English' },
          { value: 'zh-Hans', title: '简体中文' },
        ],
      },
    },
  },
  decorators: [withGround],
}

export default preview
