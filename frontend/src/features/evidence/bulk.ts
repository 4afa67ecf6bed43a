/** Uses of many pieces at once: set or taken away, each for itself, and taken back again. */
import { call } from '@/core/api/call'
import { asProblem } from '@/core/api/problem'
import type { EvidenceRow, LinkTarget } from '@/core/api/schema'
import { type Choice, targetOf } from '@/domain/evidence'

export type Piece = Pick<EvidenceRow, 'id' | 'title'>

export interface Change { piece: Piece, choice: Choice }

export interface Outcome extends Change {
  status: 'done' | 'same' | 'refused'
  /** Why not. */
  why: string
}

/** As many as go in one request. */
const AT_ONCE = 500

export const changesOf = (pieces: readonly Piece[], choices: readonly Choice[]): Change[] => pieces.flatMap(piece => choices.map(choice => ({ piece, choice })))
const wanted = ({ piece, choice }: Change) => ({ evidence_id: piece.id, ...targetOf(choice.value) })
const targetId = (target: LinkTarget) => Object.values(target).find(Boolean)

export async function setMany(changes: readonly Change[]): Promise<Outcome[]> {
  const outcomes: Outcome[] = []
  for (let from = 0; from < changes.length; from += AT_ONCE) {
    const some = changes.slice(from, from + AT_ONCE)
    const told = await call('evidence_link_create_many', { body: { links: some.map(wanted) } })
    outcomes.push(...some.map((change, at) => {
      const { status, detail } = told[at]!
      return { ...change, status: status === 'created' ? 'done' as const : status === 'exists' ? 'same' as const : 'refused' as const, why: status === 'refused' ? detail ?? '' : '' }
    }))
  }
  return outcomes
}

/** The links of a piece are asked for first: each is taken away in the version that was seen. */
export async function unsetMany(changes: readonly Change[]): Promise<Outcome[]> {
  const outcomes: Outcome[] = []
  for (const id of new Set(changes.map(one => one.piece.id))) {
    const links = await call('evidence_link_list', { path: { id } })
    for (const change of changes.filter(one => one.piece.id === id)) {
      const link = links.find(one => one.target_id === targetId(targetOf(change.choice.value)))
      const why = link ? await call('evidence_link_delete', { path: { id: link.id }, ifMatch: link.version }).then(() => '', (error: unknown) => asProblem(error).message) : ''
      outcomes.push({ ...change, status: !link ? 'same' : why ? 'refused' : 'done', why })
    }
  }
  return outcomes
}

export interface Told { piece: Piece, done: string[], same: string[], refused: string[] }

/** Outcomes piece by piece, those with something refused first. */
export function toldOf(outcomes: readonly Outcome[]): Told[] {
  const told = new Map<string, Told>()
  for (const { piece, choice, status, why } of outcomes) {
    const one = told.get(piece.id) ?? { piece, done: [], same: [], refused: [] }
    told.set(piece.id, one)
    const name = choice.label.split(' ')[0]!
    one[status].push(why ? `${name}：${why}` : name)
  }
  return [...told.values()].sort((a, b) => Number(b.refused.length > 0) - Number(a.refused.length > 0))
}

/** What has to be done to take it all back. */
export const doneOf = (outcomes: readonly Outcome[]): Change[] => outcomes.filter(one => one.status === 'done').map(({ piece, choice }) => ({ piece, choice }))
