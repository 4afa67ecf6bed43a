import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, expect, test, vi } from 'vitest'
import { Problem } from './api/problem'
import { putFile } from './upload'
import { useUploads } from './uploads'

vi.mock('./upload', () => ({ putFile: vi.fn() }))
const put = vi.mocked(putFile)
const file = (name: string) => new File(['abc'], name)
const settled = () => new Promise(resolve => setTimeout(resolve))

beforeEach(() => {
  setActivePinia(createPinia())
  put.mockReset()
})

test('two files go at once, the others wait their turn', async () => {
  const ends: (() => void)[] = []
  put.mockImplementation(() => new Promise((resolve) => { ends.push(() => resolve({})) }))
  const uploads = useUploads()
  for (const name of ['a', 'b', 'c']) uploads.add({ file: file(name), prepare: () => Promise.resolve({ url: name, version: 1 }), done: () => '' })
  await settled()
  expect(uploads.all.map(one => one.progress)).toEqual(['sending', 'sending', 'waiting'])

  ends[0]!()
  await settled()
  expect(uploads.all.map(one => one.progress)).toEqual(['done', 'sending', 'sending'])
})

test('after a lost connection the same place is tried again', async () => {
  const prepare = vi.fn(() => Promise.resolve({ url: '/x', version: 3 }))
  put.mockRejectedValueOnce(new Problem(0, {})).mockResolvedValueOnce({})
  const uploads = useUploads()
  uploads.add({ file: file('a'), prepare, done: () => '库里已有相同文件' })
  await settled()
  expect(uploads.all[0]).toMatchObject({ progress: 'failed', mayRetry: true })

  uploads.retry(uploads.all[0]!.key)
  await settled()
  expect(uploads.all[0]).toMatchObject({ progress: 'done', note: '库里已有相同文件' })
  expect(prepare).toHaveBeenCalledTimes(1)
  expect(put.mock.calls.map(call => [call[0], call[2]?.ifMatch])).toEqual([['/x', 3], ['/x', 3]])
})

test('a file that is refused says why and is not tried again', async () => {
  put.mockRejectedValueOnce(new Problem(422, { detail: '有密级标志' }))
  const uploads = useUploads()
  uploads.add({ file: file('a'), prepare: () => Promise.resolve({ url: '/x', version: 1 }), done: () => '' })
  await settled()

  expect(uploads.all[0]).toMatchObject({ progress: 'failed', mayRetry: false, note: '有密级标志' })
  uploads.clear()
  expect(uploads.all).toEqual([])
})
