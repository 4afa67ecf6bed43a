import { describe, expect, it } from 'vitest'
import type { Todo, TodoKind } from '@/core/api/schema'
import { firstOf, groupsOf, placeOf } from './model'

const NOW = new Date('2026-11-23T06:32:00Z') // 14:32 in Shanghai

const todo = (changes: Partial<Todo> = {}): Todo => ({
  kind: 'plan', state: 'filed', verb: '审核年度计划', object: '市教育局', reason: '', subject_id: 'p1', unit_id: 'u1', campaign_id: 'c1',
  count: 1, due_at: null, since: null, when: 'later', late: false, ...changes,
})

describe('where a to-do is done', () => {
  it.each<[TodoKind, string]>([
    ['plan', '/c/plans/p1'], ['self_report', '/c/reports/p1'], ['objection', '/c/objections/p1'], ['extra', '/c/extras/p1'], ['comparison', '/c/comparisons/p1'], ['notice_objection', '/c/comparisons/p1'], ['result', '/c/results/p1'],
    ['interview', '/c/interviews/p1'], ['rectification', '/c/rectifications/p1'], ['referral', '/c/referrals/p1'], ['complaint', '/c/complaints'],
  ])('%s in the committee’s view', (kind, place) => expect(placeOf(todo({ kind }), 'committee')).toBe(place))

  it.each<[TodoKind, string]>([
    ['plan', '/u/plan'], ['problem', '/u/problems/p1'], ['self_report', '/u/report'], ['inspection', '/u/inspection'], ['notice_objection', '/u/commendations'],
    ['interview', '/u/interviews/p1'], ['rectification', '/u/rectifications/p1'],
  ])('%s in the unit’s view', (kind, place) => expect(placeOf(todo({ kind }), 'unit')).toBe(place))

  it('is among the measures of that state, or the late ones', () => {
    expect(placeOf(todo({ kind: 'measure', state: 'completion_requested' }), 'unit')).toBe('/u/problems?measure_state=completion_requested')
    expect(placeOf(todo({ kind: 'measure', state: 'planned', late: true }), 'unit')).toBe('/u/problems?overdue=1')
  })
  it('is the list of that state where several are counted together', () => {
    expect(placeOf(todo({ subject_id: null, count: 12 }), 'committee')).toBe('/c/plans?state=filed&campaign_id=c1')
  })
  it('is the scoring sheet of the unit', () => {
    expect(placeOf(todo({ kind: 'sheet' }), 'committee', new Map([['u1', 'i7']]))).toBe('/c/inspections/i7/score')
    expect(placeOf(todo({ kind: 'sheet' }), 'committee')).toBe('/c/inspections')
  })
  it('is the consolidation while scorers’ sheets lie there, the inspection afterwards', () => {
    expect(placeOf(todo({ kind: 'inspection', state: 'in_progress' }), 'committee')).toBe('/c/inspections/p1/consolidation')
    expect(placeOf(todo({ kind: 'inspection', state: 'scored' }), 'committee')).toBe('/c/inspections/p1')
  })
  it('is the own case for a department', () => expect(placeOf(todo({ kind: 'referral' }), 'receiver')).toBe('/d/referrals/p1'))
})

describe('to-dos on the page', () => {
  it('stand under their time, headings without any left out, dates as people say them', () => {
    const groups = groupsOf([
      todo({ when: 'today', due_at: '2026-11-23T07:00:00Z' }),
      todo({ when: 'today', late: true, due_at: '2026-11-22T09:30:00Z' }),
      todo({ when: 'week', due_at: '2026-11-25T09:30:00Z' }),
      todo({ when: 'waiting', since: '2026-11-19T01:00:00Z' }),
    ], 'committee', undefined, NOW)

    expect(groups.map(one => one.label)).toEqual(['今天', '本周', '等待他人'])
    expect(groups[0]!.tasks).toMatchObject([{ due: '今天 15:00' }, { due: '超期 1 天', dueNote: '11 月 22 日', late: true }])
    expect(groups[1]!.tasks).toMatchObject([{ title: '审核年度计划：市教育局', due: '11 月 25 日', dueNote: '周三' }])
    expect(groups[2]!.tasks).toMatchObject([{ due: '已等 4 天' }])
  })
})

describe('the one red button', () => {
  it('is the plan or report that waits for me', () => {
    const all = [todo({ kind: 'measure', state: 'planned' }), todo({ kind: 'self_report', state: 'draft' }), todo({ kind: 'plan', state: null })]
    expect(firstOf(all)).toEqual({ label: '继续写自查报告', to: '/u/report' })
  })
  it('is not there while others have it', () => {
    expect(firstOf([todo({ state: 'draft', when: 'waiting' }), todo({ kind: 'measure' })])).toBeUndefined()
  })
})
