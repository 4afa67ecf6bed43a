import { expect, test } from 'vitest'
import { deviceOf } from './model'

test.each([
  ['Mozilla/5.0 (Windows NT 10.0; Win64; x64) Chrome/120.0 Safari/537.36 Edg/120.0', 'Edge，Windows'],
  ['Mozilla/5.0 (X11; Linux x86_64; UOS) Chrome/92.0 Safari/537.36', 'Chrome，统信'],
  ['sihao-cli/1.0', 'sihao-cli/1.0'],
  ['', '不明设备'],
])('%s is %s', (agent, words) => {
  expect(deviceOf(agent)).toBe(words)
})
