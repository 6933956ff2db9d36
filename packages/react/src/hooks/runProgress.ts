import type { CrmClient, RunProgress } from '@crm/core/client'

/** How far the runs of a client are, by operation and request: a query's fetcher tells, every widget of that query reads. */
interface Board {
  readonly progress: Map<string, RunProgress>
  readonly listeners: Set<() => void>
}

const boards = new WeakMap<CrmClient, Board>()

function boardOf(client: CrmClient): Board {
  let board = boards.get(client)
  if (board === undefined) boards.set(client, (board = { progress: new Map(), listeners: new Set() }))
  return board
}

/** @param progress null when the run has ended */
export function tellProgress(client: CrmClient, key: string, progress: RunProgress | null): void {
  const { progress: known, listeners } = boardOf(client)
  if (progress !== null) known.set(key, progress)
  else if (!known.delete(key)) return
  for (const tell of [...listeners]) tell()
}

export function readProgress(client: CrmClient, key: string): RunProgress | null {
  return boardOf(client).progress.get(key) ?? null
}

export function onProgress(client: CrmClient, tell: () => void): () => void {
  const { listeners } = boardOf(client)
  listeners.add(tell)
  return () => listeners.delete(tell)
}
