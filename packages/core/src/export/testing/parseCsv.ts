/** Reads RFC 4180 letter by letter: slow, obvious, and nothing of the writer in it. */
export function parseCsv(text: string, delimiter = ','): string[][] {
  const rows: string[][] = []
  let row: string[] = []
  let field = ''
  let at = text.startsWith('\ufeff') ? 1 : 0
  const endField = (): void => {
    row.push(field)
    field = ''
  }
  while (at < text.length) {
    if (text[at] === '"' && field === '') {
      at += 1
      for (;;) {
        if (at >= text.length) throw new Error('a quote is not closed')
        if (text[at] !== '"') field += text[at++]
        else if (text[at + 1] === '"') {
          field += '"'
          at += 2
        } else break
      }
      at += 1
      if (at < text.length && text[at] !== delimiter && text[at] !== '\r') throw new Error('text after a closing quote')
    } else if (text[at] === delimiter) {
      endField()
      at += 1
    } else if (text.startsWith('\r\n', at)) {
      endField()
      rows.push(row)
      row = []
      at += 2
    } else if (text[at] === '"' || text[at] === '\r' || text[at] === '\n') throw new Error('a sign that must be quoted')
    else field += text[at++]
  }
  if (row.length > 0 || field !== '') throw new Error('the last line has no end')
  return rows
}
