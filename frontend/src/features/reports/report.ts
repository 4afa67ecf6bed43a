/** The own unit's report of the year in the address. */
import { computed } from 'vue'
import { useRead } from '@/core/query'
import { useYear } from '@/domain/year'
import { figuresOf } from './model'

export function useOwnReport() {
  const year = useYear()
  const found = useRead('self_report_list', () => ({ query: { campaign_id: year.campaign.value?.id ?? '', unit_id: year.unitId.value, limit: 1 } }), { enabled: year.known })
  const id = computed(() => found.data.value?.items[0]?.id ?? '')
  const report = useRead('self_report_get', () => ({ path: { id: id.value } }), { enabled: () => Boolean(id.value) })
  const none = computed(() => year.none.value || found.data.value?.items.length === 0)
  const problem = computed(() => year.problem.value ?? found.problem.value ?? report.problem.value)
  return { ...year, none, id, report: report.data, problem, refetch: report.refetch }
}

/** What the year says by itself; live until the signature. */
export function usePrefill(id: () => string, wanted: () => boolean) {
  const { data } = useRead('self_report_prefill', () => ({ path: { id: id() } }), { enabled: () => Boolean(id()) && wanted() })
  return { prefill: data, figures: computed(() => figuresOf(data.value)) }
}
