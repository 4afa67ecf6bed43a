import { expect, test } from 'vitest'
import type { Action, ExtraRulePublic } from '@/core/api/schema'
import { bodyOf, checkDraft, effectOf, EMPTY, nextOf, noticeOf, termsOf } from './model'

const NOW = new Date('2026-11-24T10:00:00+08:00')
const can = (name: string, label: string): Action => ({ name, label, opinion: 'optional', signature: false, blocked: null })
const notice = can('publish_notice', '公示')
const view = can('state_view', '陈述意见')
const answer = can('answer_view', '答复意见')
const confirm = can('confirm', '认定生效')
const line: ExtraRulePublic = { code: 'J1', kind: 'bonus', text: '受到中央表彰', points: '2.0000', times_most: 2, notice_days: 5, grade: '', assessment: '', department: '', refused: null }
const raised = { state: 'raised' as const, view: '', answer: '', notice_until: null, actions: [notice] }
const running = { ...raised, state: 'noticed' as const, notice_until: '2026-11-30T15:59:59Z', actions: [] }
const over = { ...running, notice_until: '2026-11-23T15:59:59Z' }

test('what it does is said in points or in the grade', () => {
  expect(effectOf({ kind: 'bonus', points: '4.0000', grade: '' })).toBe('加 4.00 分')
  expect(effectOf({ kind: 'penalty', points: '3', grade: '' })).toBe('减 3.00 分')
  expect(effectOf({ kind: 'veto', points: '0', grade: '一般' })).toBe('等次最高为“一般”')
})

test('a line says its points, how often it counts and how long it is on notice', () => {
  expect(termsOf(line)).toBe('每次加 2.00 分，一年最多 2 次；公示 5 个工作日')
  expect(termsOf({ ...line, times_most: 1, notice_days: 0 })).toBe('加 2.00 分；公示后即可认定')
  expect(termsOf({ ...line, kind: 'veto', grade: '一般' })).toBe('认定后等次最高为“一般”')
})

test('the next step is the reader’s own button, or whom it waits for', () => {
  expect(nextOf(raised, NOW)).toEqual({ label: '公示', mine: true })
  expect(nextOf({ ...raised, actions: [] }, NOW)).toEqual({ label: '等工委公示', mine: false })
  expect(nextOf(running, NOW)).toEqual({ label: '公示到 11 月 30 日', mine: false })
  expect(nextOf({ ...running, actions: [view] }, NOW)).toEqual({ label: '陈述意见', mine: true })
  expect(nextOf({ ...running, actions: [confirm] }, NOW).mine).toBe(false)
  expect(nextOf({ ...over, view: '不属实', actions: [answer] }, NOW)).toEqual({ label: '答复意见', mine: true })
  expect(nextOf({ ...over, view: '不属实', actions: [confirm] }, NOW)).toEqual({ label: '等工委答复意见', mine: false })
  expect(nextOf({ ...over, view: '不属实', answer: '核过', actions: [confirm] }, NOW)).toEqual({ label: '认定生效', mine: true })
  expect(nextOf({ ...over, state: 'effective' }, NOW)).toEqual({ label: '—', mine: false })
})

test('the notice is told from its first to its last day, or as the one it is', () => {
  expect(noticeOf({ noticed_at: '2026-11-24T02:00:00Z', notice_until: '2026-11-30T15:59:59Z' }, NOW)).toBe('11 月 24 日至 11 月 30 日')
  expect(noticeOf({ noticed_at: '2026-11-24T02:00:00Z', notice_until: '2026-11-24T02:00:00Z' }, NOW)).toBe('11 月 24 日')
})

test('a unit applies with evidence; the committee may name where the proof lies instead', () => {
  const draft = { ...EMPTY, code: 'J1', unit_id: 'u', fact: '受到表彰' }
  const wrong = (found: Record<string, string | false>) => Object.keys(found).filter(name => found[name])
  expect(wrong(checkDraft(draft, '/u'))).toEqual(['evidence_id'])
  expect(wrong(checkDraft(draft, '/c'))).toEqual(['absence'])
  expect(wrong(checkDraft({ ...draft, absence: '存市纪委' }, '/c'))).toEqual([])
  expect(wrong(checkDraft({ ...EMPTY, times: '0' }, '/c'))).toEqual(['code', 'unit_id', 'times', 'fact', 'absence'])
  expect(bodyOf({ ...draft, times: '2' }, 'c')).toEqual({ ...draft, campaign_id: 'c', times: 2, evidence_id: null })
})
