import { addons } from 'storybook/manager-api'
import { create } from 'storybook/theming'

addons.setConfig({
  theme: create({
    base: 'light',
    brandTitle: 'Customer analytics kit',
    brandTarget: '_self',
    colorPrimary: '#2f5fd0',
    colorSecondary: '#2f5fd0',
    appBg: '#f6f7f9',
    appBorderRadius: 6,
    fontBase: "system-ui, -apple-system, 'Segoe UI', Roboto, 'Noto Sans', 'Liberation Sans', sans-serif",
  }),
  sidebar: { showRoots: true },
})
