import { expect, test } from 'vitest'
import { targetOf, titleOf, valueOf } from './evidence'

test('a choice becomes the target of a link', () => {
  expect(targetOf('measure_id 42')).toEqual({ measure_id: '42' })
  expect(valueOf({ measure_id: '42' })).toBe('measure_id 42')
})

test.each([['纪要.终稿.pdf', '纪要.终稿'], ['无后缀', '无后缀'], ['.bashrc', '.bashrc']])('%s is titled %s', (name, title) => {
  expect(titleOf(name)).toBe(title)
})
