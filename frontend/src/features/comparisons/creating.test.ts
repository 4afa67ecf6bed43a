import { describe, expect, it } from 'vitest'
import { bodyOf, checkNew, EMPTY } from './creating'

const VALUES = { ...EMPTY, name: '评比', first_campaign_id: '1', second_campaign_id: '2' }
const wrong = (over: Partial<typeof EMPTY>) => Object.entries(checkNew({ ...VALUES, ...over }, ['党群部门', '政府部门'])).filter(([, why]) => why).map(([name]) => name)

describe('a new comparison', () => {
  it('asks only for what its formula and its places need', () => {
    expect(wrong({})).toEqual([])
    expect(wrong({ kind: 'weighted', first_percent: '100' })).toEqual(['first_percent'])
    expect(wrong({ kind: 'both', threshold: '' })).toEqual(['threshold'])
    expect(wrong({ share: 'class', quotas: { 党群部门: '3' } })).toEqual(['quotas/政府部门'])
    expect(wrong({ places: '0', notice_days: '' })).toEqual(['places', 'notice_days'])
  })

  it('sends places for each class, or for all', () => {
    expect(bodyOf({ ...VALUES, kind: 'weighted', first_percent: '40' }, [])).toMatchObject({ formula: { kind: 'weighted', first_percent: 40 }, places: 10, quotas: {} })
    const quotas = { 党群部门: '3', 政府部门: '7' }
    expect(bodyOf({ ...VALUES, share: 'class', quotas }, ['党群部门', '政府部门'])).toMatchObject({ places: 10, quotas: { 党群部门: 3, 政府部门: 7 } })
  })
})
