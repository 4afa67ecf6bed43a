import { describe, expect, it } from 'vitest'
import { fromLocal, toLocal, windowBody, windowRows } from './model'

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
})
