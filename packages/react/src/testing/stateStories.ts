import type { CrmClient } from '@crm/core/client'
import { createClient } from '@crm/core/client'
import { expect, fn, userEvent, waitFor, within } from 'storybook/test'
import { STORY_SPEC, emptyAdapter, failingAdapter, partialAdapter, recoveringAdapter, waitingAdapter } from './storyData.ts'

/** The states that every widget has, as stories: what each asks of the widget is the same everywhere, in any language. */
interface StateStory<Args = object> {
  readonly args?: Args
  readonly parameters: { readonly client?: () => CrmClient }
  readonly play: (context: { readonly canvasElement: HTMLElement; readonly args: object; readonly loaded: Readonly<Record<string, unknown>> }) => Promise<void>
}

/** What stands there once there are figures. */
type Ready = 'grid' | 'listbox' | 'slider' | 'region'

const ready = (canvasElement: HTMLElement, role: Ready): Promise<HTMLElement[]> => within(canvasElement).findAllByRole(role, {}, { timeout: 15_000 })

export const emptyState: StateStory = {
  parameters: { client: () => createClient(emptyAdapter()) },
  play: async ({ canvasElement }) => {
    await waitFor(() => expect(canvasElement.querySelector('[data-kind="empty"]')).toBeVisible())
  },
}

const nobody = { label: 'Customers in Oslo', where: { op: 'eq', field: 'city', value: 'Oslo' }, ranges: [] } as const

/** The selection that the widget was asked with leaves nobody; its button clears it. */
export const noMatchState: StateStory<{ request: { spec: typeof STORY_SPEC; selection: typeof nobody }; onClearFilter: () => void }> = {
  args: { request: { spec: STORY_SPEC, selection: nobody }, onClearFilter: fn() },
  parameters: {},
  play: async ({ canvasElement, args }) => {
    const clear = await waitFor(() => canvasElement.querySelector('[data-kind="noMatch"] button') ?? Promise.reject(new Error('no button')))
    await userEvent.click(clear)
    await expect((args as { readonly onClearFilter: () => void }).onClearFilter).toHaveBeenCalledOnce()
  },
}

export const partialState: StateStory = {
  parameters: { client: () => createClient(partialAdapter()) },
  play: async ({ canvasElement }) => {
    await within(canvasElement).findByText(/shard 3 of 4/)
  },
}

/** @param answers how many questions the widget asks until it is drawn; later ones are not answered */
export function staleState(role: Ready, answers = 1): StateStory {
  return {
    parameters: { client: () => createClient(waitingAdapter(answers)) },
    play: async ({ canvasElement, loaded }) => {
      await ready(canvasElement, role)
      ;(loaded['client'] as CrmClient).invalidate()
      await waitFor(() => expect(canvasElement.querySelector('[data-stale]')).not.toBeNull())
      await expect((await ready(canvasElement, role))[0]).toBeVisible()
    },
  }
}

/** @param failures how many questions fail before the source recovers */
export function errorState(role: Ready, failures = 1): StateStory {
  return {
    parameters: { client: () => createClient(recoveringAdapter('UNAVAILABLE', failures)) },
    play: async ({ canvasElement }) => {
      const alert = await within(canvasElement).findByRole('alert')
      await expect(alert).toHaveTextContent('UNAVAILABLE')
      await userEvent.click(within(alert).getByRole('button'))
      await expect((await ready(canvasElement, role))[0]).toBeVisible()
    },
  }
}

export const forbiddenState: StateStory = {
  parameters: { client: () => createClient(failingAdapter('FORBIDDEN')) },
  play: async ({ canvasElement }) => {
    const alert = await within(canvasElement).findByRole('alert')
    await expect(alert).toHaveTextContent('FORBIDDEN')
    await expect(within(alert).queryByRole('button')).toBeNull()
  },
}
