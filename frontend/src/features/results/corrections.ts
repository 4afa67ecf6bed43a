/** A correction of a published result: what may change, and what is sent. Figures are typed, so they are texts. */
import type { Changes, CorrectionCreate, CorrectionLines, Node, Outcome } from '@/core/api/schema'
import { compare, isDecimal, isZero, score } from '@/core/decimal'

export type Line = { code: string, value: string, reason: string }
export type Draft = { reason: string, items: Line[], assessments: Line[] }
export const emptyLine = (): Line => ({ code: '', value: '', reason: '' })

function nodes(tree: Node, kind: Node['kind']): Node[] {
  return [...(tree.kind === kind ? [tree] : []), ...(tree.children ?? []).flatMap(one => nodes(one, kind))]
}

/** Items to choose from, with what they lost. */
export const itemOptions = ({ tree }: Outcome) =>
  nodes(tree, 'item').filter(one => !one.missing).map(one => ({ value: one.code, label: `${one.code} ${one.label}`, hint: `现扣 ${score(one.lost)}，共 ${score(one.of)} 分`, of: one.of }))

/** Merged assessments to choose from, with their scores. */
export const assessmentOptions = ({ tree }: Outcome) =>
  nodes(tree, 'assessment').map(one => ({ value: one.code, label: `${one.code} ${one.label}`, hint: one.missing ? '现无结果' : `现得 ${score(one.got)}`, of: '100' }))

type Options = ReturnType<typeof itemOptions>

function checkLines(name: string, lines: readonly Line[], options: Options, why: string, mayBeEmpty: boolean) {
  return lines.flatMap((line, at) => {
    const chosen = options.find(one => one.value === line.code)
    const isEmpty = mayBeEmpty && !line.value.trim()
    const figure = line.value.trim()
    const wrong = !isEmpty && (!isDecimal(figure) || figure.startsWith('-') ? '写明分数' : chosen && compare(figure, chosen.of) > 0 && `不超过 ${score(chosen.of)} 分`)
    const isTwice = lines.findIndex(one => one.code === line.code) !== at
    return [
      [`${name}/${at}/code`, !line.code ? '选一项' : isTwice && '这一项已经写过'],
      [`${name}/${at}/value`, wrong],
      [`${name}/${at}/reason`, !line.reason.trim() && why],
    ] as const
  })
}

export function checkDraft(draft: Draft, outcome: Outcome) {
  return {
    reason: !draft.reason.trim() && '写明为什么更正',
    ...Object.fromEntries(checkLines('items', draft.items, itemOptions(outcome), '写明理由', false)),
    ...Object.fromEntries(checkLines('assessments', draft.assessments, assessmentOptions(outcome), '写明出处', true)),
  }
}

/** Whether the lines say all that their scores are computed from: only then is it asked what they come to. */
export const isReckonable = (draft: Draft, outcome: Outcome): boolean =>
  draft.items.length + draft.assessments.length > 0 && Object.values(checkDraft({ ...draft, reason: '—' }, outcome)).every(one => !one)

export function linesOf(draft: Draft): CorrectionLines {
  return {
    items: draft.items.map(one => ({ code: one.code, lost: one.value.trim(), reason: one.reason.trim() })),
    assessments: draft.assessments.map(one => ({ code: one.code, score: one.value.trim() || null, source: one.reason.trim() })),
  }
}

export const bodyOf = (draft: Draft): CorrectionCreate => ({ ...linesOf(draft), reason: draft.reason.trim() })

/** What a correction moves, line by line: C2 由 2.00 到 3.00. */
export const movedBy = ({ changes }: { changes: Changes }): string[] =>
  [...changes.parts.filter(one => one.code !== 'items'), ...changes.items]
    .filter(one => one.change === null || !isZero(one.change))
    .map(one => `${one.code} ${one.label}：由 ${one.before === null ? '无结果' : score(one.before)} 改为 ${one.now === null ? '无结果' : score(one.now)}`)
