import { describe, expect, it } from 'vitest'
import type { Indicator } from '@/core/api/schema'
import { forecastOf, ownOf } from './indicators'

const c6 = {
  criterion: 'C6', title: '每人下基层不少于60天', value: '2', target: '7', measure: '人', status: 'at_risk', summary: '', forecast: '3 人不足', missing: 3, part: 2, whole: 7,
  as_of: '2026-11-23', checks: [],
  members: [
    { member_id: 'm1', name: '甲', value: '41.5', target: '60', status: 'at_risk', forecast: '46', days_in_office: 365 },
    { member_id: 'm2', name: '乙', value: '61', target: '60', status: 'met', forecast: '68', days_in_office: 365 },
  ],
} satisfies Indicator

describe('the rules for each member', () => {
  it('tell how many will be short', () => {
    expect(forecastOf(c6)).toEqual({ text: '3 人不足', tone: 'bad' })
    expect(forecastOf({ ...c6, missing: 0, status: 'on_track' })).toEqual({ text: '可达标', tone: 'ok' })
  })
  it('show a member the own figure with what it will come to', () => {
    expect(ownOf([c6], 'm1')).toEqual([{
      criterion: 'C6', title: '每人下基层不少于60天', value: 41.5, target: 60, unit: '天', word: { text: '有差距', tone: 'warn' }, forecast: '按目前进度，到 12 月 31 日约 46 天',
    }])
  })
  it('make no forecast of what is reached, and none for a stranger', () => {
    expect(ownOf([c6], 'm2')[0]!.forecast).toBe('')
    expect(ownOf([c6], null)).toEqual([])
  })
})
