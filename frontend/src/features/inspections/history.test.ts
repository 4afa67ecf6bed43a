import { expect, it } from 'vitest'
import type { ScoreEvent } from '@/core/api/schema'
import { stepsOf } from './history'

const step = (name: string, more: Partial<ScoreEvent> = {}): ScoreEvent => ({ name, at: '2026-12-01T02:00:00Z', by: '甲', lost: null, before: null, restored: null, reason: '', ...more })

it('tells a score from the first judgement to what an objection gave back', () => {
  expect(stepsOf([
    step('judgement.saved', { lost: '0.5000' }), step('judgement.saved', { lost: '0', before: '0.5' }), step('decision.made', { lost: '0.50', reason: '按一次计' }),
    step('objection.filed', { lost: '0.50' }), step('objection.take_up'), step('objection.uphold_partly', { lost: '0.50', restored: '0.10' }),
  ]).map(one => one.text)).toEqual([
    '甲 评分，扣 0.50 分', '甲 评分，由扣 0.50 分改为不扣分', '甲 合议条目，扣 0.50 分', '甲 提出申辩，所扣 0.50 分', '甲 受理申辩', '甲 部分采纳申辩，恢复 0.10 分',
  ])
})
