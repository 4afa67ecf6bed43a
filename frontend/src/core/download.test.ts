import { afterEach, expect, test, vi } from 'vitest'
import { fetchFile, showFile } from './download'

afterEach(() => vi.unstubAllGlobals())

const answer = (status: number, headers: Record<string, string>, body: string) => vi.stubGlobal('fetch', () => Promise.resolve(new Response(body, { status, headers })))

test('a file bears the name that the server gives it', async () => {
  answer(200, { 'content-disposition': 'attachment; filename*=utf-8\'\'%E9%80%9A%E7%9F%A5.pdf' }, '%PDF')
  expect((await fetchFile('/file')).name).toBe('通知.pdf')
})

test('a file that cannot be made is a problem with its sentence', async () => {
  answer(503, { 'content-type': 'application/problem+json' }, JSON.stringify({ detail: '文件暂时无法生成，请稍后重试。' }))
  await expect(fetchFile('/file')).rejects.toThrow('文件暂时无法生成，请稍后重试。')
})

test('a window that waits for a refused file is closed again', async () => {
  const beside = { close: vi.fn() }
  vi.stubGlobal('open', () => beside)
  await expect(showFile(Promise.reject(new Error('refused')))).rejects.toThrow('refused')
  expect(beside.close).toHaveBeenCalledOnce()
})
