/** A report's text with live numbers: 【name】 stands for a figure of the year until the signature. */
import type { CheckLevel, Prefill, ReportCheck, ReportFigure, SectionPublic, SelfReportState } from '@/core/api/schema'
import type { Check } from '@/kit/UiChecks.vue'

export interface Piece { text: string, figure?: ReportFigure | undefined, unknown?: boolean }

const NAMED = /【([^【】\n]{1,40})】/

/** A paragraph in pieces: words, figures with their values, names that are no figure. */
export function pieces(text: string, figures: ReadonlyMap<string, ReportFigure>): Piece[] {
  return text.split(/(【[^【】\n]{1,40}】)/).filter(Boolean).map((part) => {
    const name = NAMED.exec(part)?.[1]
    if (name === undefined) return { text: part }
    const figure = figures.get(name)
    return figure ? { text: figure.value, figure } : { text: part, unknown: true }
  })
}

export const paragraphs = (text: string) => text.split('\n').map(one => one.trim()).filter(Boolean)

export function figuresOf(prefill: Prefill | undefined): Map<string, ReportFigure> {
  return new Map((prefill?.sections ?? []).flatMap(one => one.facts).map(one => [one.label, one]))
}

/** Puts a figure's name where the cursor stands; gives the text and where the cursor stands then. */
export function insert(text: string, at: number, label: string): { text: string, cursor: number } {
  const name = `【${label}】`
  return { text: text.slice(0, at) + name + text.slice(at), cursor: at + name.length }
}

/** A drafted section goes into an empty place, or under what is already written: nothing is replaced. */
export function withDraft(text: string, drafted: string): string {
  return text.trim() ? `${text.trimEnd()}\n${drafted}` : drafted
}

/** Characters as the report will be read, figures filled in, blanks not counted. */
export function lengthOf(text: string, figures: ReadonlyMap<string, ReportFigure>): number {
  return [...pieces(text, figures).map(one => one.text).join('').replace(/\s/g, '')].length
}

const NUMERALS = ['一', '二', '三', '四', '五', '六', '七', '八', '九', '十']

/** 一、基本情况: sections as an official text numbers them. */
export function headed(sections: readonly SectionPublic[]): (SectionPublic & { heading: string })[] {
  return sections.map((one, at) => ({ ...one, heading: `${NUMERALS[at] ?? at + 1}、${one.title}` }))
}

const TONE: Record<CheckLevel, Check['tone']> = { error: 'bad', warning: 'warn', ok: 'ok' }

export interface Listed extends Check { dimension: string | undefined, href: string | undefined }

/** The checks as the list shows them: what must be done first. */
export function listed(checks: readonly ReportCheck[]): Listed[] {
  const order: CheckLevel[] = ['error', 'warning', 'ok']
  return order.flatMap(level => checks.filter(one => one.level === level)).map((one, at) => ({
    key: `${one.code}-${at}`, text: one.text, tone: TONE[one.level], dimension: one.dimension ?? undefined, href: one.href ?? undefined,
  }))
}

/** What comes next, for whoever reads the report. */
export function nextOf(state: SelfReportState, maySign: boolean): string {
  if (state === 'team_review') return maySign ? '班子审议后，请核对并签发。' : '班子审议后，等主要负责同志签发报送。'
  return { draft: '正在起草，写好后送班子审议。', submitted: '等工委接收。', accepted: '工委已接收，等检查组检查。', returned: '按工委意见修改后重新签发。' }[state]
}
