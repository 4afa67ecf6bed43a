import { expect, test } from 'vitest'
import { deviceOf, inGroups, pictureOf } from './model'

test.each([
  ['Mozilla/5.0 (Windows NT 10.0; Win64; x64) Chrome/120.0 Safari/537.36 Edg/120.0', 'Edge，Windows'],
  ['Mozilla/5.0 (X11; Linux x86_64; UOS) Chrome/92.0 Safari/537.36', 'Chrome，统信'],
  ['sihao-cli/1.0', 'sihao-cli/1.0'],
  ['', '不明设备'],
])('%s is %s', (agent, words) => {
  expect(deviceOf(agent)).toBe(words)
})

test('a key is read in groups of four', () => {
  expect(inGroups('ABCDEFGHIJ')).toBe('ABCD EFGH IJ')
  expect(inGroups('')).toBe('')
})

test('a picture is an address, whatever its markup says', () => {
  expect(pictureOf('<svg a="#">')).toBe('data:image/svg+xml,%3Csvg%20a%3D%22%23%22%3E')
})
