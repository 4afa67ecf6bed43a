import { expect, test } from 'vitest'
import { size } from './bytes'

test.each([[0, '0 B'], [999, '999 B'], [44_000, '44 kB'], [640_400, '640 kB'], [1_234_567, '1.2 MB'], [2_000_000, '2 MB'], [1.9e9, '1.9 GB']])('%d bytes are %s', (bytes, text) => {
  expect(size(bytes)).toBe(text)
})
