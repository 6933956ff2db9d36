// CPU time of the whole process, all threads (user + system): wall time says little on a shared machine.

/** Runs `work` `times` times and returns the result with the least and the median CPU milliseconds. */
export async function cpuOf(work, times = 3) {
  const spent = []
  let result
  for (let run = 0; run < times; run++) {
    globalThis.gc?.()
    const before = process.cpuUsage()
    result = await work()
    const { user, system } = process.cpuUsage(before)
    spent.push((user + system) / 1000)
  }
  spent.sort((a, b) => a - b)
  return { result, least: spent[0], median: spent[spent.length >> 1] }
}

export const megabytes = (bytes) => Math.round(bytes / 2 ** 20)

/** Prints rows as an aligned table. */
export function printTable(header, rows) {
  const all = [header, ...rows].map((row) => row.map(String))
  const widths = header.map((_, column) => Math.max(...all.map((row) => row[column].length)))
  for (const [index, row] of all.entries()) {
    console.log(row.map((cell, column) => (column === 0 ? cell.padEnd(widths[column]) : cell.padStart(widths[column]))).join('  '))
    if (index === 0) console.log(widths.map((width) => '-'.repeat(width)).join('  '))
  }
}
