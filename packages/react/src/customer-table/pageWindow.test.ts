import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ROWS_PER_READ, addBookmark, createBookmarks, pagesOf, planRead, readSpan, spanOfPage } from './pageWindow.ts'
import type { Bookmarks, Span } from './pageWindow.ts'

/** A list of numbers behind keyset cursors: a cursor is the last number read, in the direction of reading. */
function listOf(length: number) {
  const requests: { direction: string; after: string | null; limit: number }[] = []
  const read = async (direction: 'forward' | 'backward', after: string | null, limit: number, from: number) => {
    requests.push({ direction, after, limit })
    const start = direction === 'forward' ? (after === null ? 0 : Number(after) + 1) : after === null ? length - 1 : Number(after) - 1
    const step = direction === 'forward' ? 1 : -1
    const all: number[] = []
    for (let row = start; row >= 0 && row < length && all.length < limit; row += step) all.push(row)
    const last = all.at(-1)
    const isEnd = last === undefined || last + step < 0 || last + step >= length
    return { count: all.length, rows: all.slice(from), next: isEnd ? null : String(last) }
  }
  return { read, requests }
}

const rowsOf = ({ start, end }: Span) => Array.from({ length: end - start }, (_, i) => start + i)

describe('readSpan', () => {
  it('reads any page in any order exactly, whatever was read before', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 700 }), fc.integer({ min: 1, max: 60 }), fc.array(fc.nat(), { minLength: 1, maxLength: 12 }), async (total, pageSize, picks) => {
        const { read } = listOf(total)
        const bookmarks = createBookmarks(total)
        const pages = Math.ceil(total / pageSize)
        for (const pick of picks) {
          const span = spanOfPage(pick % pages, pageSize, total)
          expect(await readSpan(span, total, bookmarks, read)).toEqual({ rows: rowsOf(span), agrees: true })
        }
      }),
    )
  })

  it('reaches the last page of 100,000 rows with one request for that page alone', async () => {
    const { read, requests } = listOf(100_000)
    const span = spanOfPage(499, 200, 100_000)
    await readSpan(span, 100_000, createBookmarks(100_000), read)
    expect(requests).toEqual([{ direction: 'backward', after: null, limit: 200 }])
  })

  it('reaches the middle of 100,000 rows in eight requests of at most 10,000 rows, and goes on from there at six times the rows shown or less', async () => {
    const { read, requests } = listOf(100_000)
    const bookmarks = createBookmarks(100_000)
    await readSpan(spanOfPage(250, 200, 100_000), 100_000, bookmarks, read)
    expect(requests).toHaveLength(8)
    expect(Math.max(...requests.map(({ limit }) => limit))).toBe(ROWS_PER_READ)
    // Onward from a jump that came from the tail is against its direction: about five rows are read for each one shown.
    const before = requests.length
    for (let page = 251; page <= 290; page += 1) await readSpan(spanOfPage(page, 200, 100_000), 100_000, bookmarks, read)
    const rowsRead = requests.slice(before).reduce((sum, { limit }) => sum + limit, 0)
    expect(rowsRead).toBeLessThanOrEqual(6 * 40 * 200)
  })

  it('says so when the list ends before or after the place it was counted to end', async () => {
    for (const [length, counted] of [[85, 100], [115, 100], [100, 100]] as const) {
      const { read } = listOf(length)
      const bookmarks = createBookmarks(null)
      const answers = []
      for (let page = 0; page * 10 < Math.min(length, counted); page += 1) {
        answers.push(await readSpan(spanOfPage(page, 10, counted), counted, bookmarks, read))
      }
      expect(answers.at(-1)?.agrees).toBe(length === counted)
      expect(answers.slice(0, -1).every(({ agrees }) => agrees)).toBe(true)
    }
  })
})

describe('planRead', () => {
  it('goes the shorter way', () => {
    const bookmarks: Bookmarks = { forward: [{ position: 0, cursor: null }, { position: 400, cursor: 'a' }], backward: [{ position: 1000, cursor: null }] }
    expect(planRead({ start: 600, end: 700 }, bookmarks)).toEqual({ direction: 'forward', from: { position: 400, cursor: 'a' }, rows: 300 })
    expect(planRead({ start: 800, end: 900 }, bookmarks)).toEqual({ direction: 'backward', from: { position: 1000, cursor: null }, rows: 200 })
  })
})

describe('addBookmark', () => {
  it('keeps the list ascending and knows each place once', () => {
    const list = [{ position: 0, cursor: null as string | null }]
    for (const position of [50, 20, 50, 0, 30]) addBookmark(list, { position, cursor: String(position) })
    expect(list.map(({ position }) => position)).toEqual([0, 20, 30, 50])
    expect(list[0]?.cursor).toBeNull()
  })
})

describe('pagesOf', () => {
  it('names the pages that a range of rows touches, inside the list', () => {
    expect(pagesOf(95, 105, 100, 1000)).toEqual([0, 1])
    expect(pagesOf(990, 1200, 100, 1000)).toEqual([9])
    expect(pagesOf(0, 20, 100, 0)).toEqual([])
  })
})
