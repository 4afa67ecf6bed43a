/** The year these pages speak of: the one of the address, else the newest that has been opened. */
import { computed } from 'vue'
import { useRoute, useRouter } from 'vue-router'
import { useYear, yearOf, yearOptions } from '@/domain/year'

export function useOpenedYear() {
  const route = useRoute()
  const router = useRouter()
  const { campaigns, none, problem } = useYear()
  const opened = computed(() => campaigns.value.filter(one => one.state !== 'drafted'))
  const campaign = computed(() => yearOf(opened.value, route.query) ?? opened.value[0])
  const options = computed(() => yearOptions(opened.value))
  const choose = (year: string | null | undefined) => router.push({ query: { year } })
  return { campaign, options, choose, none, problem }
}
