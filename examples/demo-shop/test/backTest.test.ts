import { createMemoryAdapter } from '@crm/core/adapter'
import { createClient } from '@crm/core/client'
import { backTestOperation, type BackTestRequest, type BackTestResult } from '@crm/core/recommend'
import { describe, expect, test } from 'vitest'
import { makeDemoShop, type DemoShopOptions } from '../src/index.ts'

/** Would it have worked in the last 90 days? With the strategies that a scorecard shows by default. */
async function backTest(options: DemoShopOptions, request: Partial<BackTestRequest> = {}): Promise<BackTestResult> {
  const shop = makeDemoShop(options)
  return (await createClient(createMemoryAdapter(shop)).run(backTestOperation, { preferences: { from: 'transactions', asOf: shop.asOf }, ...request })).data
}

const ndcgOf = ({ rows }: BackTestResult, name: string): number => rows.find((row) => row.name === name)?.figures.ndcg.value ?? NaN

describe('the back-test of the demo shop', () => {
  test('of full size: a signal, and the best strategy has four times the NDCG of popularity', async () => {
    // Weights and sizes as they are: choosing them takes most of the time.
    const result = await backTest({}, { chooseWeights: false, samples: 200 })
    expect(result.verdict).toBe('signal')
    expect(result.chosen.kind).not.toBe('popularity')
    expect(result.rows[0]?.figures.ndcg.value).toBeGreaterThan(4 * ndcgOf(result, 'popularity'))
  }, 120_000)

  test('of 300 customers, as in a story: a signal as well', async () => {
    const result = await backTest({ customers: 300 })
    expect(result.verdict).toBe('signal')
    expect(result.rows[0]?.figures.ndcg.value).toBeGreaterThan(1.5 * ndcgOf(result, 'popularity'))
  }, 60_000)

  test('of 1,000 customers: a signal with the tastes, none without, and then popularity is chosen', async () => {
    const [result, control] = [await backTest({ customers: 1000 }), await backTest({ customers: 1000, effects: { affinities: false } })]
    expect([result.verdict, control.verdict]).toEqual(['signal', 'noSignal'])
    expect(control.chosen.kind).toBe('popularity')
  }, 60_000)
})
