/** What an inspector says of one item while saying it, and what it costs. Figures are decimal strings. */
import type { ClauseOutput, JudgementBody, JudgementPublic, SheetItem } from '@/core/api/schema'
import { same } from '@/core/merge'
import { compare, isDecimal, isZero, score, subtract, sum, times } from '@/core/decimal'

export interface DeductionDraft {
  clause: string
  /** Its number in the catalogue; null for one worded by the inspector. */
  clause_number: number | null
  times: number
  points: string
  fact: string
  absence: string
  evidence_id: string | null
}

export interface Draft { doubt: boolean, note: string, deductions: DeductionDraft[] }

export function draftOf(judgement: JudgementPublic | undefined): Draft {
  return {
    doubt: judgement?.doubt ?? false,
    note: judgement?.note ?? '',
    deductions: (judgement?.deductions ?? []).map(one => ({
      clause: one.clause, clause_number: one.clause_number ?? null, times: one.times, points: score(one.points), fact: one.fact, absence: one.absence,
      evidence_id: one.evidence_id ?? null,
    })),
  }
}

export const bodyOf = (draft: Draft): JudgementBody => ({ ...draft, deductions: draft.deductions.map(one => ({ ...one })) })

export const isBlank = (draft: Draft): boolean => !draft.doubt && !draft.note && draft.deductions.length === 0

export const chosen = (draft: Draft, clause: ClauseOutput) => draft.deductions.find(one => one.clause_number === clause.number)

/** Takes a clause up, or drops it with what was written about it. */
export function toggle(draft: Draft, clause: ClauseOutput): Draft {
  const others = draft.deductions.filter(one => one.clause_number !== clause.number)
  if (others.length < draft.deductions.length) return { ...draft, deductions: others }
  const added = { clause: clause.text, clause_number: clause.number, times: 1, points: clause.points, fact: '', absence: '', evidence_id: null }
  const sorted = [...draft.deductions, added].sort((a, b) => (a.clause_number ?? 100) - (b.clause_number ?? 100))
  return { ...draft, deductions: sorted }
}

export function count(draft: Draft, clause: ClauseOutput, number: number): Draft {
  const n = Math.min(999, Math.max(1, Math.trunc(number) || 1))
  return { ...draft, deductions: draft.deductions.map(one => (one.clause_number === clause.number ? { ...one, times: n, points: times(clause.points, n) } : one)) }
}

/** A deduction that no clause of the catalogue covers. */
export function addOwn(draft: Draft): Draft {
  const own = { clause: '', clause_number: null, times: 1, points: '', fact: '', absence: '', evidence_id: null }
  return { ...draft, deductions: [...draft.deductions, own] }
}

/** Which of the four parts are still missing; who says it is known. */
export function missingOf(one: DeductionDraft): string[] {
  const isPriced = isDecimal(one.points) && !one.points.startsWith('-') && !isZero(one.points)
  return [!one.clause.trim() && '条款', !isPriced && '分值', !one.fact.trim() && '事实', !one.evidence_id && !one.absence.trim() && '证据']
    .filter((part): part is string => Boolean(part))
}

export const isComplete = (draft: Draft): boolean => draft.deductions.every(one => missingOf(one).length === 0)

/** Never more than the item's points. */
export function lostOf(points: string, draft: Draft): string {
  const total = sum(draft.deductions.map(one => (isDecimal(one.points) ? one.points : '0')))
  return compare(total, points) > 0 ? points : total
}

export const scoreOf = (points: string, draft: Draft): string => subtract(points, lostOf(points, draft))

/** Of an item judged by levels: 0 is the best, n the clause that stands for it; none before anything was said. */
export function levelOf(draft: Draft, judged: boolean): number | undefined {
  return draft.deductions[0]?.clause_number ?? (judged ? 0 : undefined)
}

/** Another level keeps what was written about the one before. */
export function toLevel(draft: Draft, clauses: readonly ClauseOutput[], number: number): Draft {
  const clause = clauses.find(one => one.number === number)
  if (!clause) return { ...draft, deductions: [] }
  const { fact = '', absence = '', evidence_id = null } = draft.deductions[0] ?? {}
  return { ...draft, deductions: [{ clause: clause.text, clause_number: number, times: 1, points: clause.points, fact, absence, evidence_id }] }
}

/** A word with each deduction as a field of its own, for telling two of them apart: `扣分：…` by its clause. */
export type Fields = Record<string, unknown>

const fieldOf = (one: DeductionDraft): string => `扣分：${one.clause || '（条款未写）'}`
const wordingOf = ({ times: often, points, fact, absence, evidence_id }: DeductionDraft) => ({ cost: `扣 ${isDecimal(points) ? score(points) : points} 分`, often: often > 1 ? `${often} 次` : '', fact, lacking: absence && `缺少：${absence}`, evidence_id })

export const fieldsOf = ({ doubt, note, deductions }: Draft): Fields => ({ doubt, note, ...Object.fromEntries(deductions.map(one => [fieldOf(one), wordingOf(one)])) })

/** The way back: each deduction as one of the two sides has it. */
export function draftFrom(fields: Fields, mine: Draft, theirs: Draft): Draft {
  const all = [...mine.deductions, ...theirs.deductions]
  const kept = [...new Set(all.map(fieldOf))].flatMap(name => all.find(one => fieldOf(one) === name && same(wordingOf(one), fields[name])) ?? [])
  return { doubt: fields.doubt as boolean, note: fields.note as string, deductions: kept.sort((a, b) => (a.clause_number ?? 100) - (b.clause_number ?? 100)) }
}

export type Judged = ReadonlyMap<string, JudgementPublic>

export interface Walk { dimension: string, items: { item: SheetItem, state: 'none' | 'full' | 'cut' | 'part', said: string }[] }

const SAID = { none: '未评', full: '已评，不扣分', cut: '有扣分', part: '存疑' } as const

export function stateOf(judgement: JudgementPublic | undefined): keyof typeof SAID {
  if (!judgement) return 'none'
  return judgement.doubt ? 'part' : isZero(judgement.lost) ? 'full' : 'cut'
}

/** The items by dimension, each with how it stands: the walk on top of the page. */
export function walkOf(items: readonly SheetItem[], judged: Judged): Walk[] {
  const walks: Walk[] = []
  for (const item of items) {
    const state = stateOf(judged.get(item.criterion_id))
    const last = walks.at(-1)
    const entry = { item, state, said: `${item.code} ${SAID[state]}` }
    if (last?.dimension === item.dimension) last.items.push(entry)
    else walks.push({ dimension: item.dimension, items: [entry] })
  }
  return walks
}

export const left = (items: readonly SheetItem[], judged: Judged): SheetItem[] => items.filter(one => !judged.has(one.criterion_id))

/** The next item not judged after this one, around the end if need be. */
export function nextLeft(items: readonly SheetItem[], judged: Judged, current: string): SheetItem | undefined {
  const at = items.findIndex(one => one.criterion_id === current)
  return [...items.slice(at + 1), ...items.slice(0, at)].find(one => !judged.has(one.criterion_id))
}

/** The neighbour in the standard's order. */
export function neighbour(items: readonly SheetItem[], current: string, by: 1 | -1): SheetItem | undefined {
  return items[items.findIndex(one => one.criterion_id === current) + by]
}
