import { expect, it } from 'vitest'
import type { CampaignPublic } from '@/core/api/schema'
import { stagesOf } from './year'

const NOW = new Date('2026-11-23T06:32:00Z')
const window = (stage: string, opens_at: string, closes_at: string) => ({ stage, opens_at: `${opens_at}T00:00:00Z`, closes_at: `${closes_at}T00:00:00Z` })

it('has one current stage, and stages without dates where no window is set', () => {
  const year = { windows: [
    window('planning', '2026-01-05', '2026-02-28'), window('self_report', '2026-11-01', '2026-11-30'), window('inspection', '2026-11-20', '2026-12-29'),
  ] } as unknown as CampaignPublic

  const stages = stagesOf(year, NOW)

  expect(stages.map(one => one.done)).toEqual([true, false, false, false, false])
  expect(stages.map(one => one.current)).toEqual([false, true, false, false, false])
  expect(stages[3]).toMatchObject({ stage: 'feedback', opens_at: null })
})
