/** Voting speaks to the API by itself: no token, no cookie, no key that could tell who votes, nothing kept. */
import { Problem, problemOf } from '@/core/api/problem'
import type { BallotForm, BallotReceipt, BallotTagFound } from '@/core/api/schema'

async function post<T>(path: string, body: object): Promise<T> {
  const headers = { 'accept': 'application/json', 'content-type': 'application/json' }
  const response = await fetch(`/api/v1/${path}`, { method: 'POST', headers, body: JSON.stringify(body), credentials: 'omit', cache: 'no-store', referrerPolicy: 'no-referrer' })
    .catch(() => { throw new Problem(0, {}) })
  if (!response.ok) throw await problemOf(response)
  return await response.json() as T
}

export const readForm = (code: string) => post<BallotForm>('ballot-forms', { code })
export const cast = (code: string, answers: (number | null)[]) => post<BallotReceipt>('ballot-papers', { code, answers })
export const findTag = (tag: string) => post<BallotTagFound>('ballot-tags', { tag })

/** The code in the address's fragment, which no server sees; it is taken out of the address and of the history. */
export function codeOfAddress(): string {
  const code = decodeURIComponent(window.location.hash.slice(1))
  if (code) window.history.replaceState(window.history.state, '', window.location.pathname)
  return code
}
