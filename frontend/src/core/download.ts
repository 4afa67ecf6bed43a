/** Files on their way down. */
import { Problem, problemOf } from './api/problem'

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

/** Fetches the picture of a page from its one-time address; whoever shows it frees `url` afterwards. */
export async function fetchPage(address: string): Promise<{ url: string, pages: number }> {
  const response = await fetch(address).catch(() => { throw new Problem(0, {}) })
  if (!response.ok) throw await problemOf(response)
  return { url: URL.createObjectURL(await response.blob()), pages: Number(response.headers.get('x-pages')) || 1 }
}
