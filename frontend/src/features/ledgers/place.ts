/** Where these pages stand: a unit's own, or the committee's look at one; and which year they show. */
import { computed } from 'vue'
import { useRoute } from 'vue-router'
import type { Crumb } from '@/kit/UiHead.vue'
import { useRead } from '@/core/query'
import { useSession } from '@/core/session'

export interface Place { unitId?: string }

export function usePlace(place: Place) {
  const session = useSession()
  const route = useRoute()
  const unitId = computed(() => place.unitId ?? session.me?.unit?.id ?? '')
  const base = computed(() => (place.unitId ? `/c/units/${place.unitId}` : '/u'))
  /** For queries: the own unit needs no name. */
  const unitQuery = computed(() => (place.unitId ? { unit_id: place.unitId } : {}))

  const unit = useRead('unit_get', () => ({ path: { id: unitId.value } }), { enabled: () => Boolean(place.unitId) })
  const crumbs = computed<Crumb[]>(() => (place.unitId
    ? [{ label: '台账', to: '/c/ledgers' }, { label: unit.data.value?.name ?? '单位', to: `${base.value}/ledgers` }]
    : [{ label: '台账', to: '/u/ledgers' }]))

  const years = useRead('campaign_list', { query: { sort: '-year', limit: 20 } })
  const campaigns = computed(() => years.data.value?.items ?? [])
  const campaign = computed(() => campaigns.value.find(one => String(one.year) === route.query.year) ?? campaigns.value[0])
  return { unitId, base, unitQuery, unit: unit.data, crumbs, campaigns, campaign, problem: years.problem }
}
