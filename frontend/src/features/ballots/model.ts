/** Ballots: what is typed becomes questions and groups, what was counted becomes rows. */
import type { AnswerCount, BallotGradeInput, BallotGroupInput, BallotQuestionInput, BallotQuestionOutput, HandCountEntry } from '@/core/api/schema'

/** What the radios hold → the places of the grades chosen. */
export const answersOf = (chosen: readonly (string | null)[]): (number | null)[] => chosen.map(one => (one === null ? null : Number(one)))

interface GroupTyped { code: string, name: string, weight: string, codes: string }
/** What the form holds: questions and grades a line each. */
interface Typed { questions: string, grades: string, groups: GroupTyped[] }

const lines = (text: string) => text.split('\n').map(one => one.trim()).filter(Boolean)

/** `好 100` → a grade worth 100; `不了解` → one without points. */
export function gradesOf(text: string): BallotGradeInput[] {
  return lines(text).map((line) => {
    const [, label = line, points] = /^(.*?)\s+(\d+(?:\.\d+)?)$/.exec(line) ?? []
    return { label, points: points ?? null }
  })
}

/** All questions have the same grades. */
export const questionsOf = (questions: string, grades: string): BallotQuestionInput[] => lines(questions).map(text => ({ text, grades: gradesOf(grades) }))

export const groupsOf = (groups: readonly GroupTyped[]): BallotGroupInput[] => groups.map(one => ({ ...one, codes: Number(one.codes) }))

/** The form's fields from questions and groups. */
export function typedFrom(one: { questions: BallotQuestionOutput[], groups: { code: string, name: string, weight: string, codes: number }[] }): Typed {
  return {
    questions: one.questions.map(question => question.text).join('\n'),
    grades: (one.questions[0]?.grades ?? []).map(grade => (grade.points ? `${grade.label} ${plain(grade.points)}` : grade.label)).join('\n'),
    groups: one.groups.map(group => ({ ...group, weight: plain(group.weight), codes: String(group.codes) })),
  }
}

/** 100.00 → 100, 62.50 → 62.5 */
export const plain = (points: string): string => (points.includes('.') ? points.replace(/0+$/, '').replace(/\.$/, '') : points)

/** `2026-11-24T09:30` of the office's clock → an instant. */
export const instantOf = (local: string): string => `${local}:00+08:00`

/** An instant → what a field for date and time holds, by the clock in China. */
export function localOf(instant: string): string {
  return new Date(new Date(instant).getTime() + 8 * 3600_000).toISOString().slice(0, 16)
}

/** Why a group takes no part, in words. */
export const LEFT_OUT = { none: '没有收回票，不参与计分', few: '不足五票，不公布、不参与计分' } as const

/** The grades of a question with their votes, unfilled last; `share` is out of the valid ones. */
export function barsOf(question: BallotQuestionOutput, answer: AnswerCount, valid: number): { key: string, label: string, votes: number, share: string }[] {
  const told = [...question.grades.map((grade, at) => ({ label: grade.label, votes: answer.chosen[at] ?? 0 })), { label: '未填', votes: answer.unfilled }]
  return told.map((one, at) => ({ key: String(at), ...one, share: valid ? `${Math.round((one.votes * 1000) / valid) / 10}%` : '—' }))
}

/** A code for another group, which none of these has. */
export function nextCode(groups: readonly { code: string }[]): string {
  const known = new Set(groups.map(one => one.code))
  for (let number = groups.length + 1; ; number += 1) if (!known.has(`group${number}`)) return `group${number}`
}

/** Where two entries of votes on paper differ, a line each: `第 1 题“好”：甲 6，乙 5`. */
export function differences(questions: readonly BallotQuestionOutput[], entries: readonly HandCountEntry[]): string[] {
  const [one, other] = entries
  if (!one || !other) return []
  const told = (label: string, mine: number | undefined, theirs: number | undefined) => (mine === theirs ? [] : [`${label}：${one.entered_by} ${mine ?? 0}，${other.entered_by} ${theirs ?? 0}`])
  return [
    ...told('发出', one.issued, other.issued), ...told('收回', one.returned, other.returned), ...told('有效', one.valid, other.valid),
    ...questions.flatMap((question, at) => question.grades.flatMap((grade, place) => told(`第 ${at + 1} 题“${grade.label}”`, one.chosen[at]?.[place], other.chosen[at]?.[place]))),
  ]
}
