import { createClient } from '@crm/core/client'
import { explainRfmCustomer, rRfmSegmentMap, rfmGridOperation } from '@crm/core/rfm'
import type { RfmCustomer, RfmGridResult, RfmSpecOptions } from '@crm/core/rfm'
import { expect, test } from 'vitest'
import { fillMessage } from '../messages/index.ts'
import { rfmGridMessages } from '../messages/rfmGrid.ts'
import { segmentReasonMessages } from '../messages/segmentReason.ts'
import { createFormatters } from '../provider/format.ts'
import { STORY_SPEC, storyAdapter } from '../testing/storyData.ts'
import { segmentReasonText } from './segmentReasonText.ts'
import type { SegmentReasonText } from './segmentReasonText.ts'
import type { ReasonWords } from './useSegmentReasonWords.ts'

const format = createFormatters('en')
const text: ReasonWords['text'] = (message, values) =>
  fillMessage(message, 'en', typeof values?.['count'] === 'number' ? { countText: format.number(values['count']), ...values } : values)
const tools: ReasonWords = { words: segmentReasonMessages, format, text, grid: { words: rfmGridMessages, format, text }, segmentName: ({ name }) => name, listSeparator: ', ' }

// Given cut points: every distance can be worked out by hand.
const THRESHOLDS = { method: 'thresholds', recencyDays: [30, 90, 180, 365], frequency: [1, 3, 6, 12], monetary: [10_000, 30_000, 60_000, 120_000] } as const

async function gridOf(spec: Partial<RfmSpecOptions> = {}): Promise<RfmGridResult> {
  return (await createClient(storyAdapter()).run(rfmGridOperation, { spec: { ...STORY_SPEC, scoring: THRESHOLDS, ...spec } })).data
}

async function reasonOf(customer: RfmCustomer, spec: Partial<RfmSpecOptions> = {}): Promise<SegmentReasonText> {
  const grid = await gridOf(spec)
  return segmentReasonText(tools, explainRfmCustomer(grid, customer), grid)
}

test('the sentence says what was bought and the scores that decide', async () => {
  const { sentence } = await reasonOf({ recencyDays: 12, orders: 13, revenue: 124_000 })
  expect(sentence).toBe('Champions: bought 12 days ago (R 5), 13 orders and €1,240.00 (FM 5).')
})

test('a map that looks at F and M apart gets both scores', async () => {
  const { sentence } = await reasonOf({ recencyDays: 0, orders: 1, revenue: 500 }, { segments: rRfmSegmentMap })
  expect(sentence).toBe('New Customers: bought today (R 5), 1 order (F 1) and €5.00 (M 1).')
})

test('distances to the next scores are those to the cut points', async () => {
  const { axes } = await reasonOf({ recencyDays: 100, orders: 5, revenue: 45_000 })
  expect(axes.map(({ scoreText, steps }) => [scoreText, ...steps])).toEqual([
    // R 3 is 91 to 180 days: 90 is the last day of R 4, 181 the first of R 2.
    ['R 3', 'R 4 needs a purchase in the last 90 days.', 'In 81 days without a purchase it falls to R 2.'],
    // F 3 is 4 to 6 orders.
    ['F 3', '2 more orders reach F 4.'],
    // M 3 is above 300 up to 600; M 2 ends at 300.00.
    ['M 3', '€150.01 more reaches M 4.', '€150.00 less, as after a return, is M 2.'],
  ])
})

test('one more step is said in the singular, and the highest score as such', async () => {
  const { axes } = await reasonOf({ recencyDays: 30, orders: 6, revenue: 500_000 })
  expect(axes.map(({ steps }) => steps[0])).toEqual(['This is the highest score.', '1 more order reaches F 4.', 'This is the highest score.'])
  expect(axes[0]!.steps[1]).toBe('In 1 day without a purchase it falls to R 4.')
})

test('the steps that would change the segment lead to it when they are taken', async () => {
  const grid = await gridOf()
  const customer = { recencyDays: 100, orders: 5, revenue: 45_000 }
  const explanation = explainRfmCustomer(grid, customer)
  expect(explanation.changes.length).toBeGreaterThan(0)
  const words = segmentReasonText(tools, explanation, grid).changes.map((change) => change.text)
  explanation.changes.forEach(({ axis, step, to }, index) => {
    const moved = { ...customer, [{ r: 'recencyDays', f: 'orders', m: 'revenue' }[axis]]: step.value }
    expect(explainRfmCustomer(grid, moved).segment).toEqual(to)
    expect(words[index]).toMatch(new RegExp(`: ${to.name}$`))
  })
})

test('the rule stands in words, with its scale where that is another one', async () => {
  expect((await reasonOf({ recencyDays: 12, orders: 13, revenue: 124_000 })).rule).toBe('Champions is R 5 and FM 4 to 5.')
  const ten = await reasonOf({ recencyDays: 0, orders: 40, revenue: 9_000_000 }, { scoring: { method: 'quantile', bins: 10 } })
  expect(ten.rule).toMatch(/, on a scale of 5\.$/)
  expect(ten.tier).toMatch(/, composite 30 of 30$/)
  const others = await reasonOf({ recencyDays: 400, orders: 1, revenue: 500 }, { segments: { id: 'one', bins: 5, segments: [{ id: 'best', name: 'Best', r: [5, 5] }], otherwise: { id: 'rest', name: 'The rest' } } })
  expect(others.rule).toBe('No rule matches, so it is The rest.')
})

test('a scale shows each score once, its own band, and the value inside of it', async () => {
  for (const customer of [{ recencyDays: 100, orders: 5, revenue: 45_000 }, { recencyDays: 0, orders: 1, revenue: -500 }, { recencyDays: 5000, orders: 400, revenue: 9e9 }]) {
    for (const { bands, position, scaleLabel, scoreText } of (await reasonOf(customer)).axes) {
      expect(bands.map(({ score }) => score)).toEqual([1, 2, 3, 4, 5])
      const own = bands.findIndex(({ isOwn }) => isOwn)
      expect(Math.floor(position * 5)).toBe(own)
      expect(scoreText.endsWith(String(own + 1))).toBe(true)
      for (const band of bands) expect(scaleLabel).toContain(band.rangeText)
    }
  }
})

test('money per order is said to be so', async () => {
  const { sentence, axes } = await reasonOf({ recencyDays: 12, orders: 4, revenue: 82_000 }, { monetary: 'mean' })
  expect(sentence).toContain('4 orders and €205.00 per order (FM')
  expect(axes[2]!.title).toBe('Revenue per order')
})
