/** A campaign's windows as the stages of the year strip. */
import type { CampaignPublic, StageStatus } from '@/core/api/schema'
import { STAGE } from '@/domain/words'

/** Over once the results are being settled: its windows say nothing any more. */
export const ended = (year: CampaignPublic): boolean => year.state === 'closed'

/** The stages in their order; the first that is open now is the current one. */
export function stagesOf(year: CampaignPublic, now = new Date()): StageStatus[] {
  let found = false
  return Object.keys(STAGE).map((stage) => {
    const window = year.windows.find(one => one.stage === stage)
    const done = window !== undefined && new Date(window.closes_at) <= now
    const current = !found && !done && window !== undefined && new Date(window.opens_at) <= now
    found ||= current
    return { stage, opens_at: window?.opens_at ?? null, closes_at: window?.closes_at ?? null, done, current }
  })
}
