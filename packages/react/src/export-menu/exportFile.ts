import { streamCsv, streamHtml, streamJson } from '@crm/core/export'
import type { ExportRow, ExportTable } from '@crm/core/export'
import { saveFile } from '../shared/saveFile.ts'
import type { ExportJob, ExportResult } from './export.types.ts'
import { fileNameOf } from './fileName.ts'

/** Makes the file of a job and hands it to the browser as a download. */
export async function exportFile(job: ExportJob): Promise<ExportResult> {
  const { format, name, spec, signal } = job
  const fileName = fileNameOf(name, format, new Date())
  if (format === 'png' || format === 'svg') {
    const blob = await pictureBlob(job)
    signal.throwIfAborted()
    saveFile(blob, fileName)
    return { rows: null, fileName }
  }
  const { table, counted } = counting(await job.table(job), job)
  const chunks = format === 'json' ? streamJson(table, { spec, name, exportedAt: Date.now(), signal }) : streamCsv(table, { signal })
  const parts = await collect(chunks)
  saveFile(new Blob(parts, { type: format === 'json' ? 'application/json' : 'text/csv;charset=utf-8' }), fileName)
  return { rows: counted(), fileName }
}

export interface TableText {
  readonly rows: number
  readonly text: string
  readonly html: string
}

/** A table as both texts that a clipboard holds: cells divided by tabs, and HTML. */
export async function copyTexts(job: ExportJob): Promise<TableText> {
  const { signal } = job
  const { table } = counting(await job.table(job), job)
  // Rows that come can be read once only.
  const rows: ExportRow[] = []
  for await (const row of table.rows) {
    signal.throwIfAborted()
    rows.push(row)
  }
  const ready = { columns: table.columns, rows }
  const text = await collect(streamCsv(ready, { delimiter: '\t', bom: false, signal }))
  const html = await collect(streamHtml(ready, { signal }))
  return { rows: rows.length, text: text.join(''), html: html.join('') }
}

async function pictureBlob({ format, picture }: ExportJob): Promise<Blob> {
  if (picture === null) throw new Error('There is no picture to export.')
  const { readPicture } = await import('./picture/readPicture.ts')
  const scene = readPicture(picture)
  if (format === 'svg') {
    const { writeSvg } = await import('./picture/writeSvg.ts')
    return new Blob([writeSvg(scene)], { type: 'image/svg+xml' })
  }
  const { paintPicture } = await import('./picture/paintPicture.ts')
  const canvas = paintPicture(scene)
  return new Promise((resolve, reject) => canvas.toBlob((blob) => (blob === null ? reject(new Error('The browser made no PNG of the canvas.')) : resolve(blob)), 'image/png'))
}

/** The same table, telling how many of its rows have been read. */
function counting(table: ExportTable, { onProgress }: ExportJob): { readonly table: ExportTable; readonly counted: () => number } {
  let count = 0
  const total = table.rowCount ?? null
  async function* rows(): AsyncGenerator<ExportRow, void, undefined> {
    for await (const row of table.rows) {
      count += 1
      // Told every 500 rows: a state of React for each row would cost more than the export.
      if (count % 500 === 0) onProgress({ rows: count, total })
      yield row
    }
  }
  return { table: { ...table, rows: rows() }, counted: () => count }
}

async function collect(chunks: AsyncIterable<string>): Promise<string[]> {
  const parts: string[] = []
  for await (const chunk of chunks) parts.push(chunk)
  return parts
}
