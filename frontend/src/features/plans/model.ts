/** Plans, computed: what is read, what is pasted, what differs. No component, no request. */
import type { Defect, Linkage, MeasureContent, MeasureCreate, MeasurePublic, PlanContent, PlanPublic, ProblemContent, ProblemPublic } from '@/core/api/schema'
import { LINKAGE, PROBLEM_CATEGORY, PROBLEM_SOURCE } from '@/domain/words'

export interface Named { id: string, name: string }
export interface Item { code: string, title: string }

export const SECTIONS = [
  { key: 'basis', label: '一、依据', hint: '写明上级指示要求、文件和会议' },
  { key: 'goals', label: '二、年度目标', hint: '写可以检查的结果，不用“进一步加强”等提法' },
  { key: 'problems', label: '三、问题', hint: '' },
  { key: 'measures', label: '四、措施', hint: '' },
  { key: 'content', label: '五、创建内容和组织领导', hint: '' },
] as const

export const FIELD: Record<string, string> = {
  basis: '依据', goals: '年度目标', content: '创建内容和组织领导', text: '内容', category: '类别', member: '所属成员', source: '来源', source_note: '来源说明',
  criteria: '对照条目', linkages: '关联', problem: '解决的问题', owner: '责任人', co_owners: '协办', due_on: '完成时限', expected_output: '预期成果',
}

export const options = (words: Record<string, string>) => Object.entries(words).map(([value, label]) => ({ value, label }))

/** 民主生活会：2025 年问题 3 */
export function tie(one: Linkage): string {
  return `${LINKAGE[one.kind]}：${one.reference}`
}

/** The living plan in the form in which versions are kept, so that one component shows both. */
export function asContent(plan: PlanPublic, problems: readonly ProblemPublic[], measures: readonly MeasurePublic[]): PlanContent {
  return {
    unit: plan.unit_name,
    year: plan.year,
    basis: plan.basis ?? '',
    goals: plan.goals ?? '',
    content: plan.content ?? '',
    problems: problems.map((one): ProblemContent => ({
      id: one.id, number: one.number, text: one.text, category: one.category, member: one.member_name ?? '', source: one.source ?? 'self',
      source_note: one.source_note ?? '', criteria: one.criteria.map(item => item.code), linkages: one.linkages,
    })),
    measures: measures.map((one): MeasureContent => ({
      id: one.id, number: one.number, problem_id: one.problem_id, problem: one.problem_number, text: one.text, owner: one.owner_name ?? '',
      co_owners: one.co_owners, due_on: one.due_on ?? null, expected_output: one.expected_output ?? '', linkages: one.linkages,
    })),
  }
}

/** 班子 · 薄弱环节 */
export function kindOf(one: { category: keyof typeof PROBLEM_CATEGORY, member: string }): string {
  return `${one.member || '班子'} · ${PROBLEM_CATEGORY[one.category]}`
}

export function sourceOf(one: { source: keyof typeof PROBLEM_SOURCE, source_note: string }): string {
  return one.source_note || PROBLEM_SOURCE[one.source]
}

/** Which section of the page a defect belongs to. */
export function sectionOf(defect: Defect): string {
  return defect.pointer.split('/')[1] ?? ''
}

/** The id of the control that mends a defect; `/measures/7/owner_id` → `measures-7-owner_id`. */
export function anchorOf(pointer: string): string {
  return pointer.slice(1).replaceAll('/', '-')
}

export function defectOf(defects: readonly Defect[], pointer: string): string | undefined {
  return defects.find(one => one.pointer === pointer)?.detail.replace(/^.*：/, '')
}

function bigrams(text: string): Set<string> {
  const plain = text.replace(/[\s，。、；：“”（）]/g, '')
  return new Set(Array.from({ length: Math.max(plain.length - 1, 0) }, (_, at) => plain.slice(at, at + 2)))
}

/** Items whose title shares the most pairs of characters with the text: an offer, nothing more. */
export function suggest(text: string, items: readonly Item[], count = 2): Item[] {
  const wanted = bigrams(text)
  return items
    .map(item => ({ item, shared: [...bigrams(item.title)].filter(pair => wanted.has(pair)).length }))
    .filter(one => one.shared > 0)
    .sort((a, b) => b.shared - a.shared)
    .slice(0, count)
    .map(one => one.item)
}

export const PASTED = ['措施', '责任人', '完成时限', '预期成果', '协办'] as const

/** 2026/6/30, 2026年6月30日, 2026.6.30 → 2026-06-30; null when it is no day. */
export function readDay(text: string): string | null {
  const found = /^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?$/.exec(text.trim())
  if (!found) return null
  const [, year, month, date] = found
  const iso = `${year}-${month!.padStart(2, '0')}-${date!.padStart(2, '0')}`
  const real = new Date(`${iso}T00:00:00Z`)
  return !Number.isNaN(real.getTime()) && real.toISOString().startsWith(iso) ? iso : null
}

export interface PastedRow { body: MeasureCreate, wrong: string[] }

/** Reads rows copied from a sheet in the order of `PASTED`; a head line is left out. What cannot be read is said, and left empty. */
export function readRows(cells: readonly string[][], team: readonly Named[]): PastedRow[] {
  const rows = cells[0]?.[0] === PASTED[0] ? cells.slice(1) : cells
  return rows.map(([text = '', owner = '', due = '', output = '', helpers = '']) => {
    const member = team.find(one => one.name === owner)
    const day = readDay(due)
    return {
      body: {
        text, owner_id: member?.id ?? null, due_on: day, expected_output: output,
        co_owners: helpers.split(/[、，,;；]/).map(name => name.trim()).filter(Boolean),
      },
      wrong: [
        ...(text ? [] : ['措施没有内容']),
        ...(owner && !member ? [`班子中没有“${owner}”`] : []),
        ...(due && !day ? [`“${due}”不是日期`] : []),
      ],
    }
  })
}

/** Codes in what a diff tells, in words. */
export function inWords(field: string, value: string): string {
  if (!value) return ''
  if (field === 'category') return PROBLEM_CATEGORY[value as keyof typeof PROBLEM_CATEGORY]
  if (field === 'source') return PROBLEM_SOURCE[value as keyof typeof PROBLEM_SOURCE]
  if (field === 'criteria' || field === 'co_owners') return value.split('\n').join('、')
  if (field === 'linkages') return value.split('\n').map((line) => {
    const [kind, ...rest] = line.split(':')
    return `${LINKAGE[kind as keyof typeof LINKAGE]}：${rest.join(':')}`
  }).join('\n')
  return value
}

/** How many items of each of the four are held against problems. */
export function coverage(problems: readonly { criteria: string[] }[], items: readonly Item[]): { code: string, held: number, all: number }[] {
  const held = new Set(problems.flatMap(one => one.criteria))
  const codes = [...new Set(items.map(one => one.code.charAt(0)))]
  return codes.map((code) => {
    const mine = items.filter(one => one.code.startsWith(code))
    return { code, held: mine.filter(one => held.has(one.code)).length, all: mine.length }
  })
}

/** One place up or down. */
export type Step = -1 | 1

/** The ids in their new order; at an end nothing moves. */
export function moved(ids: readonly string[], id: string, by: Step): string[] {
  const from = ids.indexOf(id)
  const to = from + by
  if (from < 0 || to < 0 || to >= ids.length) return [...ids]
  const rest = ids.filter(one => one !== id)
  return [...rest.slice(0, to), id, ...rest.slice(to)]
}
