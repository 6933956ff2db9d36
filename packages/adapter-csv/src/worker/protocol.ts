import type { Column, ImportDraft, ImportFile, ImportOpenOptions, ImportPlan, ImportProgress } from '@crm/core/adapter'
import type { CrmErrorJSON } from '@crm/core/errors'
import type { BuiltSet } from '../build/setBuilder.ts'
import type { ReadTable } from '../readTable.ts'
import type { PlanHints } from '../suggest/suggestPlan.ts'

/** What a worker is asked; it serves one question and is ended. */
export type Job =
  | { readonly do: 'open'; readonly reading: NonNullable<ImportOpenOptions['reading']>; readonly hints: PlanHints }
  | { readonly do: 'read'; readonly plan: ImportPlan; readonly keepsRows: boolean; readonly memoryLimitBytes: number }

/** A Blob goes over as it is and is read there. Anything else is read here and its pieces are asked for one by one. */
export type SentSource =
  | { readonly kind: 'blob'; readonly blob: ImportFile }
  | { readonly kind: 'bytes'; readonly name: string | undefined; readonly size: number | undefined }
  | { readonly kind: 'text' }

export type ToWorker =
  | { readonly say: 'start'; readonly job: Job; readonly source: SentSource }
  /** null: the end. */
  | { readonly say: 'piece'; readonly piece: Uint8Array | string | null }

export type FromWorker =
  | { readonly say: 'more' }
  | { readonly say: 'progress'; readonly progress: ImportProgress }
  /** The next words of a dictionary: in pieces, so that no message is felt where it arrives. */
  | { readonly say: 'words'; readonly dictionary: number; readonly words: readonly string[] }
  | { readonly say: 'draft'; readonly draft: ImportDraft }
  | { readonly say: 'table'; readonly table: SentTable }
  | { readonly say: 'error'; readonly error: CrmErrorJSON; readonly cause?: string }

type SentColumn = Exclude<Column, { readonly kind: 'text' }> | { readonly kind: 'text'; readonly codes: Int32Array; readonly dictionary: number }

export interface SentTable extends Omit<ReadTable, 'sets'> {
  readonly sets: readonly (Omit<BuiltSet, 'columns'> & { readonly columns: readonly SentColumn[] })[]
}

/** Words in one message: a structured clone of so many short texts takes about a millisecond. */
const WORDS_PER_MESSAGE = 4096

/** Sends the words of all dictionaries, then the columns; arrays are moved. */
export function sendTable(table: ReadTable, post: (message: FromWorker, moved: ArrayBuffer[]) => void): void {
  const numbers = new Map<readonly string[], number>()
  const moved = new Set<ArrayBuffer>()
  const sets = table.sets.map((set) => ({
    ...set,
    columns: set.columns.map((column): SentColumn => {
      if (column.kind !== 'text') {
        moved.add(column.values.buffer as ArrayBuffer)
        if (column.validity !== undefined) moved.add(column.validity.buffer as ArrayBuffer)
        return column
      }
      moved.add(column.codes.buffer as ArrayBuffer)
      let number = numbers.get(column.dictionary)
      if (number === undefined) {
        numbers.set(column.dictionary, (number = numbers.size))
        for (let from = 0; from < column.dictionary.length; from += WORDS_PER_MESSAGE) {
          post({ say: 'words', dictionary: number, words: column.dictionary.slice(from, from + WORDS_PER_MESSAGE) }, [])
        }
      }
      return { kind: 'text', codes: column.codes, dictionary: number }
    }),
  }))
  post({ say: 'table', table: { ...table, sets } }, [...moved])
}

/** The table as it was: columns that shared a dictionary share it again. */
export function receiveTable(table: SentTable, dictionaries: readonly (readonly string[])[]): ReadTable {
  const sets = table.sets.map((set) => ({
    ...set,
    columns: set.columns.map((column): Column => (column.kind === 'text' ? { ...column, dictionary: dictionaries[column.dictionary] ?? [] } : column)),
  }))
  return { ...table, sets }
}
