/** All results of a year that this person may see, page by page: for counts and for tables of two years. */
import { useQuery } from '@pinia/colada'
import { computed } from 'vue'
import { call } from '@/core/api/call'
import { asProblem } from '@/core/api/problem'
import type { ResultRow } from '@/core/api/schema'

const PAGE = 200

async function fetchYear(campaign: string): Promise<ResultRow[]> {
  const rows: ResultRow[] = []
  for (let cursor: string | null = ''; cursor !== null;) {
    const page: { items: ResultRow[], next_cursor: string | null } = await call('result_list', { query: { campaign_id: campaign, limit: PAGE, cursor } })
    rows.push(...page.items)
    cursor = page.next_cursor
  }
  return rows
}

/** `campaign` is a campaign's id; nothing is fetched while it is empty. */
export function useYearResults(campaign: () => string | undefined) {
  const read = useQuery({
    key: () => ['result_list', 'year', campaign() ?? ''],
    query: () => fetchYear(campaign()!),
    enabled: () => Boolean(campaign()),
  })
  const problem = computed(() => (read.error.value ? asProblem(read.error.value) : undefined))
  return { results: read.data, problem, refetch: read.refetch }
}
