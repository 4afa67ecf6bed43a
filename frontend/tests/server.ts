/** A stand-in for the network in unit tests: answers in order, remembers what was asked. */
import { vi } from 'vitest'

export interface Asked { method: string, url: string, headers: Headers, body: string | undefined }
type Reply = { status: number, body?: unknown, headers?: Record<string, string> } | 'lost'

export function serve(...replies: Reply[]): Asked[] {
  const asked: Asked[] = []
  vi.stubGlobal('fetch', (url: string, init: RequestInit = {}) => {
    asked.push({ method: init.method ?? 'GET', url, headers: new Headers(init.headers), body: init.body as string | undefined })
    const reply = replies.shift()
    if (!reply) throw new Error(`nothing to answer ${url} with`)
    if (reply === 'lost') return Promise.reject(new TypeError('Failed to fetch'))
    const type = reply.status < 400 ? 'application/json' : 'application/problem+json'
    const text = reply.body === undefined ? null : JSON.stringify(reply.body)
    return Promise.resolve(new Response(text, { status: reply.status, headers: { 'content-type': type, ...reply.headers } }))
  })
  return asked
}
