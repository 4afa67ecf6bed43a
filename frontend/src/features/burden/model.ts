/** What is asked of units and what they gave; what is asked for although it is there already. */
import type { BurdenPublic, LedgerKind, Need, UnitBurden } from '@/core/api/schema'
import { LEDGER } from '@/domain/words'

/** `C6 集中调研`, `T5 中心组学习`. */
export function needName(need: Pick<Need, 'code' | 'is_ledger'>, titles: ReadonlyMap<string, string>): string {
  const title = need.is_ledger ? LEDGER[need.code as LedgerKind] : titles.get(need.code)
  return title ? `${need.code} ${title}` : need.code
}

export interface Sum { rows: number, pieces: number, files: number, size: number, saved: number }

export function sumOf(units: readonly UnitBurden[]): Sum {
  const sum = (name: keyof Sum) => units.reduce((total, one) => total + one[name], 0)
  return { rows: sum('rows'), pieces: sum('pieces'), files: sum('files'), size: sum('size'), saved: sum('saved') }
}

/** Those with the most to do first. */
export function heaviest(units: readonly UnitBurden[]): UnitBurden[] {
  return [...units].sort((a, b) => (b.rows + b.files) - (a.rows + a.files))
}

/** Collections by name, those of material apart: they have pages of their own. */
export function regular(burden: BurdenPublic) {
  return burden.collections.filter(one => one.kind !== 'material')
}

/** What units have handed in already and nobody said why it is asked for again. */
export function flagged(needs: readonly Need[]): Need[] {
  return needs.filter(need => need.units_holding > 0 && !need.reason)
}

/** How a need stands for the unit that is asked. */
export function answerOf(need: Pick<Need, 'held'>): { count: number, title: string, id: string } | undefined {
  const [held] = need.held
  return held && { count: held.count, title: held.first_title, id: held.first_id }
}

/** Where a unit looks at, or hands in, what is asked for. */
export function pageOf(need: Pick<Need, 'code' | 'is_ledger'>, id: string | undefined): string {
  if (need.is_ledger) return `/u/ledgers/${need.code}${id ? `/${id}` : '/new'}`
  return id ? `/u/evidence?id=${id}` : '/u/evidence'
}

/** The committee's look at what a unit holds. */
export function committeePage(need: Pick<Need, 'code' | 'is_ledger'>, unitId: string, id: string): string {
  return need.is_ledger ? `/c/units/${unitId}/ledgers/${need.code}/${id}` : `/c/units/${unitId}/evidence?id=${id}`
}
