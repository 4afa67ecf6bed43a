/** Bonuses, penalties and vetoes in words: what each does, whose it is, what comes next. */
import type { ExtraCreate, ExtraOrigin, ExtraPublic, ExtraRulePublic, MatterKind } from '@/core/api/schema'
import { day } from '@/core/dates'
import { score } from '@/core/decimal'
import type { DeductionView } from '@/domain/score'

/** The two places these are read: the own unit's, the committee's with the departments. */
export type Base = '/u' | '/c'

export const KIND: Record<MatterKind, string> = { bonus: '加分', penalty: '减分', veto: '一票否决' }
export const ORIGIN: Record<ExtraOrigin, string> = { unit: '单位申请', committee: '工委提出', department: '部门提出' }

/** 加 4.00 分, 减 3.00 分, 等次最高为“一般”. */
export function effectOf({ kind, points, grade }: Pick<ExtraPublic, 'kind' | 'points' | 'grade'>): string {
  if (kind === 'veto') return `等次最高为“${grade}”`
  return `${kind === 'bonus' ? '加' : '减'} ${score(points)} 分`
}

/** Its four parts, as a deduction's. */
export function partsOf(one: ExtraPublic): DeductionView {
  const evidence = [one.evidence_title, one.absence].filter(Boolean).join('；')
  return { clause: `${one.code} ${one.clause}`, fact: one.fact, evidence, by: one.department ? `${one.department}，${one.raised_by}` : one.raised_by }
}

/** One line of the list as a choice: J1 加分：受到中央表彰. */
export const choiceOf = (line: ExtraRulePublic) => ({ value: line.code, label: `${line.code} ${KIND[line.kind]}：${line.text}` })

/** What the list says of a line: points each time, how often, how long on notice. */
export function termsOf(line: ExtraRulePublic): string {
  if (line.kind === 'veto') return `认定后${effectOf({ ...line, points: '0' })}`
  const often = line.times_most > 1 ? `每次${effectOf(line)}，一年最多 ${line.times_most} 次` : effectOf(line)
  return `${often}；${line.notice_days ? `公示 ${line.notice_days} 个工作日` : '公示后即可认定'}`
}

/** What the one who looks at it has to do next, or whom it waits for. */
export function nextOf(one: Pick<ExtraPublic, 'state' | 'view' | 'answer' | 'notice_until' | 'actions'>, now = new Date()): { label: string, mine: boolean } {
  const step = (name: string, waiting: string) => {
    const mine = one.actions.find(action => action.name === name)
    return { label: mine ? mine.label : waiting, mine: Boolean(mine) }
  }
  if (one.state === 'raised') return step('publish_notice', '等工委公示')
  if (one.state !== 'noticed') return { label: '—', mine: false }
  if (one.view && !one.answer) return step('answer_view', '等工委答复意见')
  if (one.notice_until && Date.parse(one.notice_until) > now.getTime()) {
    const until = { label: `公示到 ${day(one.notice_until, now)}`, mine: false }
    return one.view ? until : { ...step('state_view', until.label) }
  }
  return step('confirm', '等工委领导认定')
}

/** 11 月 24 日至 11 月 30 日; one day where the list asks for none. */
export function noticeOf({ noticed_at, notice_until }: Pick<ExtraPublic, 'noticed_at' | 'notice_until'>, now = new Date()): string {
  const days = [noticed_at, notice_until].filter(one => one !== null).map(one => day(one, now))
  return [...new Set(days)].join('至 ')
}

export interface Draft extends Record<string, string> { code: string, unit_id: string, times: string, fact: string, evidence_id: string, absence: string, document: string }

export const EMPTY: Draft = { code: '', unit_id: '', times: '1', fact: '', evidence_id: '', absence: '', document: '' }

/** What can be told before it is sent; a unit applies with evidence. */
export function checkDraft(draft: Draft, base: Base): Record<string, string | false> {
  return {
    code: !draft.code && '选定事项',
    unit_id: base === '/c' && !draft.unit_id && '选定单位',
    times: !/^[1-9]\d?$/.test(draft.times) && '写 1 到 99 的整数',
    fact: !draft.fact.trim() && '写明事实',
    evidence_id: base === '/u' && !draft.evidence_id && '选定佐证材料',
    absence: base === '/c' && !draft.evidence_id && !draft.absence.trim() && '没有选佐证材料的，写明依据何在',
  }
}

export const bodyOf = (draft: Draft, campaign_id: string): ExtraCreate => ({ ...draft, campaign_id, times: Number(draft.times), evidence_id: draft.evidence_id || null })
