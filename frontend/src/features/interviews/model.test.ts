import { describe, expect, it } from 'vitest'
import type { CampaignPublic, InterviewPublic } from '@/core/api/schema'
import { confirmation, course, fullDay, instantOf, letterOf, mainAction, plainActions, progress, stepsOf, usualCampaign } from './model'

const action = (name: string) => ({ name, label: name, opinion: 'optional' as const, signature: false })

describe('an interview', () => {
  it('leaves actions with forms of their own out of the bar', () => {
    expect(plainActions(['approve', 'notify', 'hold', 'escalate', 'close'].map(action)).map(one => one.name)).toEqual(['approve', 'close'])
  })

  it('never makes the way back its next step', () => {
    expect(mainAction(['reopen_record', 'start_rectifying'].map(action))).toBe('start_rectifying')
    expect(mainAction([action('reopen_record')])).toBe('')
  })

  it('opens with the year that is being settled', () => {
    const years = [{ id: 'a', state: 'open' }, { id: 'b', state: 'settling' }, { id: 'c', state: 'closed' }] as CampaignPublic[]
    expect(usualCampaign(years)).toBe('b')
    expect(usualCampaign(years.slice(0, 1))).toBe('a')
    expect(usualCampaign([])).toBe('')
  })

  it('dates its steps, the record by the later of both confirmations', () => {
    const one = {
      state: 'recorded', created_at: '2026-12-22T01:00:00Z', approved_at: null, notified_at: null, held_on: '2026-12-30',
      unit_confirmed_at: '2027-01-19T01:12:00Z', committee_confirmed_at: '2027-01-18T08:40:00Z', history: [],
    } as unknown as InterviewPublic
    const steps = stepsOf(one)
    expect(steps.filter(step => step.note).map(step => step.label)).toEqual(['提出', '约谈', '记录'])
    expect(steps.filter(step => step.state === 'now').map(step => [step.label, step.note])).toEqual([['记录', expect.stringContaining('1 月 19 日')]])
  })

  it('writes a letter with the full date, the hour and one matter a line', () => {
    const letter = letterOf({ unit_name: '市水务局', year: 2026, notified_at: '2027-01-08T01:00:00Z' }, instantOf('2027-01-15', '09:00'), '', ' 下基层。 \n\n如何解决？\n集体决策；')
    expect(letter).toEqual({ to: '市水务局', when: '2027 年 1 月 15 日 09:00', place: '（地点待定）', year: 2026, topics: ['下基层；', '如何解决？', '集体决策。'], on: '2027 年 1 月 8 日' })
  })

  it('makes an instant only of a whole day and time', () => {
    expect(instantOf('2027-01-15', '09:00')).toBe('2027-01-15T09:00:00+08:00')
    expect(instantOf(null, '09:00')).toBe('')
    expect(instantOf('2027-01-15', '9')).toBe('')
  })

  it('tells its course from the newest', () => {
    const line = (id: string, label: string, at: string) => ({ id, name: id, label, at, actor: '某', opinion: '' })
    expect(course([line('a', '批准约谈', '2026-01-01T00:00:00Z'), line('b', '发出通知', '2026-01-02T00:00:00Z')]).map(one => one.text)).toEqual(['某 发出通知', '某 批准约谈'])
  })

  it('keeps what the committee said when it confirmed the record apart from what the unit said', () => {
    const said = (actor: string, opinion: string) => ({ id: actor, name: 'confirm_record', label: '确认记录', at: '2027-01-18T08:40:00Z', actor, opinion })
    const history = [said('仝喆文', '保留意见'), said('朱禾青', '记录属实。')]
    expect(confirmation({ history, committee_confirmed_by: '朱禾青' })).toBe('记录属实。')
    expect(confirmation({ history: [], committee_confirmed_by: '' })).toBe('')
  })

  it('counts rectifications', () => {
    expect(progress({ rectifications: 3, verified: 1 })).toBe('整改 3 项，已核验 1 项')
    expect(progress({ rectifications: 0, verified: 0 })).toBe('整改事项尚未列出')
    expect(fullDay('2026-02-03')).toBe('2026 年 2 月 3 日')
  })
})
