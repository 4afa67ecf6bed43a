import { describe, expect, it } from 'vitest'
import { course, criteriaOf, originPage, plainActions, returnedReason, workOf } from './model'

const step = (name: string, opinion = '') => ({ id: name + opinion, name, label: `做${name}`, at: '2026-03-01T00:00:00Z', actor: '某', opinion })

describe('a rectification', () => {
  it('says why it came back only while it is back', () => {
    const history = [step('report'), step('return', '缺签到表'), step('report'), step('return', '仍缺')]
    expect(returnedReason({ state: 'returned', history })).toBe('仍缺')
    expect(returnedReason({ state: 'reported', history })).toBe('')
  })

  it('tells its course from the newest and leaves corrections out', () => {
    expect(course([step('created'), step('updated'), step('report', '已补')]).map(one => one.text)).toEqual(['某 做report', '某 交办'])
  })

  it('edits an owner who is not named yet as an empty choice', () => {
    expect(workOf({ cause: '', action: '专人登记', owner_id: null, handler_id: null, report: '' })).toEqual({ cause: '', action: '专人登记', owner_id: '', handler_id: '', report: '' })
  })

  it('leads to what it answers, where that has a page', () => {
    const of = { problem_id: null, entry_id: null, unit_id: 'u' }
    expect(originPage({ ...of, origin: 'democratic_meeting', entry_id: 'e' }, '/c')).toBe('/c/units/u/ledgers/T3/e')
    expect(originPage({ ...of, origin: 'problem', problem_id: 'p' }, '/u')).toBe('/u/problems/p')
    expect(originPage({ ...of, origin: 'interview' }, '/u')).toBeUndefined()
  })

  it('leaves steps with forms of their own out of the bar', () => {
    const action = (name: string) => ({ name, label: name, opinion: 'optional' as const, signature: false })
    expect(plainActions(['report', 'verify', 'return', 'carry_over'].map(action)).map(one => one.name)).toEqual(['return'])
  })

  it('reads codes of items however they are separated', () => {
    expect(criteriaOf('C6、d10, A15')).toEqual(['C6', 'D10', 'A15'])
    expect(criteriaOf(' ')).toEqual([])
  })
})
