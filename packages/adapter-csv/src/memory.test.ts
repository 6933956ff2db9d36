import type { ImportFile } from '@crm/core/adapter'
import { describe, expect, test } from 'vitest'
import { createCsvImporter } from './createCsvImporter.ts'
import { HEADER, planOf } from './testing/shop.ts'

const WIDE = `${HEADER.trim()},note\n`

/** A file that is written while it is read: nobody holds it. */
function generated(megabytes: number, claimedBytes: number | null, row: (i: number) => string): ImportFile & { pulled(): number } {
  let pulled = 0
  return {
    name: 'generated.csv',
    ...(claimedBytes === null ? {} : { size: claimedBytes }),
    pulled: () => pulled,
    async *stream() {
      const encoder = new TextEncoder()
      yield encoder.encode(WIDE)
      for (let i = 0; pulled < megabytes * 1e6; ) {
        let text = ''
        while (text.length < 256 * 1024) text += row(i++)
        pulled += text.length
        yield encoder.encode(text)
      }
    },
  }
}

const ownIds = (i: number): string => `customer-${i},order-${i},2024-01-01,p${i % 100},${i % 1000}.25,\n`
/** Few customers and orders, and columns that the plan does not keep. */
const fewIds = (i: number): string => `c${i % 1000},o${i % 5000},2024-01-01,p${i % 100},${i % 1000}.25,${'unused text '.repeat(40)}\n`

describe('a file of 2 GB', () => {
  test('is refused after 4 MB, with the estimate, when its columns would not fit', async () => {
    const source = generated(2000, 2e9, ownIds)
    const plan = await planOf(WIDE)
    for (const method of ['dryRun', 'run'] as const) {
      await expect(createCsvImporter()[method](source, plan)).rejects.toMatchObject({ code: 'RESOURCE_EXHAUSTED', details: { limitBytes: 2 ** 30, estimatedBytes: expect.toSatisfy((bytes: number) => bytes > 2 ** 30) } })
      expect(source.pulled()).toBeLessThan(16e6)
    }
  })

  test('is refused on the way when it does not say its size, before the limit is passed by much', async () => {
    const source = generated(2000, null, ownIds)
    const memoryLimitBytes = 20e6
    await expect(createCsvImporter({ memoryLimitBytes }).run(source, await planOf(WIDE))).rejects.toMatchObject({ code: 'RESOURCE_EXHAUSTED', details: { limitBytes: memoryLimitBytes } })
    expect(source.pulled()).toBeLessThan(40e6)
  })

  test('is streamed when the columns that are kept fit: 60 MB of it within 16 MB', async () => {
    const source = generated(60, null, fewIds)
    const { report } = await createCsvImporter({ memoryLimitBytes: 16e6 }).run(source, await planOf(WIDE))
    expect(report.rows).toBeGreaterThan(100_000)
    expect(report).toMatchObject({ rejected: 0, customers: 1000, orders: 5000 })
  }, 60_000)

  test('is read no faster than it is used', async () => {
    let ahead = 0
    let most = 0
    const file = generated(8, null, ownIds)
    const source: ImportFile = {
      async *stream() {
        for await (const chunk of file.stream() as AsyncIterable<Uint8Array>) {
          most = Math.max(most, ++ahead)
          yield chunk
          ahead--
        }
      },
    }
    await createCsvImporter().dryRun(source, await planOf(WIDE))
    expect(most).toBe(1)
  })

  test.each([0, -1, NaN])('a memory limit of %s is refused', (memoryLimitBytes) => {
    expect(() => createCsvImporter({ memoryLimitBytes })).toThrowError(expect.objectContaining({ code: 'OPTION_INVALID' }))
  })
})
