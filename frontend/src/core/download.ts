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

export interface Fetched { content: Blob, name: string }

/** Fetches a small file that is made on asking, so that the page can wait for it and tell a refusal. */
export async function fetchFile(address: string): Promise<Fetched> {
  const response = await fetch(address).catch(() => { throw new Problem(0, {}) })
  if (!response.ok) throw await problemOf(response)
  const [, name = ''] = /filename\*=utf-8''([^;]+)/i.exec(response.headers.get('content-disposition') ?? '') ?? []
  return { content: await response.blob(), name: decodeURIComponent(name) }
}

/** Shows a file in a window of its own. The window is opened at once, as long as the press allows it; refused, the file is saved. */
export async function showFile(asked: Promise<Fetched>): Promise<void> {
  const beside = window.open('', '_blank')
  try {
    const { content, name } = await asked
    if (!beside) return save(content, name)
    const url = URL.createObjectURL(content)
    beside.location.replace(url)
    setTimeout(() => URL.revokeObjectURL(url), 60_000)
  } catch (error) {
    beside?.close()
    throw error
  }
}
