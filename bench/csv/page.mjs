// The page of bench/csv.mjs: imports the file in one of several ways.
import { createCsvImporter } from '@crm/adapter-csv'
import Papa from 'papaparse'

let file

const contenders = {
  oursInWorker: () => imported({ worker: () => new Worker('/worker.js', { type: 'module' }) }),
  ours: () => imported({}),
  papaparse: () => parsed(false),
  papaparseInWorker: () => parsed(true),
}

async function imported(options) {
  const importer = createCsvImporter(options)
  const { plan } = await importer.open(file)
  const { adapter, report } = await importer.run(file, { ...plan, timeZone: 'Europe/London', currency: 'GBP' })
  globalThis.kept = adapter
  return report.rows
}

/** Rows are kept, as an application would. */
function parsed(worker) {
  const rows = []
  globalThis.kept = rows
  return new Promise((resolve, reject) => {
    Papa.parse(file, {
      header: true,
      dynamicTyping: true,
      skipEmptyLines: true,
      worker,
      chunk: ({ data }) => {
        for (const row of data) rows.push(row)
      },
      complete: () => resolve(rows.length),
      error: reject,
    })
  })
}

globalThis.prepare = async () => {
  const response = await fetch('/file.csv')
  file = new File([await response.blob()], 'online-retail.csv')
  globalThis.gc?.()
}

globalThis.measure = async (name) => {
  const from = performance.now()
  const rows = await contenders[name]()
  return { rows, wall: performance.now() - from }
}
