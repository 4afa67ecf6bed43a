/** Reads that are made of many: the whole store of a unit, and what last year has for several items. */
import { useQuery } from '@pinia/colada'
import { computed } from 'vue'
import { call } from '@/core/api/call'
import { asProblem } from '@/core/api/problem'
import type { CriterionPublic, EvidenceRow, EvidenceSuggestion } from '@/core/api/schema'

const PAGE = 200

export interface Whose { campaign_id: string, unit_id: string }
export type Item = Pick<CriterionPublic, 'id' | 'code' | 'title'>

async function everyPiece(whose: Whose): Promise<EvidenceRow[]> {
  const pieces: EvidenceRow[] = []
  for (let cursor: string | null = ''; cursor !== null;) {
    const page: { items: EvidenceRow[], next_cursor?: string | null } = await call('evidence_list', { query: { ...whose, sort: 'title', limit: PAGE, cursor } })
    pieces.push(...page.items)
    cursor = page.next_cursor ?? null
  }
  return pieces.filter(one => one.state !== 'withdrawn')
}

/** Every piece of a unit's year that stands, by title. */
export function usePieces(whose: () => Whose, enabled: () => boolean) {
  const read = useQuery({ key: () => ['evidence_list', `every ${JSON.stringify(whose())}`], query: () => everyPiece(whose()), enabled })
  return { ...read, problem: computed(() => (read.error.value ? asProblem(read.error.value) : undefined)) }
}

/** What last year has for each of these items, by the items' ids. */
export function useEarlier(campaignId: () => string | undefined, items: () => readonly Item[]) {
  const ask = async (item: Item): Promise<[string, EvidenceSuggestion[]]> => [item.id, await call('evidence_suggest', { query: { campaign_id: campaignId()!, criterion_id: item.id } })]
  const { data } = useQuery({
    key: () => ['evidence_suggest', `${campaignId() ?? ''} ${items().map(one => one.id).join(' ')}`],
    query: async () => new Map(await Promise.all(items().map(ask))),
    enabled: () => Boolean(campaignId()) && items().length > 0,
  })
  return computed<ReadonlyMap<string, readonly EvidenceSuggestion[]>>(() => data.value ?? new Map())
}

/** Goes on using last year's piece for this item: nothing is uploaded again, and what was taken over already is only linked. */
export async function takeOver(whose: Whose, item: Item, from: EvidenceSuggestion): Promise<EvidenceRow> {
  const target = { criterion_id: item.id }
  const taken = from.reused ? (await everyPiece(whose)).find(one => one.reused_from_id === from.id) : undefined
  if (!taken) return call('evidence_reuse', { path: { id: from.id }, body: { campaign_id: whose.campaign_id, not_secret: true, links: [target] } })
  await call('evidence_link_create', { path: { id: taken.id }, body: target })
  return call('evidence_get', { path: { id: taken.id } })
}
