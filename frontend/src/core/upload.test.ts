import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { serve } from '../../tests/server'
import type { Problem } from './api/problem'
import { keepToken } from './api/token'
import { putFile } from './upload'

/** Stands in for the browser's request: answers in order, keeps what was set. */
class Request {
  static replies: { status: number, body: string }[] = []
  static made: Request[] = []
  upload: { onprogress?: (event: { loaded: number }) => void } = {}
  headers: Record<string, string> = {}
  status = 0
  responseText = ''
  onload?: () => void
  onerror?: () => void
  onabort?: () => void
  constructor() { Request.made.push(this) }
  open(): void { this.status = 0 }
  setRequestHeader(name: string, value: string): void { this.headers[name] = value }
  abort(): void { this.onabort?.() }
  send(file: Blob): void {
    this.upload.onprogress?.({ loaded: file.size })
    const reply = Request.replies.shift()
    if (reply) [this.status, this.responseText] = [reply.status, reply.body]
    queueMicrotask(() => (reply ? this.onload?.() : this.onerror?.()))
  }
}

beforeEach(() => {
  Request.made = []
  keepToken({ access_token: 'first', expires_in: 900 })
  vi.stubGlobal('XMLHttpRequest', Request)
})
afterEach(() => vi.unstubAllGlobals())

test('bytes go up with token and version, and progress is told', async () => {
  Request.replies = [{ status: 200, body: '{"state":"available"}' }]
  const onProgress = vi.fn()
  expect(await putFile('/api/v1/evidence/1/content', new Blob(['12345']), { ifMatch: 2, onProgress })).toEqual({ state: 'available' })
  expect(Request.made[0]?.headers).toMatchObject({ authorization: 'Bearer first', 'if-match': '"2"' })
  expect(onProgress).toHaveBeenCalledWith(5)
})

test('a token that ran out is renewed and the bytes go again', async () => {
  Request.replies = [{ status: 401, body: '' }, { status: 200, body: '{}' }]
  serve({ status: 200, body: { access_token: 'second', expires_in: 900 } })
  await putFile('/x', new Blob(['1']))
  expect(Request.made[1]?.headers.authorization).toBe('Bearer second')
})

test('a refusal keeps its sentence; no answer is an unanswered problem', async () => {
  Request.replies = [{ status: 422, body: '{"detail":"有密级标志，已拒收。"}' }]
  await expect(putFile('/x', new Blob(['1']))).rejects.toMatchObject({ status: 422, message: '有密级标志，已拒收。' })
  await expect(putFile('/x', new Blob(['1']))).rejects.toSatisfy((problem: Problem) => problem.isUnanswered)
})

test('a stopped upload is stopped', async () => {
  const stop = new AbortController()
  const going = putFile('/x', new Blob(['1']), { signal: stop.signal })
  stop.abort()
  await expect(going).rejects.toThrow(DOMException)
})
