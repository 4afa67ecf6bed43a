/** All units by name, for pickers and filters. */
import { useQuery } from '@pinia/colada'
import { computed } from 'vue'
import { call } from '@/core/api/call'

export interface UnitName { id: string, name: string }

interface Listed extends UnitName { unitClass: string }

const PAGE = 200

async function fetchAll(): Promise<Listed[]> {
  const units: Listed[] = []
  for (let cursor: string | null = ''; cursor !== null;) {
    const page: { items: (UnitName & { unit_class: string })[], next_cursor?: string | null } = await call('unit_list', { query: { kind: 'unit', limit: PAGE, cursor } })
    units.push(...page.items.map(({ id, name, unit_class: unitClass }) => ({ id, name, unitClass })))
    cursor = page.next_cursor ?? null
  }
  return units
}

/** Kept for ten minutes: units seldom change. */
export function useUnits() {
  const { data } = useQuery({ key: ['unit_list', 'names'], query: fetchAll, staleTime: 600_000 })
  return computed(() => data.value ?? [])
}
