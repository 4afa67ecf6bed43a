import { describe, expect, it } from 'vitest'
import type { CriterionPublic } from '@/core/api/schema'
import { fromLocal, tally, toLocal, windowBody, windowRows } from './model'

const criterion = (code: string) => ({ code }) as CriterionPublic

describe('campaigns', () => {
  it('shows windows in Shanghai time and sends them back as the same instants', () => {
    expect(toLocal('2026-12-31T16:30:00Z')).toBe('2027-01-01T00:30')
    expect(Date.parse(fromLocal('2027-01-01T00:30'))).toBe(Date.parse('2026-12-31T16:30:00Z'))
  })

  it('has a row for every stage and sends only those that are filled in', () => {
    const rows = windowRows([{ stage: 'inspection', opens_at: '2026-11-01T01:00:00Z', closes_at: '2026-12-01T10:00:00Z' }])
    expect(rows.map(one => one.stage)).toEqual(['planning', 'self_report', 'inspection', 'feedback', 'rectification'])
    expect(windowBody(rows)).toEqual([{ stage: 'inspection', opens_at: '2026-11-01T09:00:00+08:00', closes_at: '2026-12-01T18:00:00+08:00' }])
  })

  it('adds the points of each dimension up and says how much they are off', () => {
    const [a, b] = tally({ A: '25.00', B: '25.00' }, [criterion('A1'), criterion('A2'), criterion('B1')], { A1: '12.50', A2: '12.40', B1: '二十五' })
    expect([a!.spread, a!.off]).toEqual(['24.90', '-0.10'])
    expect([b!.spread, b!.off]).toEqual(['0', '-25.00'])
  })
})
