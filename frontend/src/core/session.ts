/** Who is signed in. The access token stays in memory (api/token.ts); a note in storage says whether a cookie may exist. */
import { useQueryCache } from '@pinia/colada'
import { defineStore } from 'pinia'
import { computed, ref, shallowRef } from 'vue'
import { call } from './api/call'
import type { Me, Role, View } from './api/schema'
import { type Grant, keepToken, onExpired, onProof, renewSilently } from './api/token'
import { owner } from './owner'

export type { Me, View }

const HINT = 'sihao.signed-in'

/** A dialog over the page that requests wait for: one question for all of them. */
function question() {
  const isAsked = ref(false)
  let waiting: Promise<boolean> | undefined
  let settle: ((yes: boolean) => void) | undefined
  function ask(): Promise<boolean> {
    isAsked.value = true
    waiting ??= new Promise<boolean>((resolve) => { settle = resolve }).finally(() => { isAsked.value = false; waiting = undefined })
    return waiting
  }
  return { isAsked, ask, answer: (yes: boolean) => settle?.(yes) }
}

export const useSession = defineStore('session', () => {
  const me = shallowRef<Me>()
  /** Whether the sign-in dialog, or the one that asks for a fresh proof, stands over the page. */
  const again = question()
  const proof = question()
  const cache = useQueryCache()

  onExpired(() => (me.value ? again.ask() : Promise.resolve(false)))
  onProof(() => proof.ask())

  async function loadMe(): Promise<void> {
    me.value = await call('me_get')
    owner.id = me.value.id
  }

  /** Goes in with what a sign-in gave. */
  async function enter(grant: Grant): Promise<void> {
    keepToken(grant)
    localStorage.setItem(HINT, '1')
    await loadMe()
  }

  async function login(name: string, password: string, totp = ''): Promise<void> {
    await enter(await call('session_open', { body: { name, password, totp } }))
  }

  /** From the dialog: the same person goes on; whoever waited for an answer sends again. */
  async function loginAgain(password: string, totp: string): Promise<void> {
    await login(me.value?.name ?? '', password, totp)
    again.answer(true)
  }

  /** The person has proved who it is, by the dialog or in another window; or will not. */
  async function proved(grant: Grant | 'elsewhere' | undefined): Promise<void> {
    if (grant === 'elsewhere') await renewSilently()
    else if (grant) keepToken(grant)
    proof.answer(grant !== undefined)
  }

  function forget(): void {
    localStorage.removeItem(HINT)
    keepToken(undefined)
    me.value = undefined
    for (const entry of cache.getEntries()) cache.remove(entry)
  }

  /** The dialog was given up: waiting requests fail with their 401. */
  function giveUp(): void {
    again.answer(false)
    forget()
  }

  async function logout(): Promise<void> {
    await call('session_close')
    forget()
  }

  /** On the first page: signs in by the refresh cookie if there is one. Resolves to whether somebody is signed in. */
  async function restore(): Promise<boolean> {
    if (me.value) return true
    if (!localStorage.getItem(HINT)) return false
    if (await renewSilently()) await loadMe()
    else forget()
    return me.value !== undefined
  }

  const views = computed(() => me.value?.views ?? [])
  const hasRole = (...roles: Role[]) => roles.some(role => me.value?.roles.includes(role))
  return { me, views, expired: again.isAsked, proving: proof.isAsked, hasRole, enter, login, loginAgain, proved, giveUp, logout, restore }
})
