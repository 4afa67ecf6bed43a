import { expect, test } from 'vitest'
import { clock, day, dayOf, daysUntil, moment, remaining, weekday } from './dates'

const NOW = new Date('2026-11-23T06:32:00Z')

test('an instant belongs to its day in Shanghai', () => {
  expect(dayOf('2026-11-23T16:30:00Z')).toBe('2026-11-24')
  expect(clock('2026-11-23T16:30:00Z')).toBe('00:30')
})

test('a date is a date in every zone', () => {
  expect(daysUntil('2026-11-30', NOW)).toBe(7)
  expect(weekday('2026-11-30')).toBe('周一')
})

test('another year is named', () => {
  expect(day('2026-11-30', NOW)).toBe('11 月 30 日')
  expect(day('2027-01-15', NOW)).toBe('2027 年 1 月 15 日')
})

test.each([['2026-11-23T03:06:00Z', '今天 11:06'], ['2026-11-22T08:40:00Z', '昨天 16:40'], ['2026-11-20T01:15:00Z', '11 月 20 日 09:15']])('%s is read as %s', (instant, words) => {
  expect(moment(instant, NOW)).toBe(words)
})

test.each([['2026-11-23', '今天到期'], ['2026-11-30', '还有 7 天'], ['2026-11-22', '超期 1 天']])('due %s is %s', (due, words) => {
  expect(remaining(due, NOW)).toBe(words)
})
