import { expect, test } from 'vitest'
import { merge } from './merge'

const base = { a: 1, b: 1, c: [1], d: null as string | null }

test('what only one side changed is that side’s', () => {
  expect(merge(base, { ...base, a: 2 }, { ...base, c: [1, 2] })).toEqual({ values: { ...base, a: 2, c: [1, 2] }, both: [] })
})

test('what both changed to the same is no question', () => {
  expect(merge(base, { ...base, d: '2026-09-01' }, { ...base, d: '2026-09-01' }).both).toEqual([])
})

test('what both changed to something else is a question, and mine until it is settled', () => {
  expect(merge(base, { ...base, a: 2 }, { ...base, a: 3 })).toEqual({ values: { ...base, a: 2 }, both: ['a'] })
})
