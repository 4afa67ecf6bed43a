/** Files on their way down. */

function follow(url: string, name: string): void {
  const link = document.createElement('a')
  link.href = url
  link.download = name
  link.click()
}

/** Saves what a call answered with: `save(await call('standard_export', …), '标准.xlsx')`. */
export function save(content: Blob, name: string): void {
  const url = URL.createObjectURL(content)
  follow(url, name)
  setTimeout(() => URL.revokeObjectURL(url), 60_000)
}

/** Fetches from a one-time address, which names the file itself; nothing passes through memory. */
export function saveFrom(url: string): void {
  follow(url, '')
}
