/** Who is signed in. The access token stays in memory (api/token.ts); a note in storage says whether a cookie may exist. */
import { useQueryCache } from '@pinia/colada'
import { defineStore } from 'pinia'
import { computed, ref, shallowRef } from 'vue'
import { call } from './api/call'
import type { Me, Role, View } from './api/schema'
import { keepToken, onExpired, renewSilently } from './api/token'
import { owner } from './owner'

export type { Me, View }

const HINT = 'sihao.signed-in'

export const useSession = defineStore('session', () => {
  const me = shallowRef<Me>()
  /** True while the sign-in dialog has to stand over the page. */
  const expired = ref(false)
  let answerExpired: ((again: boolean) => void) | undefined
  let waiting: Promise<boolean> | undefined
  const cache = useQueryCache()

  onExpired(() => {
    if (!me.value) return Promise.resolve(false)
    expired.value = true
    waiting ??= new Promise<boolean>((resolve) => { answerExpired = resolve })
      .finally(() => { expired.value = false; waiting = undefined })
    return waiting
  })

  async function loadMe(): Promise<void> {
    me.value = await call('me_get')
    owner.id = me.value.id
  }

  async function login(name: string, password: string): Promise<void> {
    keepToken(await call('session_open', { body: { name, password } }))
    localStorage.setItem(HINT, '1')
    await loadMe()
  }

  /** From the dialog: the same person goes on; whoever waited for an answer sends again. */
  async function loginAgain(password: string): Promise<void> {
    await login(me.value?.name ?? '', password)
    answerExpired?.(true)
  }

  function forget(): void {
    localStorage.removeItem(HINT)
    keepToken(undefined)
    me.value = undefined
    for (const entry of cache.getEntries()) cache.remove(entry)
  }

  /** The dialog was given up: waiting requests fail with their 401. */
  function giveUp(): void {
    answerExpired?.(false)
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
  return { me, views, expired, hasRole, login, loginAgain, giveUp, logout, restore }
})
