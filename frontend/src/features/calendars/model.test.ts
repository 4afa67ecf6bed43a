import { describe, expect, it } from 'vitest'
import { daysOf, dayWords, monthFrom, monthWords, pagesOf, whereWords } from './model'

describe('a month', () => {
  it('has its first and its last day', () => {
    expect(daysOf('2028-02')).toEqual({ since: '2028-02-01', until: '2028-02-29' })
    expect(daysOf('2026-12')).toEqual({ since: '2026-12-01', until: '2026-12-31' })
  })

  it('is left for the next and the one before, over the turn of the year', () => {
    expect(monthFrom('2026-12', 1)).toBe('2027-01')
    expect(monthFrom('2026-01', -1)).toBe('2025-12')
    expect(monthWords('2027-01')).toBe('2027 年 1 月')
  })
})

describe('an entry', () => {
  it('names its day once', () => {
    expect(dayWords({ day: '2026-11-24' }, undefined)).toBe('24 日 周二')
    expect(dayWords({ day: '2026-11-24' }, { day: '2026-11-24' })).toBe('')
  })

  it('says when and where, as far as it has that', () => {
    expect(whereWords({ starts_at: '2026-11-24T01:00:00Z', ends_at: '2026-11-24T03:30:00Z', place: '三楼会议室' })).toBe('09:00—11:30，三楼会议室')
    expect(whereWords({ starts_at: null, ends_at: null, place: '' })).toBe('')
  })

  it('opens where its reader works on it', () => {
    expect(pagesOf({ kind: 'measure', subject_id: 'm1' }, ['unit'])).toEqual(['/u/measures/m1'])
    expect(pagesOf({ kind: 'visit', subject_id: 'i1' }, ['committee'])).toEqual(['/c/visits'])
    expect(pagesOf({ kind: 'window', subject_id: 'c1' }, ['unit', 'committee'])).toEqual([])
  })
})
