import type { ExportRow, ExportTable } from '@crm/core/export'
import { AdapterError } from '@crm/core/errors'
import type { Meta, StoryObj } from '@storybook/react-vite'
import { expect, fn, userEvent, waitFor, within } from 'storybook/test'
import { CrmRoot } from '../shared/CrmRoot.tsx'
import '../styles.css'
import { loadClient, withClient } from '../testing/withClient.tsx'
import { ExportMenu } from './ExportMenu.tsx'

const SEGMENTS: ExportTable = {
  columns: [
    { name: 'Segment', type: { kind: 'text' } },
    { name: 'Customers', type: { kind: 'integer' } },
    { name: 'Revenue', type: { kind: 'money', currency: 'EUR', scale: 2 } },
  ],
  rows: [
    ['Champions', 57, 1_284_550],
    ['Loyal', 120, 902_310],
    ['Lost', 44, -1250],
  ],
}

/** Rows that come ten a frame, without end. */
async function* slowRows(signal: AbortSignal): AsyncGenerator<ExportRow> {
  for (let row = 0; ; row += 1) {
    if (row % 500 === 0) await new Promise((resolve) => setTimeout(resolve, 16))
    signal.throwIfAborted()
    yield [`C-${row}`, row, row * 100]
  }
}

const meta: Meta<typeof ExportMenu> = {
  title: 'Widgets/ExportMenu',
  component: ExportMenu,
  args: { name: 'segments', table: () => SEGMENTS, spec: { asOf: 0 }, picture: (root) => root.querySelector<SVGSVGElement>('svg.story-bars'), onExport: fn() },
  loaders: [loadClient],
  decorators: [
    (Story, { args }) => (
      <CrmRoot widget="story-export" status="ready" busy={false} aria-label="Revenue by segment">
        <div style={{ display: 'flex', justifyContent: 'space-between', alignItems: 'start', minHeight: 250 }}>
          <div>
            <h3 className="crm-title">Revenue by segment</h3>
            <p className="crm-subtitle">Champions bring more than half.</p>
            {args.picture === undefined ? null : (
              <svg className="story-bars" role="img" aria-label="Champions 12.8K, Loyal 9K" width="320" height="80" style={{ marginTop: 48, fill: 'var(--crm-accent)' }}>
                <rect width="100%" height="40%" rx="3" />
                <rect y="50%" width="70%" height="40%" rx="3" style={{ fill: 'var(--crm-ramp-3)' }} />
                <text x="98%" y="26%" textAnchor="end" style={{ fill: 'var(--crm-accent-ink)' }}>12.8K</text>
              </svg>
            )}
          </div>
          <Story />
        </div>
      </CrmRoot>
    ),
    withClient,
  ],
}
export default meta

type Story = StoryObj<typeof ExportMenu>

/** One button, a menu by mouse and keyboard; what was done is said. */
export const Playground: Story = {
  play: async ({ canvasElement, args }) => {
    const canvas = within(canvasElement)
    const button = canvas.getByRole('button', { name: 'Export' })
    await userEvent.click(button)
    const items = await canvas.findAllByRole('menuitem')
    await expect(items.map((item) => item.textContent)).toEqual(['CSV for spreadsheets', 'JSON figures and settings', 'PNG picture for slides', 'SVG picture for print', 'Copy table to paste elsewhere'])
    await waitFor(() => expect(items[0]).toHaveFocus())
    await userEvent.keyboard('{ArrowUp}')
    await expect(items[4]).toHaveFocus()
    await userEvent.keyboard('{ArrowDown}{ArrowDown}')
    await expect(items[1]).toHaveFocus()
    await userEvent.keyboard('{End}{Home}p')
    await expect(items[2]).toHaveFocus()
    await userEvent.keyboard('{Escape}')
    await expect(button).toHaveFocus()
    await expect(canvas.queryByRole('menu')).toBeNull()
    await userEvent.keyboard('{ArrowUp}')
    await waitFor(() => expect(canvas.getByRole('menuitem', { name: /^Copy/ })).toHaveFocus())
    await userEvent.click(await canvas.findByRole('menuitem', { name: /^CSV/ }))
    await waitFor(() => expect(canvas.getByRole('status')).toHaveTextContent(/^3 rows exported to segments-\d{4}-\d\d-\d\d\.csv$/))
    await expect(button).toHaveFocus()
    await expect(args.onExport).toHaveBeenLastCalledWith('csv', { rows: 3, fileName: expect.stringMatching(/^segments-.*\.csv$/) })
  },
}

/** The menu as it opens. */
export const Open: Story = {
  play: async ({ canvasElement }) => {
    await userEvent.click(within(canvasElement).getByRole('button', { name: 'Export' }))
    await expect(await within(canvasElement).findByRole('menu', { name: 'Export' })).toBeVisible()
  },
}

/** A view without a picture offers the table alone. */
export const WithoutPicture: Story = {
  args: { picture: undefined },
  play: async ({ canvasElement }) => {
    const canvas = within(canvasElement)
    await userEvent.click(canvas.getByRole('button', { name: 'Export' }))
    await expect((await canvas.findAllByRole('menuitem')).map((item) => item.textContent?.split(' ')[0])).toEqual(['CSV', 'JSON', 'Copy'])
  },
}

/** What takes longer says how far it is, and can be ended. */
export const Busy: Story = {
  args: { table: ({ signal }) => ({ columns: SEGMENTS.columns, rows: slowRows(signal), rowCount: 1_000_000 }) },
  play: async ({ canvasElement, args }) => {
    const canvas = within(canvasElement)
    const button = canvas.getByRole('button', { name: 'Export' })
    await userEvent.click(button)
    await userEvent.click(await canvas.findByRole('menuitem', { name: /^CSV/ }))
    const cancel = await canvas.findByRole('button', { name: 'Cancel export' })
    await expect(button).toHaveAttribute('aria-disabled', 'true')
    await expect(canvas.getByRole('status')).toHaveTextContent('Exporting…')
    const progress = canvas.getByRole('progressbar')
    await waitFor(() => expect(progress).toHaveAttribute('value'))
    await expect(canvas.getByText(/ of 1,000,000 rows$/)).toBeVisible()
    await userEvent.click(button)
    await expect(canvas.queryByRole('menu')).toBeNull()
    await userEvent.click(cancel)
    await waitFor(() => expect(canvas.getByRole('status')).toHaveTextContent('Export cancelled. Nothing was saved.'))
    await expect(button).toHaveFocus()
    await expect(button).not.toHaveAttribute('aria-disabled')
    await expect(args.onExport).not.toHaveBeenCalled()
  },
}

/** The same, left running. */
export const Working: Story = {
  ...Busy,
  play: async ({ canvasElement }) => {
    const canvas = within(canvasElement)
    await userEvent.click(canvas.getByRole('button', { name: 'Export' }))
    await userEvent.click(await canvas.findByRole('menuitem', { name: /^CSV/ }))
    await canvas.findByRole('button', { name: 'Cancel export' })
  },
}

/** The data source fails half way: nothing is saved, and it says why. */
export const Failed: Story = {
  args: {
    table: () => ({
      columns: SEGMENTS.columns,
      rows: (async function* () {
        yield ['Champions', 57, 0]
        throw new AdapterError('UNAVAILABLE', { retryable: false })
      })(),
    }),
  },
  play: async ({ canvasElement, args }) => {
    const canvas = within(canvasElement)
    await userEvent.click(canvas.getByRole('button', { name: 'Export' }))
    await userEvent.click(await canvas.findByRole('menuitem', { name: /^JSON/ }))
    await waitFor(() => expect(canvas.getByRole('alert')).toHaveTextContent('Nothing was exported. The data source cannot be reached. No answer came. Check the connection and try again.'))
    await expect(args.onExport).not.toHaveBeenCalled()
    const message = canvas.getByRole('alert')
    await expect(message).toBeVisible()
  },
}

/** A picture that is asked for before it is drawn. */
export const NoPictureYet: Story = {
  args: { picture: () => null },
  play: async ({ canvasElement }) => {
    const canvas = within(canvasElement)
    await userEvent.click(canvas.getByRole('button', { name: 'Export' }))
    await userEvent.click(await canvas.findByRole('menuitem', { name: /^PNG/ }))
    await expect(await canvas.findByRole('alert')).toHaveTextContent('Nothing was exported. There is no picture yet. Wait until the figures are there.')
    await userEvent.click(canvas.getByRole('button', { name: 'Close message' }))
    await expect(canvas.queryByRole('alert')).toBeNull()
    await expect(canvas.getByRole('button', { name: 'Export' })).toHaveFocus()
  },
}

/** Nothing to export yet. */
export const Disabled: Story = {
  args: { disabled: true },
  play: async ({ canvasElement }) => {
    const canvas = within(canvasElement)
    const button = canvas.getByRole('button', { name: 'Export' })
    await userEvent.click(button)
    await expect(button).toHaveAttribute('aria-disabled', 'true')
    await expect(canvas.queryByRole('menu')).toBeNull()
  },
}

export const Dark: Story = { ...Open, globals: { theme: 'dark' } }
export const RightToLeft: Story = { ...Open, globals: { direction: 'rtl' } }

export const Chinese: Story = {
  globals: { language: 'zh-Hans' },
  play: async ({ canvasElement }) => {
    const canvas = within(canvasElement)
    await userEvent.click(canvas.getByRole('button', { name: '导出' }))
    await expect(await canvas.findByRole('menuitem', { name: /^复制表格/ })).toBeVisible()
  },
}

/** In a column of a telephone's width nothing leaves the widget. */
export const Narrow: Story = {
  ...Open,
  decorators: [(Story) => <div style={{ width: 300 }}><Story /></div>],
}
