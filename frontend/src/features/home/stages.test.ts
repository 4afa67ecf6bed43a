import { describe, expect, it } from 'vitest'
import type { CampaignPublic, StageStatus } from '@/core/api/schema'
import { handedIn, nextDeadline, notesOf, stageSentence, stagesOf, stripOf } from './stages'

const NOW = new Date('2026-11-23T06:32:00Z') // 14:32 in Shanghai

const stage = (name: string, opens: string, closes: string): StageStatus => ({
  stage: name, opens_at: `${opens}T01:00:00Z`, closes_at: `${closes}T09:30:00Z`,
  done: Date.parse(`${closes}T09:30:00Z`) <= NOW.getTime(), current: false,
})
const YEAR = [
  stage('planning', '2026-01-05', '2026-02-28'), { ...stage('self_report', '2026-11-01', '2026-11-30'), current: true },
  stage('inspection', '2026-12-02', '2026-12-29'), stage('feedback', '2027-01-04', '2027-01-22'), stage('rectification', '2027-02-01', '2027-04-30'),
]

describe('the year', () => {
  it('says in one sentence where it stands', () => {
    expect(stageSentence(YEAR, [], NOW)).toEqual({ lead: '自查阶段，第 23 天。', rest: '自查报告报送截止：11 月 30 日 周一 17:30，还有 7 天。' })
  })
  it('is being carried out between plan and report', () => {
    const summer = new Date('2026-07-01T01:00:00Z')
    const stages = YEAR.map(one => ({ ...one, current: false }))
    expect(stageSentence(stages, [], summer).lead).toBe('推进阶段。')
    expect(stripOf(stages, {}, summer).map(one => one.state)).toEqual(['done', 'now', 'next', 'next', 'next', 'next'])
  })
  it('has six stages with how far the current one is', () => {
    const strip = stripOf(YEAR, { push: '措施完成 31 / 36' }, NOW)
    expect(strip.map(one => one.label)).toEqual(['计划', '推进', '自查', '检查', '反馈', '整改'])
    expect(strip.map(one => one.state)).toEqual(['done', 'done', 'now', 'next', 'next', 'next'])
    expect(strip[1]!.note).toBe('措施完成 31 / 36')
    expect(strip[2]!.progress).toMatchObject({ value: 23, max: 30 })
  })
  it('ends a stage without making the late worth nothing', () => {
    expect(nextDeadline(YEAR, [], NOW)).toMatchObject({ days: 7, what: '自查报告报送截止', note: '逾期注明“迟报”，不作零分' })
    expect(nextDeadline(YEAR, [], new Date('2026-07-01T01:00:00Z'))).toBeUndefined()
  })
  it('does not press whoever has handed in', () => {
    const inspecting = { ...YEAR[2]!, opens_at: '2026-11-10T01:00:00Z' }
    const stages = YEAR.map(one => (one.stage === 'inspection' ? inspecting : one))
    const done = handedIn({ as_of: NOW.toISOString(), campaign: null, ledger_entries: { value: 0, list: null }, plan_state: 'in_force', report_state: 'accepted' })

    expect(done).toEqual(['planning', 'self_report'])
    expect(nextDeadline(stages, done, NOW)?.what).toBe('检查考核结束')
    expect(stageSentence(stages, done, NOW).rest).toBe('自查报告已报送。检查考核结束：12 月 29 日 周二 17:30，还有 36 天。')
  })
  it('says of what ends at midnight that it ends with the day before', () => {
    const open = { ...stage('self_report', '2026-11-01', '2026-11-30'), closes_at: '2026-11-30T16:00:00Z', current: true }
    expect(nextDeadline([open], [], NOW)).toMatchObject({ days: 7, when: '11 月 30 日 周一 24:00' })
    expect(stripOf([open], {}, NOW)[0]).toMatchObject({ note: '11 月 1 日至 11 月 30 日', progress: { max: 30 } })
  })
  it('names the year once where a stage lies in another one', () => {
    expect(stripOf(YEAR, {}, NOW)[5]!.note).toBe('2027 年 2 月 1 日至 4 月 30 日')
  })
  it('shows how the own unit stands', () => {
    const figure = (value: number) => ({ value, list: null })
    const notes = notesOf({
      as_of: NOW.toISOString(), campaign: null, ledger_entries: figure(0), stages: YEAR, plan_state: 'in_force', report_state: 'draft',
      measures: { planned: figure(1), completed: figure(3), overdue: figure(1) },
    }, NOW)
    expect(notes).toEqual({ planning: '执行中', push: '措施完成 3 / 4', self_report: '草稿 · 至 11 月 30 日', inspection: undefined })
  })
})

const window = (stage: string, opens_at: string, closes_at: string) => ({ stage, opens_at: `${opens_at}T00:00:00Z`, closes_at: `${closes_at}T00:00:00Z` })

it('has one current stage, and stages without dates where no window is set', () => {
  const year = { windows: [
    window('planning', '2026-01-05', '2026-02-28'), window('self_report', '2026-11-01', '2026-11-30'), window('inspection', '2026-11-20', '2026-12-29'),
  ] } as unknown as CampaignPublic

  const stages = stagesOf(year, NOW)

  expect(stages.map(one => one.done)).toEqual([true, false, false, false, false])
  expect(stages.map(one => one.current)).toEqual([false, true, false, false, false])
  expect(stages[3]).toMatchObject({ stage: 'feedback', opens_at: null })
})
