/** Which year (`?year=`, `?campaign_id=`) and whose: the own unit's, or one that the committee looks at. */
import { computed } from 'vue'
import { type LocationQuery, useRoute } from 'vue-router'
import type { CampaignPublic } from '@/core/api/schema'
import { useRead } from '@/core/query'
import { useSession } from '@/core/session'

/** The year of the address: by its number as people choose it, else by the id that to-dos and figures give. */
export function yearOf(campaigns: readonly CampaignPublic[], { year, campaign_id: id }: LocationQuery): CampaignPublic | undefined {
  return campaigns.find(one => String(one.year) === year) ?? campaigns.find(one => one.id === id)
}

export const yearOptions = (campaigns: readonly CampaignPublic[]) => campaigns.map(one => ({ value: String(one.year), label: `${one.year} 年` }))

export function useYear(place: { unitId?: string } = {}) {
  const session = useSession()
  const route = useRoute()
  const unitId = computed(() => place.unitId ?? session.me?.unit?.id ?? '')
  const years = useRead('campaign_list', { query: { sort: '-year', limit: 20 } })
  const campaigns = computed(() => years.data.value?.items ?? [])
  const campaign = computed(() => yearOf(campaigns.value, route.query) ?? campaigns.value[0])
  const known = computed(() => Boolean(campaign.value && unitId.value))
  const none = computed(() => years.data.value?.items.length === 0)
  return { campaigns, campaign, unitId, known, none, problem: years.problem }
}

/** The items of the standard that a campaign goes by. */
export function useItems(standardId: () => string | null | undefined) {
  const { data } = useRead('criterion_list', () => ({ path: { id: standardId() ?? '' } }), { enabled: () => Boolean(standardId()) })
  return computed(() => data.value ?? [])
}
