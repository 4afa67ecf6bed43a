/** Rows copied from Excel or WPS: tab-separated, cells with line breaks or tabs in double quotes. */
export function parseTsv(text: string): string[][] {
  const rows: string[][] = []
  let row: string[] = []
  let cell = ''
  let quoted = false
  const source = text.replace(/\r\n?/g, '\n').replace(/\n$/, '')
  for (let at = 0; at < source.length; at += 1) {
    const char = source[at]!
    if (quoted) {
      if (char !== '"') cell += char
      else if (source[at + 1] === '"') { cell += '"'; at += 1 } else quoted = false
    } else if (char === '"' && cell === '') quoted = true
    else if (char === '\t' || char === '\n') {
      row.push(cell.trim())
      cell = ''
      if (char === '\n') { rows.push(row); row = [] }
    } else cell += char
  }
  row.push(cell.trim())
  rows.push(row)
  return rows.filter(one => one.some(value => value !== ''))
}

/** The rows of a paste event when it holds a grid; undefined for a plain word, which the field should take itself. */
export function pastedRows(event: ClipboardEvent): string[][] | undefined {
  const rows = parseTsv(event.clipboardData?.getData('text/plain') ?? '')
  return rows.length > 1 || (rows[0]?.length ?? 0) > 1 ? rows : undefined
}
