import { createCsvImporter } from '@crm/adapter-csv'
import { createCallContext, createMemoryAdapter } from '@crm/core/adapter'
import type { ImportFile, ImportPlan, ImportResult, TableImporter } from '@crm/core/adapter'
import { createClient } from '@crm/core/client'
import { AdapterError } from '@crm/core/errors'
import { rfmGridOperation } from '@crm/core/rfm'
import { cleanup, fireEvent, render, screen, waitFor, within } from '@testing-library/react'
import { StrictMode, useState } from 'react'
import type { ReactElement } from 'react'
import { hydrateRoot } from 'react-dom/client'
import { renderToString } from 'react-dom/server'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { userEvent } from 'vitest/browser'
import { CrmProvider } from '../provider/index.ts'
import '../styles.css'
import './ImportWizard.css'
import { ImportWizard } from './ImportWizard.tsx'
import type { ImportWizardProps } from './ImportWizard.tsx'
import type { ImportStep, ImportStepReason } from './useImportWizard.ts'
import { csvFile, faultyCsv, haltingImport, isoDay, ordersCsv } from './testing/importFiles.ts'

afterEach(cleanup)

const importer = createCsvImporter({ timeZone: 'Europe/Berlin' })
const client = createClient(createMemoryAdapter({ timeZone: 'UTC', currency: 'EUR', data: {} }))

function page(props: Partial<ImportWizardProps> = {}): ReactElement {
  return (
    <StrictMode>
      <CrmProvider client={client} theme="light">
        <ImportWizard importer={importer} onImported={() => {}} {...props} />
      </CrmProvider>
    </StrictMode>
  )
}

const heading = (name: string): Promise<HTMLElement> => screen.findByRole('heading', { name, level: 4 }, { timeout: 10_000 })
const button = (name: string | RegExp): Promise<HTMLElement> => screen.findByRole('button', { name }, { timeout: 10_000 })
const press = async (name: string | RegExp): Promise<void> => userEvent.click(await button(name))
const select = (name: RegExp): HTMLSelectElement => screen.getByRole('combobox', { name })
const chosen = (name: RegExp): string => select(name).selectedOptions[0]!.textContent
const said = (): string => document.querySelector('[aria-live="polite"]')!.textContent

/** Presses Tab until the focus is where it should be: what cannot be reached this way cannot be used by keyboard. */
async function tabTo(isThere: (element: Element) => boolean): Promise<void> {
  for (let presses = 0; presses < 60; presses++) {
    await userEvent.keyboard('{Tab}')
    if (isThere(document.activeElement!)) return
  }
  throw new Error(`not reached by Tab; the focus is on ${document.activeElement?.outerHTML.slice(0, 200)}`)
}

describe('the whole way', () => {
  test('by keyboard alone a file of one column without a name that tells becomes customers whose figures are those of the file', async () => {
    const onImported = vi.fn<(result: ImportResult) => void>()
    render(page({ onImported }))
    await tabTo((one) => one instanceof HTMLInputElement && one.type === 'file')
    // The browser's own chooser opens on Enter or Space; what it hands over is this.
    await userEvent.upload(document.activeElement!, csvFile(ordersCsv({ header: ['order_id', 'who', 'customer_name', 'city', 'purchase_date', 'product_id', 'amount (EUR)'] })))
    await waitFor(async () => expect(document.activeElement).toBe(await heading('What do the columns mean?')))
    expect(screen.getByRole('navigation', { name: 'Steps of the import' }).querySelector('[aria-current="step"]')!.textContent).toBe('2Columns')

    await tabTo((one) => one === screen.getByRole('button', { name: 'Continue' }))
    await userEvent.keyboard('{Enter}')
    const customer = select(/^Customer needed$/)
    await waitFor(() => expect(document.activeElement).toBe(customer))
    expect(customer.getAttribute('aria-invalid')).toBe('true')
    expect(document.getElementById(customer.getAttribute('aria-describedby')!.split(' ')[0]!)!.textContent).toBe('Choose the column that says who bought.')
    await userEvent.keyboard('who')
    await waitFor(() => expect(chosen(/^Customer$/)).toBe('who'))

    await tabTo((one) => one === screen.getByRole('button', { name: 'Continue' }))
    await userEvent.keyboard('{Enter}')
    await waitFor(async () => expect(document.activeElement).toBe(await heading('Is it read as you mean it?')))
    const go = await button('Import 975 rows')
    await waitFor(() => expect(said()).toMatch(/^975 rows will be imported: 79 customers/))
    await tabTo((one) => one === go)
    await userEvent.keyboard('{Enter}')
    await waitFor(async () => expect(document.activeElement).toBe(await heading('Your data are here')), { timeout: 10_000 })
    expect(onImported).toHaveBeenCalledOnce()

    // Added up from the text itself.
    const rows = ordersCsv().trimEnd().split('\n').slice(1).map((line) => line.split(','))
    const { report, adapter } = onImported.mock.calls[0]![0]
    expect(report.rows).toBe(rows.length)
    const last = Math.max(...rows.map((row) => Date.parse(row[4]!)))
    const { data } = await createClient(adapter).run(rfmGridOperation, { spec: { asOf: last, timeZone: 'Europe/Berlin' } })
    expect(data.totals.customers).toBe(new Set(rows.map((row) => row[1])).size)
    expect(data.totals.revenue).toBe(rows.reduce((sum, row) => sum + Math.round(Number(row[6]) * 100), 0))
  })

  test('a plan that a host kept in the address leads the next file of the kind straight to the check', async () => {
    const kept: ImportPlan[] = []
    const first = render(page({ onPlanChange: (plan) => void kept.push(plan), defaultSource: csvFile(ordersCsv()) }))
    await heading('What do the columns mean?')
    first.unmount()
    const steps: string[] = []
    const saved = JSON.parse(JSON.stringify(kept.at(-1))) as ImportPlan
    render(page({ defaultPlan: saved, onStepChange: (step, { reason }) => void steps.push(`${step} ${reason}`) }))
    await userEvent.upload(screen.getByLabelText('Choose a file'), csvFile(ordersCsv({ customers: 20 }), 'july.csv'))
    await heading('Is it read as you mean it?')
    expect(steps).toEqual(['check file'])
  })
})

describe('going back', () => {
  test('keeps mapping, settings and the file; an unchanged plan is not checked again', async () => {
    const dryRun = vi.fn<TableImporter['dryRun']>((...args) => importer.dryRun(...args))
    render(page({ importer: { ...importer, dryRun }, defaultSource: csvFile(ordersCsv()) }))
    await heading('What do the columns mean?')
    await userEvent.selectOptions(select(/^Category$/), 'city')
    await userEvent.click(screen.getByText('How the file is read'))
    await userEvent.selectOptions(select(/^Currency$/), 'CHF')
    await press('Continue')
    await button('Import 975 rows')
    const checks = dryRun.mock.calls.length
    await press('Back')
    expect(chosen(/^Category$/)).toBe('city')
    await press('Back')
    await screen.findByText('orders.csv')
    await press('Continue')
    expect(chosen(/^Category$/)).toBe('city')
    expect(chosen(/^Currency$/)).toMatch(/^CHF/)
    await press('Continue')
    await button('Import 975 rows')
    expect(dryRun.mock.calls.length).toBe(checks)
    expect(dryRun.mock.lastCall![1]).toMatchObject({ currency: 'CHF', roles: { category: 3 } })
  })

  test('a file that was mended is read with the answers that were given', async () => {
    const header = ['order_id', 'who', 'customer_name', 'city', 'purchase_date', 'product_id', 'amount (EUR)']
    const good = ordersCsv({ header })
    render(page({ defaultSource: csvFile(`${good}O-9,"C-1,x,y,2026-01-01,P,1\n`.repeat(1)) }))
    // Its beginning ends in the open quote, so it is refused at once.
    expect((await screen.findByRole('alert')).textContent).toContain('orders.csv cannot be read')
    await userEvent.upload(screen.getByLabelText('Choose a file'), csvFile(good))
    await heading('What do the columns mean?')
    await userEvent.selectOptions(select(/^Customer needed$/), 'who')
    await press('Back')
    await userEvent.upload(screen.getByLabelText('Choose another file'), csvFile(ordersCsv({ header, customers: 30 })))
    await heading('Is it read as you mean it?')
    await button(/^Import 409 rows$/)
  })

  test('reading the columns anew keeps what was chosen where they are as many', async () => {
    render(page({ defaultSource: csvFile(ordersCsv()) }))
    await heading('What do the columns mean?')
    await userEvent.selectOptions(select(/^Category$/), 'city')
    await userEvent.click(screen.getByText('How the file is read'))
    await userEvent.selectOptions(select(/^First row$/), 'no')
    await waitFor(() => expect(chosen(/^Category$/)).toBe('Column 4'))
    await userEvent.selectOptions(select(/^Columns are parted by$/), '|')
    await waitFor(() => expect(select(/^Date needed$/).options).toHaveLength(2))
  })
})

describe('a host that keeps the steps', () => {
  function Host({ log }: { readonly log: string[] }): ReactElement {
    const [history, setHistory] = useState<readonly { step: ImportStep; plan: ImportPlan | null }[]>([{ step: 'check', plan: null }])
    const here = history.at(-1)!
    const go = (step: ImportStep, reason: ImportStepReason): void => {
      log.push(`${step} ${reason}`)
      setHistory((before) => (reason === 'unreachable' ? [...before.slice(0, -1), { ...before.at(-1)!, step }] : [...before, { ...before.at(-1)!, step }]))
    }
    return (
      <>
        <button type="button" onClick={() => setHistory((before) => before.slice(0, -1))}>Browser back</button>
        {page({ step: here.step, plan: here.plan, onStepChange: (step, { reason }) => go(step, reason), onPlanChange: (plan) => setHistory((before) => [...before.slice(0, -1), { ...before.at(-1)!, plan }]) })}
      </>
    )
  }

  test('a step that cannot be reached is given back as unreachable; back and forth lead through the steps', async () => {
    const log: string[] = []
    render(<Host log={log} />)
    await heading('Which file?')
    expect(new Set(log)).toEqual(new Set(['choose unreachable']))
    log.length = 0
    await userEvent.upload(screen.getByLabelText('Choose a file'), csvFile(ordersCsv()))
    await heading('What do the columns mean?')
    await press('Continue')
    await button('Import 975 rows')
    await press('Browser back')
    await heading('What do the columns mean?')
    await press('Browser back')
    await heading('Which file?')
    expect(log).toEqual(['map file', 'check next'])
  })

  test('the focus stays where it is when it is outside the wizard', async () => {
    render(<Host log={[]} />)
    await userEvent.upload(await screen.findByLabelText('Choose a file'), csvFile(ordersCsv()))
    await heading('What do the columns mean?')
    await press('Browser back')
    await heading('Which file?')
    expect(document.activeElement).toBe(screen.getByRole('button', { name: 'Browser back' }))
  })
})

describe('stopping', () => {
  test('leaving the page aborts what is being read', async () => {
    const signals: AbortSignal[] = []
    const onCancel = vi.fn()
    let reading: AbortSignal | null = null
    const watched: TableImporter = {
      ...importer,
      dryRun: (source, plan, options) => {
        const signal = options!.signal!
        signals.push(signal)
        const file = source as ImportFile
        return importer.dryRun({ name: file.name!, size: file.size!, stream: () => ((reading = signal), file.stream()) }, plan, options)
      },
    }
    const { unmount } = render(page({ ...haltingImport(watched, 'dryRun', ordersCsv(), onCancel), defaultStep: 'check' }))
    await screen.findByRole('progressbar', { name: /^Reading orders\.csv…$/ }, { timeout: 10_000 })
    // In strict mode the first reading ends at once; the one that stays must have opened the file.
    await waitFor(() => expect([signals.at(-1)?.aborted, reading === signals.at(-1)]).toEqual([false, true]))
    onCancel.mockClear()
    unmount()
    expect(signals.every(({ aborted }) => aborted)).toBe(true)
    // The file is let go of, too.
    await waitFor(() => expect(onCancel).toHaveBeenCalled())
  })

  test('of an import leaves nothing behind, tells nobody, and it can be started again', async () => {
    const onImported = vi.fn()
    const telling: TableImporter = {
      ...importer,
      run: (source, plan, options) => {
        options!.onProgress!({ phase: 'reading', rows: 1490, bytes: 27_000, share: 0.4599 })
        return importer.run(source, plan, options)
      },
    }
    render(page({ onImported, ...haltingImport(telling, 'run', ordersCsv()), defaultStep: 'check' }))
    await press('Import 975 rows')
    const bar = await screen.findByRole('progressbar', { name: 'Importing orders.csv…' })
    await waitFor(() => expect(bar.getAttribute('aria-valuetext')).toBe('45%, 1,490 rows read'))
    expect((bar as HTMLProgressElement).value).toBeCloseTo(0.4599)
    await waitFor(() => expect(said()).toBe('45%, 1,490 rows read'))
    await press('Stop')
    await screen.findByText(/The import was stopped\. Nothing was taken over\./)
    expect(onImported).not.toHaveBeenCalled()
    await waitFor(async () => expect(document.activeElement).toBe(await heading('Import')))
    await press('Import again')
    await screen.findByRole('progressbar')
    await press('Stop')
    await press('Back')
    await button('Import 975 rows')
  })

  test('the back button of the browser during an import stops it', async () => {
    const onImported = vi.fn()
    const props = { onImported, ...haltingImport(importer, 'run', ordersCsv()) }
    const view = render(page({ ...props, step: 'check' }))
    await press('Import 975 rows')
    view.rerender(page({ ...props, step: 'import' }))
    await screen.findByRole('progressbar', { name: /^Importing/ })
    view.rerender(page({ ...props, step: 'check' }))
    await heading('Is it read as you mean it?')
    view.rerender(page({ ...props, step: 'import' }))
    await screen.findByText('975 rows are waiting.')
    expect(screen.queryByRole('progressbar')).toBeNull()
  })
})

describe('what goes wrong', () => {
  test('a failed import keeps everything and is tried again', async () => {
    let fails = true
    const flaky: TableImporter = { ...importer, run: (...args) => (fails ? Promise.reject(new AdapterError('INTERNAL')) : importer.run(...args)) }
    const onImported = vi.fn()
    render(page({ importer: flaky, onImported, defaultSource: csvFile(ordersCsv()), defaultStep: 'check' }))
    await press('Import 975 rows')
    expect((await screen.findByRole('alert')).textContent).toContain('orders.csv could not be imported')
    fails = false
    await press('Try again')
    await heading('Your data are here')
    expect(onImported).toHaveBeenCalledOnce()
  })

  test('a folder, which a browser lets anybody drop, is said', async () => {
    const folder = { name: 'orders', size: 4096, stream: () => new ReadableStream<Uint8Array>({ pull: (controller) => controller.error(new DOMException('It is a directory', 'NotReadableError')) }) }
    render(page({ defaultSource: folder }))
    expect((await screen.findByRole('alert')).textContent).toContain('It may have been moved or changed, or it is a folder.')
  })

  test('two files dropped at once are refused, one is read', async () => {
    render(page())
    const zone = (await heading('Which file?')).closest('.crm-import')!.querySelector('.crm-import-drop')!
    const drop = (...files: File[]): void => {
      const dataTransfer = new DataTransfer()
      for (const file of files) dataTransfer.items.add(file)
      fireEvent(zone, new DragEvent('dragover', { bubbles: true, cancelable: true, dataTransfer }))
      expect(zone.hasAttribute('data-over')).toBe(true)
      fireEvent(zone, new DragEvent('drop', { bubbles: true, cancelable: true, dataTransfer }))
      expect(zone.hasAttribute('data-over')).toBe(false)
    }
    drop(csvFile(ordersCsv()), csvFile(ordersCsv(), 'b.csv'))
    expect((await screen.findByRole('alert')).textContent).toContain('Drop one file.')
    drop(csvFile(ordersCsv()))
    await heading('What do the columns mean?')
  })

  test('rows left out come down as a file with their lines', async () => {
    render(page({ defaultSource: csvFile(faultyCsv()), defaultStep: 'check' }))
    const names: string[] = []
    const blobs: Blob[] = []
    const click = vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(function (this: HTMLAnchorElement) {
      names.push(this.download)
    })
    const create = vi.spyOn(URL, 'createObjectURL').mockImplementation((blob) => (blobs.push(blob as Blob), 'blob:x'))
    await press('Download the rows left out')
    click.mockRestore()
    create.mockRestore()
    expect(names).toEqual(['orders – rows left out.csv'])
    const lines = (await blobs[0]!.text()).trim().split('\r\n')
    expect(lines).toHaveLength(8)
    expect(lines.map((line) => Number.parseInt(line, 10)).slice(1)).toEqual([17, 60, 61, 90, 91, 140, 978])
  })
})

describe('narrow', () => {
  test.each([['map', 'What do the columns mean?'], ['check', 'Is it read as you mean it?']] as const)('at 358 pixels nothing of step %s leaves the root; tables scroll inside themselves', async (step, name) => {
    const { container } = render(<div id="phone"><style>{'#phone{width:358px}'}</style>{page({ defaultSource: csvFile(faultyCsv()), defaultStep: step })}</div>)
    await heading(name)
    if (step === 'check') await button(/^Import/)
    const root = container.querySelector('.crm-root')!
    const { right } = root.getBoundingClientRect()
    expect(root.scrollWidth).toBeLessThanOrEqual(root.clientWidth)
    const controls = [...root.querySelectorAll('button, select, .crm-import-scroll')].filter((control) => control.checkVisibility())
    expect(controls.length).toBeGreaterThan(3)
    for (const control of controls) expect(control.getBoundingClientRect().right, control.outerHTML.slice(0, 80)).toBeLessThan(right)
  })
})

describe('strict content security policy', () => {
  test("under style-src 'self' nothing is violated on the way to the check", async () => {
    const frame = document.createElement('iframe')
    const isLoaded = new Promise((resolve) => frame.addEventListener('load', resolve))
    frame.srcdoc = `<meta http-equiv="Content-Security-Policy" content="style-src 'self'"><div id="app"></div>`
    document.body.append(frame)
    await isLoaded
    const inside = frame.contentDocument!
    const violations: string[] = []
    inside.addEventListener('securitypolicyviolation', (event) => violations.push(event.violatedDirective))
    const container = inside.getElementById('app')!
    const view = render(page({ defaultSource: csvFile(faultyCsv()), defaultStep: 'check' }), { container })
    await within(container).findByRole('button', { name: /^Import/ }, { timeout: 10_000 })
    expect(container.querySelector('[style]')).toBeNull()
    expect(violations).toEqual([])
    // The policy is at work: an attribute is refused.
    container.setAttribute('style', 'color: red')
    await waitFor(() => expect(violations).toHaveLength(1))
    view.unmount()
    frame.remove()
  })
})

describe('server rendering', () => {
  test('hydration takes over the first step without a complaint', async () => {
    const container = document.createElement('div')
    container.innerHTML = renderToString(page())
    document.body.append(container)
    const input = container.querySelector('input[type="file"]')!
    const consoleError = vi.spyOn(console, 'error').mockImplementation(() => {})
    const onRecoverableError = vi.fn()
    const root = hydrateRoot(container, page(), { onRecoverableError })
    await waitFor(() => expect(Object.keys(input).some((key) => key.startsWith('__reactProps'))).toBe(true))
    await userEvent.upload(input, csvFile(ordersCsv({ day: isoDay })))
    await heading('What do the columns mean?')
    expect(onRecoverableError).not.toHaveBeenCalled()
    expect(consoleError).not.toHaveBeenCalled()
    consoleError.mockRestore()
    root.unmount()
    container.remove()
  })
})

test('the adapter that an import gives answers on its own', async () => {
  const { plan } = await importer.open(ordersCsv())
  const { adapter } = await importer.run(ordersCsv(), plan)
  expect((await adapter.schema(createCallContext())).sets.map(({ name }) => name)).toContain('transactions')
})
