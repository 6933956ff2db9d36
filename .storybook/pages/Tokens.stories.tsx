import type { Meta, StoryObj } from '@storybook/react-vite'
import { expect, waitFor } from 'storybook/test'
import { TokenTables } from './TokenTables.tsx'
import { GROUNDS, PAIRS, colourIn, contrastsIn, readTokens, type Contrast } from './readTokens.ts'

const meta = { title: 'Pages/Tokens', component: TokenTables, tags: ['!autodocs', '!dev'] } satisfies Meta<typeof TokenTables>
export default meta
type Story = StoryObj<typeof meta>

const tooLow = (root: Element): string[] =>
  contrastsIn(root)
    .filter(({ ratio, needed }: Contrast) => ratio < needed)
    .map(({ token, ground, use, ratio, needed }) => `${token} as ${use} on ${ground}: ${ratio.toFixed(2)}:1, needs ${needed}:1`)

export const Tables: Story = {
  play: async ({ canvasElement, step }) => {
    const [light, dark] = canvasElement.querySelectorAll('.crm-root') as unknown as [Element, Element]
    const kit = readTokens().filter(({ scope }) => scope === 'kit').map(({ name }) => name)
    await step('every variable of the stylesheet is on the page', async () => {
      expect(kit.length).toBeGreaterThan(40)
      await waitFor(() => expect([...canvasElement.querySelectorAll('tbody th')].map(({ textContent }) => textContent)).toEqual(expect.arrayContaining(kit)))
    })
    await step('every colour is a ground, or is measured on its grounds', () => {
      const colours = kit.filter((name) => colourIn(light, name) !== null)
      const known = new Set([...GROUNDS, ...PAIRS.map(({ token }) => token)])
      expect(colours.filter((name) => !known.has(name))).toEqual([])
    })
    await step('light: text has 4.5:1, marks have 3:1', () => expect(tooLow(light)).toEqual([]))
    await step('dark: text has 4.5:1, marks have 3:1', () => expect(tooLow(dark)).toEqual([]))
    await step('a text colour that is too pale is found', () => {
      const pale = light as HTMLElement
      pale.style.setProperty('--crm-ink-muted', 'oklch(0.7 0 0)')
      expect(tooLow(pale)).toEqual(expect.arrayContaining([expect.stringMatching(/^--crm-ink-muted as text on --crm-surface: 2\.\d+:1, needs 4\.5:1$/)]))
      pale.style.removeProperty('--crm-ink-muted')
    })
  },
}

export const Dark: Story = { ...Tables, globals: { theme: 'dark' } }
