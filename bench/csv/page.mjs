// The page of bench/csv.mjs: imports the file in one of several ways and tells how long the page was held.
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
  const tasks = []
  const observer = new PerformanceObserver((list) => tasks.push(...list.getEntries().map(({ duration }) => duration)))
  observer.observe({ type: 'longtask' })
  // Long tasks are told from 50 ms on; what lies below shows between two messages of a channel.
  const { port1, port2 } = new MessageChannel()
  let last = performance.now()
  let longest = 0
  let isOver = false
  port1.onmessage = () => {
    longest = Math.max(longest, performance.now() - last)
    last = performance.now()
    if (!isOver) setTimeout(() => port2.postMessage(null), 1)
  }
  port2.postMessage(null)
  const from = performance.now()
  const rows = await contenders[name]()
  const wall = performance.now() - from
  isOver = true
  await new Promise((resolve) => setTimeout(resolve, 100))
  observer.disconnect()
  return { rows, wall, longest: Math.max(longest, ...tasks), longTasks: tasks.length }
}
