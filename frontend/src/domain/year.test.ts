import { expect, it } from 'vitest'
import type { CampaignPublic } from '@/core/api/schema'
import { yearOf } from './year'

const YEARS = [{ id: 'c2', year: 2026 }, { id: 'c1', year: 2025 }] as CampaignPublic[]

it('takes the year from links that name it by its id', () => {
  expect(yearOf(YEARS, { campaign_id: 'c1' })?.year).toBe(2025)
})

it('lets a year chosen on the page go before the one it was opened with', () => {
  expect(yearOf(YEARS, { year: '2026', campaign_id: 'c1' })?.year).toBe(2026)
})

it('knows no year where the address names none that there is', () => {
  expect(yearOf(YEARS, { year: '1999' })).toBeUndefined()
})
