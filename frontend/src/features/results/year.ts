/** Which year a committee page shows: `?campaign=` or the `?campaign_id=` of figures, else the newest that is not being prepared. */
import { computed } from 'vue'
import { useRoute, useRouter } from 'vue-router'
import { useRead } from '@/core/query'

export function useCampaign() {
  const route = useRoute()
  const router = useRouter()
  const { data, problem, refetch } = useRead('campaign_list', { query: { sort: '-year', limit: 200 } })
  const all = computed(() => data.value?.items.filter(one => one.state !== 'drafted') ?? [])
  const campaign = computed(() => all.value.find(one => one.id === (route.query.campaign ?? route.query.campaign_id)) ?? all.value[0])
  const options = computed(() => all.value.map(one => ({ value: one.id, label: `${one.year} 年度` })))
  const choose = (id: string | null | undefined) => router.push({ query: { campaign: id ?? undefined } })
  return { loaded: data, campaign, options, choose, problem, refetch }
}
