import { describe, expect, it } from 'vitest'
import type { ReferralPublic } from '@/core/api/schema'
import { course, stepNotes, subject } from './model'

describe('a referral', () => {
  it('is named by what is asked for whom', () => {
    expect(subject({ unit_name: '市水务局', request: 'adjustment' })).toBe('提请调整：市水务局领导班子')
  })

  it('dates the steps that were taken', () => {
    const one = { approved_at: '2020-01-08T01:00:00Z', sent_at: '2020-01-09T01:00:00Z', acknowledged_at: null, concluded_at: null } as ReferralPublic
    expect(stepNotes(one)).toEqual({ approved: '2020 年 1 月 8 日', sent: '2020 年 1 月 9 日' })
  })

  it('tells its course from the newest', () => {
    const step = (name: string) => ({ id: name, name, label: '批准提请', at: '2026-01-01T00:00:00Z', actor: '某', opinion: '' })
    expect(course([step('created'), step('approve')]).map(one => one.text)).toEqual(['某 批准提请', '某 起草'])
  })
})
