/** Which year (`?year=`) and whose: the own unit's, or one that the committee looks at. */
import { computed } from 'vue'
import { useRoute } from 'vue-router'
import { useRead } from '@/core/query'
import { useSession } from '@/core/session'

export function useYear(place: { unitId?: string } = {}) {
  const session = useSession()
  const route = useRoute()
  const unitId = computed(() => place.unitId ?? session.me?.unit?.id ?? '')
  const years = useRead('campaign_list', { query: { sort: '-year', limit: 20 } })
  const campaigns = computed(() => years.data.value?.items ?? [])
  const campaign = computed(() => campaigns.value.find(one => String(one.year) === route.query.year) ?? campaigns.value[0])
  const known = computed(() => Boolean(campaign.value && unitId.value))
  const none = computed(() => years.data.value?.items.length === 0)
  return { campaigns, campaign, unitId, known, none, problem: years.problem }
}

/** The items of the standard that a campaign goes by. */
export function useItems(standardId: () => string | null | undefined) {
  const { data } = useRead('criterion_list', () => ({ path: { id: standardId() ?? '' } }), { enabled: () => Boolean(standardId()) })
  return computed(() => data.value ?? [])
}
