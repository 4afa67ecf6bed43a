/** The own unit's plan of the year in the address (`?year=`), and what belongs to every plan: team, items, problems, measures. */
import { computed, toValue, type MaybeRefOrGetter } from 'vue'
import { useRoute } from 'vue-router'
import { useRead } from '@/core/query'
import { useSession } from '@/core/session'

const ALL = 200

export function useOwnPlan() {
  const session = useSession()
  const route = useRoute()
  const years = useRead('campaign_list', { query: { sort: '-year', limit: 20 } })
  const campaigns = computed(() => years.data.value?.items ?? [])
  const campaign = computed(() => campaigns.value.find(one => String(one.year) === route.query.year) ?? campaigns.value[0])
  const unitId = computed(() => session.me?.unit?.id ?? '')
  const found = useRead('plan_list', () => ({ query: { campaign_id: campaign.value?.id ?? '', unit_id: unitId.value, limit: 1 } }), { enabled: () => Boolean(campaign.value) })
  const id = computed(() => found.data.value?.items[0]?.id ?? '')
  const plan = useRead('plan_get', () => ({ path: { id: id.value } }), { enabled: () => Boolean(id.value) })
  const none = computed(() => years.data.value?.items.length === 0 || found.data.value?.items.length === 0)
  const problem = computed(() => years.problem.value ?? found.problem.value ?? plan.problem.value)
  return { campaigns, campaign, unitId, id, plan: plan.data, none, problem, refetch: plan.refetch }
}

/** Problems and measures of one plan, whole. */
export function useParts(id: MaybeRefOrGetter<string>) {
  const enabled = () => Boolean(toValue(id))
  const problems = useRead('plan_problem_list', () => ({ path: { id: toValue(id) }, query: { limit: ALL } }), { enabled })
  const measures = useRead('plan_measure_list', () => ({ path: { id: toValue(id) }, query: { limit: ALL } }), { enabled })
  return {
    problems: computed(() => problems.data.value?.items ?? []),
    measures: computed(() => measures.data.value?.items ?? []),
    ready: computed(() => Boolean(problems.data.value && measures.data.value)),
    problem: computed(() => problems.problem.value ?? measures.problem.value),
    refetch: () => Promise.all([problems.refetch(), measures.refetch()]),
  }
}

/** The items of the standard that a campaign goes by. */
export function useItems(campaignId: MaybeRefOrGetter<string | undefined>) {
  const campaign = useRead('campaign_get', () => ({ path: { id: toValue(campaignId) ?? '' } }), { enabled: () => Boolean(toValue(campaignId)) })
  const standard = computed(() => campaign.data.value?.standard_id ?? '')
  const items = useRead('criterion_list', () => ({ path: { id: standard.value } }), { enabled: () => Boolean(standard.value) })
  return { campaign: campaign.data, items: computed(() => items.data.value ?? []) }
}

export function useTeam(unitId: MaybeRefOrGetter<string>) {
  const team = useRead('member_list', () => ({ path: { id: toValue(unitId) } }), { enabled: () => Boolean(toValue(unitId)) })
  return computed(() => team.data.value ?? [])
}
