import { expect, test } from 'vitest'
import type { FilePublic } from '@/core/api/schema'
import { matched, placesOf } from './files'

const file = (id: string, position: number, received_at: string | null, replaces_id: string | null = null) => ({ id, position, received_at, replaces_id, file_name: `${id}.pdf` }) as FilePublic

test('each place tells what stands, what is to come, and what was replaced, the latest first', () => {
  const places = placesOf({
    files: [file('scan', 2, null), file('third', 1, '2026-11-03'), file('fourth', 1, null, 'third')],
    revisions: [file('first', 1, '2026-11-01'), file('second', 1, '2026-11-02')],
  })
  expect(places.map(one => [one.position, one.current?.id, one.coming.map(each => each.id), one.older.map(each => each.id)])).toEqual([
    [1, 'third', ['fourth'], ['second', 'first']],
    [2, undefined, ['scan'], []],
  ])
})

test('chosen files find their places by name, the others one for one, what is left over is new', () => {
  const coming = [file('a', 1, null), file('b', 2, null)]
  const files = ['x.pdf', 'a.pdf', 'y.pdf'].map(name => new File([], name))
  expect(matched(files, coming).map(({ file: { name }, slot }) => [name, slot?.id])).toEqual([['x.pdf', 'b'], ['a.pdf', 'a'], ['y.pdf', undefined]])
})
