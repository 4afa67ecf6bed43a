/** What a file may be used for: items, measures, ledger rows, findings of inspections, merged assessments, rectifications under way. Rows are many: they are asked for by the words typed. */
import { computed, onScopeDispose, ref, shallowRef, watch } from 'vue'
import type { CampaignPublic } from '@/core/api/schema'
import { useRead } from '@/core/query'
import type { Choice } from '@/domain/evidence'
import { useItems } from '@/domain/year'
import { assessmentChoices, entryChoices, findingChoices, itemChoices, measureChoices, rectificationChoices } from './model'

const ALL = 200
const SOME = 20
const PAUSE_MS = 250

export function useTargets(campaign: () => CampaignPublic | undefined, unitId: () => string) {
  const known = () => Boolean(campaign() && unitId())
  const whose = () => ({ campaign_id: campaign()?.id ?? '', unit_id: unitId() })
  const items = useItems(() => campaign()?.standard_id)
  const measures = useRead('measure_list', () => ({ query: { ...whose(), limit: ALL } }), { enabled: known })
  // What was found in an earlier year is put right in this one.
  const findings = useRead('finding_list', () => ({ query: { unit_id: unitId(), limit: ALL, sort: '-created_at' as const } }), { enabled: known })

  const assessments = useRead('co_assessment_list', () => ({ query: { campaign_id: campaign()?.id ?? '', limit: ALL } }), { enabled: known })
  const rectifications = useRead('rectification_list', () => ({ query: { unit_id: unitId(), limit: ALL } }), { enabled: known })
  const underWay = computed(() => rectifications.data.value?.items.filter(one => one.state !== 'verified') ?? [])

  const words = ref('')
  const entries = useRead('ledger_entry_list', () => ({ query: { ...whose(), q: words.value, limit: SOME } }), { enabled: () => known() && Boolean(words.value) })
  /** Rows met so far: one that was chosen keeps its name while others are looked for. */
  const met = shallowRef<Choice[]>([])
  watch(entries.data, (page) => {
    const fresh = entryChoices(page?.items ?? []).filter(one => !met.value.some(other => other.value === one.value))
    met.value = [...met.value, ...fresh]
  })

  let pause: ReturnType<typeof setTimeout> | undefined
  onScopeDispose(() => { clearTimeout(pause) })
  function search(text: string): void {
    clearTimeout(pause)
    pause = setTimeout(() => { words.value = text.trim() }, PAUSE_MS)
  }

  const choices = computed(() => [
    ...itemChoices(items.value), ...measureChoices(measures.data.value?.items ?? []), ...findingChoices(findings.data.value?.items ?? []),
    ...assessmentChoices(assessments.data.value?.items ?? []), ...rectificationChoices(underWay.value), ...met.value,
  ])
  return { items, choices, search }
}
