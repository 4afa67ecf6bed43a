import { describe, expect, it } from 'vitest'
import { pageOf } from './doors'

describe('the page behind a figure', () => {
  it('keeps the filters of the list that was counted', () => {
    expect(pageOf('/api/v1/plans?campaign_id=c1&state=filed', 'committee')).toBe('/c/plans?campaign_id=c1&state=filed')
  })
  it('leads each view to its own page', () => {
    expect(pageOf('/api/v1/rectifications?state=verified', 'unit')).toBe('/u/rectifications?state=verified')
    expect(pageOf('/api/v1/rectifications?state=verified', 'committee')).toBe('/c/rectifications?state=verified')
  })
  it('knows a list below a thing', () => {
    expect(pageOf('/api/v1/plans/7c9e6679-7425-40de-944b-e07fc1f90ae7/problems?state=open', 'unit')).toBe('/u/problems?state=open')
  })
  it('opens the heat table for the leadership', () => {
    expect(pageOf('/api/v1/results?campaign_id=c1&grade=较差', 'leadership')).toBe('/l?campaign_id=c1&grade=较差#heat')
  })
  it('is no door where nobody shows the list', () => {
    expect(pageOf('/api/v1/complaints?state=received', 'leadership')).toBeUndefined()
    expect(pageOf('/api/v1/unknown', 'committee')).toBeUndefined()
  })
})
