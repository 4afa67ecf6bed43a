import { score } from '@/core/decimal'

/** What a score tree is drawn from; a feature turns the API's explanation into this. Figures are decimal strings. */

/** Four parts, or it is no deduction (`domain.md` §4). */
export interface DeductionView { clause: string, fact: string, evidence: string, by: string }

export interface ScoreNode {
  key: string
  label: string
  /** Code of an item: C6. */
  code?: string
  /** Weight, number of items, where it came from. */
  note?: string
  /** How the figure was reckoned, in words. */
  formula?: string
  /** What was taken off, without a sign. */
  cut?: string
  /** The full mark. */
  of?: string
  /** Left out where there is no result: missing is not zero. */
  got?: string
  /** Added to the total or taken from it as it stands: shown with its sign. */
  signed?: true
  deductions?: DeductionView[]
  children?: ScoreNode[]
  open?: boolean
}

/** A deduction as the API tells it, in its four parts. */
export function partsOf(one: { clause: string, times: number, fact: string, absence: string, evidence_title: string, points: string, inspector: string }): DeductionView {
  const often = one.times > 1 ? `（${one.times} 次）` : ''
  const evidence = [one.evidence_title, one.absence && `缺少：${one.absence}`].filter(Boolean).join('；')
  return { clause: `${one.clause}${often}，扣 ${score(one.points)} 分`, fact: one.fact, evidence, by: one.inspector }
}
