/** The access token, in memory only, and the one way to get a new one from the HttpOnly refresh cookie. */
import { Problem, problemOf } from './problem'

export interface Grant { access_token: string, expires_in: number }

let token = ''
let renewing: Promise<boolean> | undefined
/** Set by the session: asks the person to sign in again over the page; false when they gave up. */
let signInAgain: () => Promise<boolean> = () => Promise.resolve(false)
/** Set by the session: asks the person to prove once more who it is; false when they gave up. */
export let prove: () => Promise<boolean> = () => Promise.resolve(false)

export function accessToken(): string {
  return token
}

export function keepToken(grant: Grant | undefined): void {
  token = grant?.access_token ?? ''
}

export function onExpired(ask: () => Promise<boolean>): void {
  signInAgain = ask
}

export function onProof(ask: () => Promise<boolean>): void {
  prove = ask
}

/** False when the cookie is no longer good; throws a `Problem` when nobody can tell. */
async function refresh(): Promise<boolean> {
  const response = await fetch('/api/v1/auth/refresh', { method: 'POST' }).catch(() => { throw new Problem(0, {}) })
  if (!response.ok && response.status !== 401) throw await problemOf(response)
  keepToken(response.ok ? ((await response.json()) as Grant) : undefined)
  return response.ok
}

/** Trades the refresh cookie for a new token; callers at the same time share one request. */
export function renewSilently(): Promise<boolean> {
  // Tabs share one rotating cookie: where the browser has locks (secure origins), they take turns.
  renewing ??= Promise.resolve('locks' in navigator ? navigator.locks.request('sihao.refresh', refresh) : refresh())
    .finally(() => { renewing = undefined })
  return renewing
}

/** After a 401: silently if the cookie still stands, otherwise by the sign-in dialog. */
export async function renew(): Promise<boolean> {
  return (await renewSilently()) || signInAgain()
}
