import { createCsvImporter } from '@crm/adapter-csv'
import { createMemoryAdapter } from '@crm/core/adapter'
import type { ImportPlan, ImportResult } from '@crm/core/adapter'
import { createClient } from '@crm/core/client'
import type { CrmClient } from '@crm/core/client'
import type { Meta, StoryObj } from '@storybook/react-vite'
import { useState } from 'react'
import type { ReactElement } from 'react'
import { expect, fn, userEvent, waitFor, within } from 'storybook/test'
import { CrmProvider, useCrm } from '../provider/index.ts'
import { RfmGrid } from '../rfm-grid/index.ts'
import { CrmButton } from '../shared/StateView.tsx'
import '../styles.css'
import './ImportWizard.css'
import { loadClient, withClient } from '../testing/withClient.tsx'
import { ImportWizard } from './ImportWizard.tsx'
import type { ImportWizardProps } from './ImportWizard.tsx'
import { commaAmount, csvFile, dayFirst, eitherWay, faultyCsv, gb18030Bytes, haltingImport, HEADER, latin1Bytes, ordersCsv } from './testing/importFiles.ts'

const DAY_MS = 86_400_000
const importer = createCsvImporter({ timeZone: 'Europe/Berlin' })

/** The wizard asks for words and a theme, not for data: a provider over nothing will do. */
const nothingYet = (): CrmClient => createClient(createMemoryAdapter({ timeZone: 'UTC', currency: 'EUR', data: {} }))

const meta: Meta<typeof ImportWizard> = {
  title: 'Widgets/ImportWizard',
  component: ImportWizard,
  args: { importer, onImported: fn(), onCancel: fn(), onStepChange: fn(), onPlanChange: fn() },
  parameters: { client: nothingYet },
  loaders: [loadClient],
  decorators: [withClient],
}
export default meta

type Story = StoryObj<typeof ImportWizard>

const at = (canvas: ReturnType<typeof within>, name: string): Promise<HTMLElement> => canvas.findByRole('heading', { name }, { timeout: 10_000 })
const press = async (canvas: ReturnType<typeof within>, name: string | RegExp): Promise<void> => userEvent.click(await canvas.findByRole('button', { name }, { timeout: 10_000 }))
const select = (canvas: ReturnType<typeof within>, name: RegExp): HTMLSelectElement => canvas.getByRole('combobox', { name })

const HEADING = { choose: 'Which file?', map: 'What do the columns mean?', check: 'Is it read as you mean it?', done: 'Your data are here' } as const

/** The page of a host: the wizard until there are data, then the customers of the file. */
function OwnCustomers(props: ImportWizardProps): ReactElement {
  const { theme, language, direction, density, format } = useCrm()
  const [imported, setImported] = useState<{ readonly result: ImportResult; readonly plan: ImportPlan; readonly client: CrmClient } | null>(null)
  if (imported === null) {
    return (
      <ImportWizard
        {...props}
        onImported={(result, details) => {
          props.onImported(result, details)
          setImported({ result, plan: details.plan, client: createClient(result.adapter) })
        }}
        slots={{ chooseNote: (model) => <CrmButton quiet onClick={() => model.choose(csvFile(ordersCsv({ customers: 400 }), 'example.csv'))}>Take an example file</CrmButton> }}
      />
    )
  }
  const { to, atKind } = imported.result.report
  const asOf = atKind === 'date' ? (to ?? 0) * DAY_MS : (to ?? 0)
  return (
    <CrmProvider client={imported.client} theme={theme} language={language} direction={direction} density={density} format={{ locale: format.locale }}>
      <RfmGrid request={{ spec: { asOf, timeZone: imported.plan.timeZone } }} />
    </CrmProvider>
  )
}

/** Bring a file of your own, or take the example: after the import its customers stand on the page. */
export const Playground: Story = {
  render: (args) => <OwnCustomers {...args} />,
  play: async ({ canvasElement, args }) => {
    const canvas = within(canvasElement)
    await press(canvas, 'Take an example file')
    await at(canvas, HEADING.map)
    await press(canvas, 'Continue')
    await at(canvas, HEADING.check)
    await press(canvas, /^Import [\d,]+ rows$/)
    await canvas.findByRole('grid', {}, { timeout: 15_000 })
    await expect(args.onImported).toHaveBeenCalledOnce()
  },
}

/** What is needed, and three ways to bring it: drop, choose, paste. */
export const Choose: Story = {}

/** Rows from a spreadsheet go in as text. */
export const Paste: Story = {
  play: async ({ canvasElement }) => {
    const canvas = within(canvasElement)
    await press(canvas, 'Paste text instead')
    const field = canvas.getByRole('textbox')
    await userEvent.click(field)
    await userEvent.paste('Customer\tDate\tAmount\nC1\t2026-03-01\t12.50\nC2\t2026-04-02\t7.00\n')
    await press(canvas, 'Read this text')
    await at(canvas, HEADING.map)
    await expect(select(canvas, /^Customer$/).selectedOptions[0]).toHaveTextContent('Customer')
    await press(canvas, 'Back')
    await expect(canvas.getByRole('textbox')).toHaveValue('Customer\tDate\tAmount\nC1\t2026-03-01\t12.50\nC2\t2026-04-02\t7.00\n')
  },
}

/** The columns find their meaning by their names and values; anything can be chosen otherwise. */
export const Columns: Story = {
  args: { defaultSource: csvFile(ordersCsv()) },
  play: async ({ canvasElement }) => {
    const canvas = within(canvasElement)
    await at(canvas, HEADING.map)
    await expect(select(canvas, /^Customer$/).selectedOptions[0]).toHaveTextContent('customer_id')
    await expect(select(canvas, /^Amount/).selectedOptions[0]).toHaveTextContent('amount (EUR)')
  },
}

/** Back at the first step the file is still there. */
export const Chosen: Story = {
  args: { defaultSource: csvFile(ordersCsv()) },
  play: async ({ canvasElement }) => {
    const canvas = within(canvasElement)
    await at(canvas, HEADING.map)
    await press(canvas, 'Back')
    await at(canvas, HEADING.choose)
    await canvas.findByText('orders.csv')
    await expect(canvas.getByRole('button', { name: 'Continue' })).toBeVisible()
  },
}

/** A column that is needed is not chosen: the field says which, and takes the focus. */
export const MappingIncomplete: Story = {
  args: { defaultSource: csvFile(ordersCsv({ header: ['a', 'b', 'c', 'd', 'day', 'e', 'f'] })) },
  play: async ({ canvasElement }) => {
    const canvas = within(canvasElement)
    await at(canvas, HEADING.map)
    await press(canvas, 'Continue')
    const customer = select(canvas, /^Customer needed/)
    await waitFor(() => expect(customer).toHaveFocus())
    await expect(customer).toBeInvalid()
    await expect(customer).toHaveAccessibleDescription(/^Choose the column that says who bought\./)
    await userEvent.selectOptions(customer, 'b')
    await expect(customer).toBeValid()
    await expect(select(canvas, /^Amount needed/)).toHaveAccessibleDescription(/^Choose the column of the amount, or those of quantity and unit price\./)
  },
}

/** What the file leaves open is marked, with a value to look at. */
export const Doubts: Story = {
  args: { defaultSource: csvFile(ordersCsv({ day: eitherWay, header: [...HEADER.slice(0, 6), 'amount'] })) },
  play: async ({ canvasElement }) => {
    const canvas = within(canvasElement)
    await at(canvas, HEADING.map)
    await canvas.findByText('2 settings to look at')
    const dates = select(canvas, /^Dates$/)
    await expect(dates).toHaveAccessibleDescription(/day first or month first/)
    await userEvent.selectOptions(dates, 'dayFirst' === dates.value ? 'monthFirst' : 'dayFirst')
    await canvas.findByText('1 setting to look at')
    await expect(dates).not.toHaveAccessibleDescription()
  },
}

/** The whole file was read once: what will happen, what was found, the first rows. */
export const Check: Story = {
  args: { defaultSource: csvFile(ordersCsv()), defaultStep: 'check' },
  play: async ({ canvasElement }) => {
    const canvas = within(canvasElement)
    await canvas.findByText(/^975 rows will be imported: 79 customers, 481 orders, €56,327\.61 in all\.$/, { selector: 'strong' })
    await expect(canvas.getByRole('button', { name: 'Import 975 rows' })).toBeVisible()
  },
}

/** The check reads the file to its end, and can be stopped. */
export const Checking: Story = {
  args: { ...haltingImport(importer, 'dryRun', ordersCsv()), defaultStep: 'check' },
  play: async ({ canvasElement }) => {
    const canvas = within(canvasElement)
    await canvas.findByRole('progressbar', { name: 'Reading orders.csv…' }, { timeout: 10_000 })
  },
}

/** Rows that cannot be read are counted, shown with their lines and given back as a file. */
export const WithRejectedRows: Story = {
  args: { defaultSource: csvFile(faultyCsv()), defaultStep: 'check' },
  play: async ({ canvasElement }) => {
    const canvas = within(canvasElement)
    await canvas.findByText(/7 rows are left out, because they cannot be read\./, {}, { timeout: 10_000 })
    const row = canvas.getByRole('row', { name: /The amount is no number/ })
    await expect(row).toHaveTextContent(/Left out.*line 17: n\/a/)
    await expect(canvas.getByRole('button', { name: 'Download the rows left out' })).toBeVisible()
  },
}

/** The first row that cannot be read ends it, where that was asked for; one press asks otherwise. */
export const StoppedByARow: Story = {
  args: {
    defaultSource: csvFile(faultyCsv()),
  },
  play: async ({ canvasElement }) => {
    const canvas = within(canvasElement)
    await at(canvas, HEADING.map)
    await userEvent.click(canvas.getByText('How the file is read'))
    await userEvent.selectOptions(select(canvas, /^Rows that cannot be read$/), 'stop')
    await press(canvas, 'Continue')
    await expect(await canvas.findByRole('alert')).toHaveTextContent(/Line 17 stopped it, as the settings ask: The amount is no number, or in another currency\./)
    await press(canvas, 'Leave such rows out')
    await canvas.findByText(/rows are left out/, {}, { timeout: 10_000 })
  },
}

/** Stopped on the way: nothing is kept of it, and all that was entered is. */
export const Aborted: Story = {
  args: { ...haltingImport(importer, 'dryRun', ordersCsv()), defaultStep: 'check' },
  play: async ({ canvasElement }) => {
    const canvas = within(canvasElement)
    await press(canvas, 'Stop')
    await canvas.findByText(/The check was stopped\. What you entered is still here\./)
    await expect(canvas.queryByRole('progressbar')).toBeNull()
    await expect(canvas.getByRole('button', { name: 'Check again' })).toBeVisible()
  },
}

/** The import itself: share, rows, and a way to stop it. */
export const Importing: Story = {
  args: { ...haltingImport(importer, 'run', ordersCsv()), defaultStep: 'check' },
  play: async ({ canvasElement, args }) => {
    const canvas = within(canvasElement)
    await press(canvas, 'Import 975 rows')
    await canvas.findByRole('progressbar', { name: 'Importing orders.csv…' })
    await expect(args.onImported).not.toHaveBeenCalled()
  },
}

/** All of it is there. What comes next is the host's. */
export const Done: Story = {
  args: { defaultSource: csvFile(ordersCsv()), defaultStep: 'check', slots: { done: () => <CrmButton data-primary>Show my customers</CrmButton> } },
  play: async ({ canvasElement, args }) => {
    const canvas = within(canvasElement)
    await press(canvas, 'Import 975 rows')
    await at(canvas, HEADING.done)
    await expect(args.onImported).toHaveBeenCalledOnce()
  },
}

/** A quotation mark that is never closed: the line where it begins, and the file can be chosen again. */
export const Unreadable: Story = {
  args: { defaultSource: csvFile(`${ordersCsv()}O-9,C-10002,"Elif,Hamburg,2026-01-01,P-001,3.00\nO-9,C-10003,Bo,Bonn,2026-01-01,P-001,3.00\n`) },
  play: async ({ canvasElement }) => {
    const canvas = within(canvasElement)
    await at(canvas, HEADING.map).catch(() => null)
    if (canvas.queryByRole('button', { name: 'Continue' })) await press(canvas, 'Continue')
    await expect(await canvas.findByRole('alert', {}, { timeout: 10_000 })).toHaveTextContent(/In line 977 a quotation mark is opened and never closed\./)
  },
}

/** A workbook is no text. */
export const NotText: Story = {
  args: { defaultSource: csvFile(Uint8Array.of(0x50, 0x4b, 3, 4, 20, 0, 6, 0, 8, 0, 0, 0), 'orders.xlsx') },
  play: async ({ canvasElement }) => {
    await expect(await within(canvasElement).findByRole('alert')).toHaveTextContent(/This is not a text file; it may be a workbook/)
  },
}

export const Empty: Story = {
  args: { defaultSource: csvFile('', 'empty.csv') },
  play: async ({ canvasElement }) => {
    const canvas = within(canvasElement)
    await expect(await canvas.findByRole('alert')).toHaveTextContent(/The file is empty\./)
    await expect(canvas.getByLabelText('Choose a file')).toBeInTheDocument()
  },
}

/** Only a header, or a single row that was taken for one. */
export const OneLine: Story = {
  args: { defaultSource: csvFile('customer,day,amount\n') },
  play: async ({ canvasElement }) => {
    const canvas = within(canvasElement)
    await expect(await canvas.findByRole('alert')).toHaveTextContent(/The file has one line only.*customer · day · amount/)
    await press(canvas, 'Read the line as data')
    await at(canvas, HEADING.map)
    await expect(select(canvas, /^Customer$/).selectedOptions[0]).toHaveTextContent('Column 1')
  },
}

/** More than the page may hold is refused with the estimate, not tried. */
export const TooLarge: Story = {
  args: { importer: createCsvImporter({ memoryLimitBytes: 20_000 }), defaultSource: csvFile(ordersCsv({ customers: 600 })), defaultStep: 'check' },
  play: async ({ canvasElement }) => {
    const alert = await within(canvasElement).findByRole('alert', {}, { timeout: 10_000 })
    await expect(alert).toHaveTextContent(/The file would take about [\d.]+ (kB|MB) of memory, and 20 kB is allowed here\./)
    await expect(within(alert).getByRole('button', { name: 'Choose another file' })).toBeVisible()
  },
}

/** No row can be read: the check says so and offers no import. */
export const NothingToImport: Story = {
  args: { defaultSource: csvFile(ordersCsv()) },
  play: async ({ canvasElement }) => {
    const canvas = within(canvasElement)
    await at(canvas, HEADING.map)
    await userEvent.selectOptions(select(canvas, /^Date$/), 'customer_name')
    await press(canvas, 'Continue')
    await expect(await canvas.findByRole('alert', {}, { timeout: 10_000 })).toHaveTextContent(/^No row can be read this way\./)
    await expect(canvas.queryByRole('button', { name: /^Import/ })).toBeNull()
  },
}

const umlauts = latin1Bytes(ordersCsv({ delimiter: ';', amount: commaAmount, day: dayFirst }).replace(/[\u0100-\uffff]/g, 'c'))

/** Windows-1252, semicolons, decimal commas, the day first: found, with a mark at what is not certain. */
export const OtherEncoding: Story = {
  args: { defaultSource: csvFile(umlauts) },
  play: async ({ canvasElement }) => {
    const canvas = within(canvasElement)
    await at(canvas, HEADING.map)
    await expect(select(canvas, /^Characters$/)).toHaveValue('windows-1252')
    await userEvent.selectOptions(select(canvas, /^Characters$/), 'iso-8859-2')
    await waitFor(() => expect(canvas.queryByText(/broken letters/)).toBeNull())
    await expect(select(canvas, /^Customer$/).selectedOptions[0]).toHaveTextContent('customer_id')
  },
}

const CITIES: Readonly<Record<string, string>> = { Berlin: '北京', Hamburg: '上海', Köln: '广州', Leipzig: '深圳', München: '成都', Wien: '杭州', Zürich: '武汉' }
const chinese = gb18030Bytes(ordersCsv({ header: ['订单号', '客户编号', '客户名称', '城市', '购买日期', '产品编号', '金额'], city: (name) => CITIES[name] ?? '' }).replace(/[\u0080-\u024f]/g, 'e'))

/** Chinese as Windows writes it. */
export const Gb18030: Story = {
  args: { defaultSource: csvFile(chinese, '订单.csv') },
  play: async ({ canvasElement }) => {
    const canvas = within(canvasElement)
    await at(canvas, HEADING.map)
    await expect(select(canvas, /^Characters$/)).toHaveValue('gb18030')
    await expect(select(canvas, /^Customer$/).selectedOptions[0]).toHaveTextContent('客户编号')
  },
}

/** The settings of an earlier file fit, though the columns stand in another order: no questions, straight to the check. */
export const SavedPlan: Story = {
  args: { defaultSource: csvFile(ordersCsv({ header: ['order_id', 'kunde', 'customer_name', 'city', 'tag', 'product_id', 'summe'] })) },
  loaders: [
    async () => {
      const file = csvFile('summe,tag,kunde\n1.00,2026-01-01,A\n2.00,2026-01-02,B\n')
      const { plan } = await importer.open(file)
      return { plan: { ...plan, roles: { amount: 0, at: 1, customerId: 2 }, attributes: [], currency: 'CHF', columns: ['summe', 'tag', 'kunde'].map((name, index) => ({ index, name })) } }
    },
  ],
  render: (args, { loaded }) => <ImportWizard {...args} defaultPlan={loaded['plan'] as ImportPlan} />,
  play: async ({ canvasElement }) => {
    const canvas = within(canvasElement)
    await at(canvas, HEADING.check)
    await canvas.findByText('The settings kept from an earlier file fit this one and are used.')
    await canvas.findByText(/rows will be imported.*CHF/, { selector: 'strong' })
    await press(canvas, 'See the settings')
    await expect(select(canvas, /^Customer$/).selectedOptions[0]).toHaveTextContent('kunde')
  },
}

/** A saved plan for other columns is said, and new settings are suggested. */
export const SavedPlanMisfit: Story = {
  args: { defaultSource: csvFile(ordersCsv()) },
  loaders: [
    async () => {
      const { plan } = await importer.open('kunde,tag,summe\nA,2026-01-01,1.00\n')
      return { plan: { ...plan, columns: ['kunde', 'tag', 'summe'].map((name, index) => ({ index, name })) } }
    },
  ],
  render: (args, { loaded }) => <ImportWizard {...args} defaultPlan={loaded['plan'] as ImportPlan} />,
  play: async ({ canvasElement }) => {
    const canvas = within(canvasElement)
    await at(canvas, HEADING.map)
    await canvas.findByText(/do not fit this one: it has other columns\./)
  },
}

export const Dark: Story = { globals: { theme: 'dark' }, parameters: { backgrounds: { value: 'dark' } }, args: { defaultSource: csvFile(ordersCsv({ day: eitherWay })) } }

export const RightToLeft: Story = { name: 'RTL', globals: { direction: 'rtl' }, args: { defaultSource: csvFile(ordersCsv()) } }

const phone = (args: ImportWizardProps): ReactElement => (
  <div data-testid="phone">
    <style>{'[data-testid="phone"] { max-inline-size: 358px }'}</style>
    <ImportWizard {...args} />
  </div>
)

/** 358 pixels, as on a telephone. */
export const Narrow: Story = { render: phone, args: { defaultSource: csvFile(ordersCsv()) } }

/** Tables scroll inside themselves. */
export const NarrowCheck: Story = {
  render: phone,
  args: { defaultSource: csvFile(faultyCsv()), defaultStep: 'check' },
  play: async ({ canvasElement }) => {
    const canvas = within(canvasElement)
    await canvas.findByText(/rows are left out/, {}, { timeout: 10_000 })
    const root = canvasElement.querySelector('.crm-root')!
    await expect(root.scrollWidth).toBeLessThanOrEqual(root.clientWidth)
    await expect(canvas.getAllByRole('region').some((table) => table.scrollWidth > table.clientWidth)).toBe(true)
  },
}

export const Chinese: Story = {
  globals: { language: 'zh-Hans' },
  args: { defaultSource: csvFile(chinese, '订单.csv') },
  play: async ({ canvasElement }) => {
    const canvas = within(canvasElement)
    await at(canvas, '各列代表什么？')
    await press(canvas, '继续')
    await canvas.findByText(/^将导入 \d+ 行：/, { selector: 'strong' }, { timeout: 10_000 })
  },
}
