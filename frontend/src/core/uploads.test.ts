import 'fake-indexeddb/auto'
import { PiniaColada } from '@pinia/colada'
import { createPinia } from 'pinia'
import { createApp } from 'vue'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { transition } from './actions'
import { call } from './api/call'
import { Problem } from './api/problem'
import { owner } from './owner'
import { savedOf, sendFile } from './upload'
import { kept, printOf } from './uploadKept'
import { useUploads } from './uploads'

vi.mock('./upload', () => ({ sendFile: vi.fn(), endUpload: vi.fn(), savedOf: vi.fn() }))
vi.mock('./actions', () => ({ transition: vi.fn() }))
vi.mock('./api/call', async original => ({ ...await original<object>(), call: vi.fn() }))
const put = vi.mocked(sendFile)
const file = (name: string) => new File([`content of ${name}`], name)
const wanted = (id: string) => ({ evidenceId: 'e', fileId: id })
let uploads: ReturnType<typeof useUploads>

/** A page that has just been opened. */
function openPage(): void {
  const pinia = createPinia()
  createApp({}).use(pinia).use(PiniaColada)
  uploads = useUploads(pinia)
}
const states = () => uploads.all.map(one => one.progress)

beforeEach(async () => {
  owner.id = 'li'
  for (const one of await kept.all()) await kept.remove(one.key)
  put.mockReset()
  vi.mocked(call).mockReset().mockResolvedValue({ id: 'made', files: [{ id: 'f' }], same: [] })
  openPage()
})
afterEach(() => uploads.leave())

test('four files go at once, the others wait their turn', async () => {
  const ends: (() => void)[] = []
  put.mockImplementation(() => new Promise((resolve) => { ends.push(resolve) }))
  uploads.add(['a', 'b', 'c', 'd', 'e'].map(name => ({ file: file(name), wanted: wanted(name) })))
  await vi.waitFor(() => expect(ends).toHaveLength(4))
  expect(states()).toEqual(['sending', 'sending', 'sending', 'sending', 'waiting'])

  ends[0]!()
  await vi.waitFor(() => expect(states()).toEqual(['done', 'sending', 'sending', 'sending', 'sending']))
})

test('a piece is registered once, with a key that outlives the page', async () => {
  const piece = { title: 'a', campaign_id: 'c', not_secret: true as const }
  put.mockRejectedValueOnce(new Problem(0, {}))
  uploads.add([{ file: file('a'), wanted: { piece } }])
  await vi.waitFor(() => expect(uploads.cut).toBe(true))
  expect(states()).toEqual(['waiting'])

  window.dispatchEvent(new Event('online'))
  await vi.waitFor(() => expect(states()).toEqual(['done']))
  const made = vi.mocked(call).mock.calls.filter(([operation]) => operation === 'evidence_create')
  expect(made).toEqual([['evidence_create', { body: piece, key: uploads.all[0]!.key }]])
})

test('a refused file says why, is not tried again and not kept', async () => {
  put.mockRejectedValueOnce(new Problem(422, { detail: '有密级标志' }))
  uploads.add([{ file: file('a'), wanted: wanted('a') }])
  await vi.waitFor(() => expect(uploads.all[0]).toMatchObject({ progress: 'failed', mayRetry: false, note: '有密级标志' }))
  await vi.waitFor(async () => expect(await kept.all()).toEqual([]))
  uploads.clear()
  expect(uploads.all).toEqual([])
})

test('after a reload uploads go on where they were, for nobody else', async () => {
  put.mockImplementation((_, { onUrl }) => { onUrl('/api/v1/uploads/7'); return new Promise(() => undefined) })
  uploads.add([{ file: file('a'), wanted: wanted('a') }])
  await vi.waitFor(async () => expect((await kept.all())[0]?.url).toBe('/api/v1/uploads/7'))
  uploads.leave()

  owner.id = 'wang'
  openPage()
  await uploads.restore()
  expect(uploads.all).toEqual([])

  owner.id = 'li'
  await uploads.restore()
  await vi.waitFor(() => expect(put).toHaveBeenCalledTimes(2))
  expect(put.mock.calls[1]![1]).toMatchObject({ fileId: 'a', url: '/api/v1/uploads/7' })
})

test('where the bytes are gone only the very same file goes on', async () => {
  put.mockResolvedValue()
  await kept.put({ key: 'k', owner: 'li', name: 'a', size: 12, print: await printOf(file('a')), wanted: wanted('a'), at: Date.now() })
  await uploads.restore()
  expect(states()).toEqual(['lost'])

  expect(await uploads.supply([new File(['something else'], 'a')])).toHaveLength(1)
  expect(await uploads.supply([file('a')])).toEqual([])
  await vi.waitFor(() => expect(states()).toEqual(['done']))
})

test('a paused upload stops and goes on when told', async () => {
  put.mockImplementationOnce((_, { signal }) => new Promise((_resolve, reject) => { signal.addEventListener('abort', () => reject(new DOMException('', 'AbortError'))) })).mockResolvedValueOnce()
  uploads.add([{ file: file('a'), wanted: wanted('a') }])
  await vi.waitFor(() => expect(put).toHaveBeenCalledTimes(1))
  uploads.pause(uploads.all[0]!.key)
  expect(states()).toEqual(['paused'])
  uploads.resume(uploads.all[0]!.key)
  await vi.waitFor(() => expect(states()).toEqual(['done']))
})

test('bytes that had arrived before the answer was lost are done, not refused', async () => {
  const one = file('a')
  vi.mocked(call).mockResolvedValue({ files: [{ id: 'f', received_at: '2026-11-24T09:00:00Z', size: one.size }], same: [] })
  put.mockRejectedValueOnce(new Problem(409, { code: 'evidence.receive.state', detail: '没有待上传的文件' }))
  uploads.add([{ file: one, wanted: wanted('f') }])
  await vi.waitFor(() => expect(states()).toEqual(['done']))
})

test('a place that somebody else has filled meanwhile is said to be taken', async () => {
  vi.mocked(call).mockResolvedValue({ files: [{ id: 'f', received_at: '2026-11-24T09:00:00Z', size: 1 }], same: [] })
  put.mockRejectedValueOnce(new Problem(409, { code: 'evidence.receive.state', detail: '没有待上传的文件' }))
  uploads.add([{ file: file('a'), wanted: wanted('f') }])
  await vi.waitFor(() => expect(states()).toEqual(['failed']))
  expect(uploads.all[0]!.note).toBe('没有待上传的文件')
})

test('where the browser keeps nothing, files go up all the same', async () => {
  const closed = vi.spyOn(indexedDB, 'open').mockImplementation(() => { throw new DOMException('', 'SecurityError') })
  uploads.add([{ file: file('a'), wanted: wanted('f') }])
  await vi.waitFor(() => expect(states()).toEqual(['done']))
  closed.mockRestore()
})

const stopped = (_: Blob, { signal }: { signal: AbortSignal }) => new Promise<void>((_resolve, reject) => { signal.addEventListener('abort', () => reject(new DOMException('', 'AbortError'))) })

test('what stands still shows the bytes that the server has, not those that were sent', async () => {
  put.mockImplementationOnce((blob, upload) => {
    upload.onUrl('/api/v1/uploads/7')
    upload.onSaved(3)
    upload.onProgress(9)
    return stopped(blob, upload)
  })
  vi.mocked(savedOf).mockResolvedValue(5)
  uploads.add([{ file: file('a'), wanted: wanted('a') }])
  await vi.waitFor(() => expect(uploads.all[0]!.sent).toBe(9))
  uploads.pause(uploads.all[0]!.key)
  expect(uploads.all[0]!.sent, 'what it has said').toBe(3)
  await vi.waitFor(() => expect(uploads.all[0]!.sent, 'what it says').toBe(5))
})

test('of two windows opened at once each upload goes on in one', async () => {
  put.mockImplementation(stopped)
  for (const key of ['k1', 'k2', 'k3']) {
    await kept.begin({ key, owner: 'li', name: key, size: 1, print: '', wanted: wanted(key), at: Date.now() }, file(key))
  }
  const first = uploads
  openPage()
  await Promise.all([first.restore(), uploads.restore()])
  expect([...first.all, ...uploads.all].map(one => one.key).sort()).toEqual(['k1', 'k2', 'k3'])
  expect([first, uploads].filter(one => one.isElsewhere)).toHaveLength(1)
  first.leave()
})

test.each([
  ['the whole piece, where it has no other file', [], ['evidence_get']],
  ['the file alone, where it has others', [{ id: 'other', received_at: '2026-11-24T09:00:00Z' }], ['evidence_get', 'evidence_file_delete']],
])('an upload that is given up takes back %s', async (_, others, asked) => {
  vi.mocked(transition).mockReset()
  put.mockImplementation(stopped)
  vi.mocked(call).mockResolvedValue({ id: 'e', version: 2, files: [{ id: 'f', received_at: null }, ...others], revisions: [], same: [] })
  uploads.add([{ file: file('a'), wanted: wanted('f') }])
  await vi.waitFor(() => expect(put).toHaveBeenCalledTimes(1))
  await uploads.drop(uploads.all[0]!.key, true)
  expect(vi.mocked(call).mock.calls.map(([operation]) => operation)).toEqual(asked)
  expect(vi.mocked(transition).mock.calls.map(([, , name]) => name)).toEqual(others.length ? [] : ['withdraw'])
  expect(uploads.all).toEqual([])
  expect(await kept.all()).toEqual([])
})

test('an upload stays where its registration cannot be taken back', async () => {
  put.mockImplementation(stopped)
  vi.mocked(call).mockRejectedValue(new Problem(409, { detail: '已签发的自查报告正在引用，不能撤回。' }))
  uploads.add([{ file: file('a'), wanted: wanted('f') }])
  await vi.waitFor(() => expect(put).toHaveBeenCalledTimes(1))
  await expect(uploads.drop(uploads.all[0]!.key, true)).rejects.toThrow('已签发')
  expect(states()).toEqual(['paused'])
})

test('however many files come at once, few are kept side by side, and all of them', async () => {
  let [now, most] = [0, 0]
  const begin = vi.spyOn(kept, 'begin').mockImplementation(async () => {
    most = Math.max(most, ++now)
    await new Promise((resolve) => { setTimeout(resolve) })
    now -= 1
  })
  put.mockResolvedValue()
  uploads.add(Array.from({ length: 60 }, (_, place) => ({ file: file(String(place)), wanted: wanted(String(place)) })))
  await vi.waitFor(() => expect(begin).toHaveBeenCalledTimes(60))
  expect(most).toBe(8)
  begin.mockRestore()
})
