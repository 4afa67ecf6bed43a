/** The year these pages speak of: the one under way, else the newest. */
import { computed } from 'vue'
import { useRead } from '@/core/query'

const UNDER_WAY = ['open', 'inspecting', 'settling']

export function useYear() {
  const { data, problem, refetch } = useRead('campaign_list', { query: { sort: '-year' } })
  const campaign = computed(() => data.value?.items.find(one => UNDER_WAY.includes(one.state)) ?? data.value?.items[0])
  return { campaign, loaded: data, problem, refetch }
}
