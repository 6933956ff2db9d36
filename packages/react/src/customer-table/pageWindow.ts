/**
 * Where pages of a long, keyset-paged list come from. A cursor leads only onward, so any place in the list is reached
 * from the nearest place already known: the head, the tail (the same list read in reversed order), or the far end of
 * a page read before. Those places are bookmarks; they are kept when the rows of their page are let go.
 */

/** A place from which reading goes on. `position` counts the rows before it; `cursor` is null at an edge of the list. */
export interface Bookmark {
  readonly position: number
  readonly cursor: string | null
}

/** Bookmarks of one list, ascending by position. */
export interface Bookmarks {
  readonly forward: Bookmark[]
  readonly backward: Bookmark[]
}

/** Rows `start` .. `end - 1`. */
export interface Span {
  readonly start: number
  readonly end: number
}

/** Which way to read, from where, and how many rows until the span is covered. */
export interface ReadPlan {
  readonly direction: 'forward' | 'backward'
  readonly from: Bookmark
  readonly rows: number
}

/** What one request brought, in the direction of reading: `count` rows, of which those from the place asked for. */
export interface ReadChunk<Row> {
  readonly count: number
  readonly rows: readonly Row[]
  readonly next: string | null
}

/** One request of a jump reads at most this many rows: 10,000 rows of eight numbers are 640 kB. */
export const ROWS_PER_READ = 10_000

/** Bookmarks of a list of which nothing is known but its edges. `total` is null until it is counted. */
export function createBookmarks(total: number | null): Bookmarks {
  return {
    forward: [{ position: 0, cursor: null }],
    backward: total === null ? [] : [{ position: total, cursor: null }],
  }
}

/** Rows of page `page`. Without a total the page is taken to be full. */
export function spanOfPage(page: number, pageSize: number, total: number | null): Span {
  const start = page * pageSize
  const end = start + pageSize
  return { start, end: total === null ? end : Math.max(start, Math.min(end, total)) }
}

/** The shortest way to a span; forward when both ways are equally long. */
export function planRead(span: Span, bookmarks: Bookmarks): ReadPlan {
  let from: Bookmark = { position: 0, cursor: null }
  for (const bookmark of bookmarks.forward) {
    if (bookmark.position > span.start) break
    from = bookmark
  }
  const forward: ReadPlan = { direction: 'forward', from, rows: span.end - from.position }
  const behind = bookmarks.backward.find((bookmark) => bookmark.position >= span.end)
  if (behind === undefined || behind.position - span.start >= forward.rows) return forward
  return { direction: 'backward', from: behind, rows: behind.position - span.start }
}

/** Remembers a place, unless it is known. */
export function addBookmark(list: Bookmark[], bookmark: Bookmark): void {
  let at = list.length
  while (at > 0 && list[at - 1]!.position > bookmark.position) at -= 1
  if (at > 0 && list[at - 1]!.position === bookmark.position) return
  list.splice(at, 0, bookmark)
}

/** What a span turned out to hold. `agrees` is false when the list is longer or shorter than it was counted to be. */
export interface SpanRows<Row> {
  readonly rows: readonly Row[]
  readonly agrees: boolean
}

/** Reads `limit` rows and keeps those from row `from` of the answer on. */
export type ReadRows<Row> = (direction: ReadPlan['direction'], after: string | null, limit: number, from: number) => Promise<ReadChunk<Row>>

/**
 * Reads a span the shortest way, in as many requests as the distance needs, and leaves a bookmark after each.
 * Rows on the way to the span are dropped at once.
 */
export async function readSpan<Row>(span: Span, total: number, bookmarks: Bookmarks, read: ReadRows<Row>): Promise<SpanRows<Row>> {
  const { direction, from, rows } = planRead(span, bookmarks)
  const kept: Row[] = []
  const skipped = rows - (span.end - span.start)
  let { cursor } = from
  let done = 0
  while (done < rows) {
    const chunk = await read(direction, cursor, chunkSize(rows - done, rows - skipped), Math.max(0, skipped - done))
    kept.push(...chunk.rows)
    done += chunk.count
    cursor = chunk.next
    if (cursor === null) break
    const position = direction === 'forward' ? from.position + done : from.position - done
    addBookmark(bookmarks[direction], { position, cursor })
  }
  // At the far edge of the list the cursor is null, and nowhere else.
  const atEdge = direction === 'forward' ? from.position + done === total : from.position - done === 0
  if (direction === 'backward') kept.reverse()
  return { rows: kept, agrees: done === rows && atEdge === (cursor === null) }
}

/**
 * How many rows to read next. A jump nears its goal by three quarters of the way, so that bookmarks lie close together
 * around it: a cursor leads one way only, and who scrolls the other way after a jump starts from the bookmark beyond.
 */
function chunkSize(left: number, wanted: number): number {
  if (left > ROWS_PER_READ + wanted) return ROWS_PER_READ
  return left <= 2 * wanted ? left : Math.ceil(((left - wanted) * 3) / 4)
}

/** Pages that a range of rows touches. */
export function pagesOf(firstRow: number, lastRow: number, pageSize: number, total: number): number[] {
  if (total === 0) return []
  const first = Math.floor(Math.max(0, firstRow) / pageSize)
  const last = Math.floor(Math.min(lastRow, total - 1) / pageSize)
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, i) => first + i)
}
