/** The year these pages speak of: the one of the address, else the one under way, else the newest. */
import { computed } from 'vue'
import { useRoute, useRouter } from 'vue-router'
import { useRead } from '@/core/query'
import { yearOf, yearOptions } from '@/domain/year'

const UNDER_WAY = ['open', 'inspecting', 'settling']

export function useYear() {
  const route = useRoute()
  const router = useRouter()
  const { data, problem, refetch } = useRead('campaign_list', { query: { sort: '-year' } })
  const all = computed(() => data.value?.items.filter(one => one.state !== 'drafted') ?? [])
  const campaign = computed(() => yearOf(all.value, route.query) ?? all.value.find(one => UNDER_WAY.includes(one.state)) ?? all.value[0])
  const options = computed(() => yearOptions(all.value))
  const choose = (year: string | null | undefined) => router.push({ query: { year } })
  return { campaign, options, choose, loaded: data, problem, refetch }
}
