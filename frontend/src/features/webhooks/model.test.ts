import { expect, it } from 'vitest'
import { eventWords, lastAnswer, standing } from './model'

it('names groups of events in Chinese, and single ones as they are', () => {
  expect(eventWords(['plan.*', 'result.publish'])).toBe('年度计划、result.publish')
  expect(eventWords(['plan.*', '*'])).toBe('全部事件')
})

it('tells one that is tried again from one that was not tried yet', () => {
  expect(standing({ outcome: 'waiting', attempts: 0 }).text).toBe('等待推送')
  expect(standing({ outcome: 'waiting', attempts: 3 }).text).toBe('试过 3 次，还会再试')
  expect(standing({ outcome: 'failed', attempts: 10 }).tone).toBe('bad')
})

it('says what was answered at the last try, or why nobody answered', () => {
  const at = '2026-11-24T08:00:00Z'
  expect(lastAnswer({ tries: [] })).toBe('还没有推送')
  expect(lastAnswer({ tries: [{ at, status: null, seconds: 5, answer: '没有答复' }] })).toBe('没有答复')
  expect(lastAnswer({ tries: [{ at, status: 503, seconds: 0.31, answer: 'busy' }] })).toBe('答复 503，用时 0.3 秒')
})
