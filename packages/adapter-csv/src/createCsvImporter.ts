import type { DataAdapter, ImportDraft, ImportOpenOptions, ImportOptions, ImportPlan, ImportResult, ImportSource, ImportTrial, TableImporter } from '@crm/core/adapter'
import type { WorkerPort } from '@crm/core/client'
import { InvalidInputError } from '@crm/core/errors'
import { createBreaks } from './breaks.ts'
import { MOST_BYTES, sizeOf } from './reading.ts'
import type { ReadTable } from './readTable.ts'
import { askWorker } from './worker/askWorker.ts'

export interface CsvImporterOptions {
  /**
   * Makes the worker that reads files, one for each call: `() => new Worker(new URL('@crm/adapter-csv/worker-entry',
   * import.meta.url), { type: 'module' })`. Without it files are read here, in slices of 8 ms.
   */
  readonly worker?: () => WorkerPort | Promise<WorkerPort>
  /** Columns may take so much memory; a file that needs more is refused as soon as that shows. Default 1 GiB. */
  readonly memoryLimitBytes?: number
  /** IANA zone that `open` suggests instead of that of the machine. */
  readonly timeZone?: string
  /** ISO 4217: what `open` suggests instead of what the values say. */
  readonly currency?: string
}

/**
 * Reads CSV files into a data adapter in memory: suggests how, tries it, reports, builds.
 *
 * Ids stay text with their zeros, amounts are exact, days and months are never guessed silently. A file is read all or
 * nothing: a quote that is never closed, an abort or too little memory leave no data behind.
 *
 * @throws InvalidInputError `OPTION_INVALID` for the memory limit
 * @example
 * const importer = createCsvImporter()
 * const { plan } = await importer.open(file)
 * const { adapter, report } = await importer.run(file, plan)
 */
export function createCsvImporter(options: CsvImporterOptions = {}): TableImporter {
  const { worker, memoryLimitBytes = 2 ** 30, timeZone, currency } = options
  if (!(memoryLimitBytes > 0)) {
    throw new InvalidInputError('OPTION_INVALID', 'The memory limit of the importer is no positive number of bytes. No file could be read within it. Leave it out, or pass for example 2 ** 30.', { option: 'memoryLimitBytes' })
  }
  const hints = { timeZone, currency }

  function settled({ signal = new AbortController().signal, onProgress = () => {} }: ImportOptions): Required<ImportOptions> {
    signal.throwIfAborted()
    return { signal, onProgress: (progress) => onProgress(Object.freeze(progress)) }
  }

  // The parser and what builds columns are loaded where they work: in the worker, or here where there is none.
  async function read(source: ImportSource, plan: ImportPlan, keepsRows: boolean, call: Required<ImportOptions>): Promise<ReadTable> {
    if (worker !== undefined) return askWorker(worker, { do: 'read', plan, keepsRows, memoryLimitBytes }, source, call) as Promise<ReadTable>
    const { readTable } = await import('./readTable.ts')
    return readTable(source, plan, { ...call, keepsRows, memoryLimitBytes, breaks: createBreaks(call.signal, 'page') })
  }

  return Object.freeze({
    accept: '.csv,.tsv,.txt,text/csv,text/tab-separated-values',
    isLocal: true,

    async open(source: ImportSource, { reading = {}, ...rest }: ImportOpenOptions = {}): Promise<ImportDraft> {
      const call = settled(rest)
      if (worker === undefined) {
        const { readDraft } = await import('./readDraft.ts')
        return readDraft(source, call.signal, reading, hints, createBreaks(call.signal, 'page'))
      }
      const draft = await askWorker(worker, { do: 'open', reading, hints }, typeof source === 'string' ? source.slice(0, MOST_BYTES + 1) : source, call)
      return { ...(draft as ImportDraft), size: sizeOf(source) }
    },

    async dryRun(source: ImportSource, plan: ImportPlan, rest: ImportOptions = {}): Promise<ImportTrial> {
      const { report, fields, preview } = await read(source, plan, false, settled(rest))
      return Object.freeze({ report, fields, preview })
    },

    async run(source: ImportSource, plan: ImportPlan, rest: ImportOptions = {}): Promise<ImportResult> {
      const call = settled(rest)
      const table = await read(source, plan, true, call)
      const { buildAdapter } = await import('./buildAdapter.ts')
      const adapter: DataAdapter = await buildAdapter(table, plan, sizeOf(source) ?? 0, call.signal, call.onProgress)
      return Object.freeze({ report: table.report, adapter })
    },
  })
}
