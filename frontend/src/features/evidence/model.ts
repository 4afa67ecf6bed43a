/** How a store of files reads: verdicts in one word, items as cells, targets of links. */
import type { CoAssessmentPublic, CriterionPublic, EntryPublic, EvidenceRow, EvidenceUse, FindingPublic, MatrixCell, MeasurePublic, RectificationRow, Verdict } from '@/core/api/schema'
import { day } from '@/core/dates'
import type { Choice } from '@/domain/evidence'
import { squareOf } from '@/domain/shown'
import { LEDGER } from '@/domain/words'
import type { Cell } from '@/kit/UiCells.vue'

/** The word on a whole piece: one rejected use is what its unit must see first. */
export function verdictOf(uses: readonly EvidenceUse[]): { verdict: Verdict, reason: string } | undefined {
  const order: Verdict[] = ['rejected', 'unreviewed', 'accepted']
  const found = order.map(verdict => uses.find(one => one.verdict === verdict)).find(Boolean)
  return found && { verdict: found.verdict, reason: found.reason }
}

export const SHOWN: Record<MatrixCell['shown'], string> = { accepted: '已采信', available: '有材料，未审核', promised: '已登记，待上传', none: '还没有材料' }

export const cellOf = (one: MatrixCell, to: string): Cell => squareOf(one, one.shown === 'none' && one.rejected ? 'rejected' : one.shown, to)

export const itemChoices = (items: readonly CriterionPublic[]): Choice[] => items.map(one => ({ value: `criterion_id ${one.id}`, label: `${one.code} ${one.title}` }))
export const measureChoices = (measures: readonly MeasurePublic[]): Choice[] => measures.map(one => ({ value: `measure_id ${one.id}`, label: `措施 ${one.number} ${one.text}` }))

export const findingChoices = (findings: readonly FindingPublic[]): Choice[] => findings.map(one => ({ value: `finding_id ${one.id}`, label: `检查问题 ${one.criterion_code} ${one.text}` }))
export const assessmentChoices = (all: readonly CoAssessmentPublic[]): Choice[] => all.map(one => ({ value: `co_assessment_id ${one.id}`, label: `并入考核 ${one.code} ${one.title}` }))
export const rectificationChoices = (all: readonly RectificationRow[]): Choice[] => all.map(one => ({ value: `rectification_id ${one.id}`, label: `整改 ${one.text}`, hint: `${day(one.due_on)}前` }))
export const entryChoices = (entries: readonly EntryPublic[]): Choice[] => entries.map(one => ({ value: `entry_id ${one.id}`, label: `台账 ${one.title}`, hint: `${LEDGER[one.kind]}，${day(one.happened_on)}` }))

/** What handing in once has spared, where it has spared something. */
export const savedBy = ({ uses, saved }: Pick<EvidenceRow, 'uses' | 'saved'>): string => (saved ? `已在 ${uses.length} 处使用，省报 ${saved} 次` : '')
