import { expect, test } from 'vitest'
import { addressOf, resourcesOf } from './call'

test('an address takes its path and its filters, and leaves empty ones out', () => {
  const address = addressOf('/api/v1/plans/{plan_id}/versions/{n}', { plan_id: 'a/b', n: 2 }, { state: ['draft', 'filed'], q: '', unit: undefined, limit: 0 })
  expect(address).toBe('/api/v1/plans/a%2Fb/versions/2?state=draft&state=filed&limit=0')
})

test('without filters there is no question mark', () => {
  expect(addressOf('/api/v1/me', undefined, undefined)).toBe('/api/v1/me')
})

test('an operation is about what its address names', () => {
  expect(resourcesOf('member_list')).toEqual(['units', 'members'])
})
