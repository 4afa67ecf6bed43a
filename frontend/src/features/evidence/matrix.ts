/** 材料对照表: pieces down, items across, the assessors' word where they meet. Pure. */
import type { EvidenceRow, EvidenceSuggestion, EvidenceUse, Verdict } from '@/core/api/schema'
import type { Item } from './reads'

export interface Mark {
  /** The link's id; for a hint `piece item`. */
  key: string
  piece: EvidenceRow
  item: Item
  /** None: nothing but a hint that the piece may show this, too. */
  use?: EvidenceUse
  /** Where the hint comes from. */
  from?: EvidenceSuggestion
  look: Verdict | 'promised' | 'hint'
}

export interface Line { piece: EvidenceRow, marks: (Mark | undefined)[], elsewhere: EvidenceUse[] }

type Earlier = ReadonlyMap<string, readonly EvidenceSuggestion[]>

/** Words of verdicts given since the pieces were read, by link. */
export type Given = ReadonlyMap<string, Pick<EvidenceUse, 'verdict' | 'reason'>>

/** What was said of a link just now. */
export type Judged = Pick<EvidenceUse, 'id' | 'verdict' | 'reason'>

function markOf(piece: EvidenceRow, item: Item, earlier: Earlier, given: Given): Mark | undefined {
  const use = piece.uses.find(one => one.kind === 'criterion' && one.target_id === item.id)
  if (use) {
    const now = { ...use, ...given.get(use.id) }
    return { key: use.id, piece, item, use: now, look: piece.state === 'promised' ? 'promised' : now.verdict }
  }
  const from = earlier.get(item.id)?.find(one => one.reused && one.id === piece.reused_from_id)
  return from && { key: `${piece.id} ${item.id}`, piece, item, from, look: 'hint' }
}

/** Only the pieces that have something to do with these items. */
export function linesOf(pieces: readonly EvidenceRow[], items: readonly Item[], earlier: Earlier = new Map(), given: Given = new Map()): Line[] {
  const shown = new Set(items.map(one => one.id))
  return pieces.map(piece => ({
    piece,
    marks: items.map(item => markOf(piece, item, earlier, given)),
    elsewhere: piece.uses.filter(one => !shown.has(one.target_id)),
  })).filter(line => line.marks.some(Boolean))
}

export const marksOf = (lines: readonly Line[]): Mark[] => lines.flatMap(line => line.marks.filter(one => one !== undefined))

export function countOf(marks: readonly Mark[]): Record<Mark['look'], number> {
  const count = { accepted: 0, rejected: 0, unreviewed: 0, promised: 0, hint: 0 }
  for (const one of marks) count[one.look] += 1
  return count
}

/** How many pieces each item has, rejected ones not counted. */
export const heldBy = (lines: readonly Line[], column: number): number => lines.filter(({ marks }) => marks[column] && !['rejected', 'hint'].includes(marks[column].look)).length

/** The next mark that nobody has judged, from here on and then from the top; none: all are judged. */
export function nextOpen(marks: readonly Mark[], from: string, step: 1 | -1 = 1): Mark | undefined {
  const at = marks.findIndex(one => one.key === from)
  const round = Array.from({ length: marks.length }, (_, place) => marks[(at + step * (place + 1) + 2 * marks.length) % marks.length])
  return round.find(one => one?.look === 'unreviewed' && one.key !== from)
}

export type Way = 'up' | 'down' | 'left' | 'right'

/** Where an arrow leads: the next mark along the row, or the nearest one in the next row that has any. */
export function beside(lines: readonly Line[], from: string, way: Way): Mark | undefined {
  const row = lines.findIndex(line => line.marks.some(one => one?.key === from))
  if (row < 0) return undefined
  const column = lines[row]!.marks.findIndex(one => one?.key === from)
  const here = lines[row]!.marks
  if (way === 'left') return here.slice(0, column).filter(Boolean).at(-1)
  if (way === 'right') return here.slice(column + 1).find(Boolean)
  const near = (mark: number) => Math.abs(mark - column)
  const places = (lines[row + (way === 'down' ? 1 : -1)]?.marks ?? []).map((one, at) => ({ one, at })).filter(({ one }) => one)
  return places.sort((a, b) => near(a.at) - near(b.at))[0]?.one
}

const WORD: Record<Mark['look'], string> = { accepted: '采信', rejected: '不采信', unreviewed: '未审核', promised: '待上传', hint: '还可用于此处' }
export const SIGN: Record<Mark['look'], string> = { accepted: '✓', rejected: '✕', unreviewed: '', promised: '…', hint: '+' }
export const LOOKS = Object.entries(WORD).map(([look, text]) => ({ look: look as Mark['look'], text }))
export const saidOf = ({ piece, item, look, use }: Mark): string => `${piece.title}，${item.code} ${item.title}：${WORD[look]}${use?.reason ? `，${use.reason}` : ''}`
