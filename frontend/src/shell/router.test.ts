import { createPinia, setActivePinia } from 'pinia'
import { PiniaColada } from '@pinia/colada'
import { createApp } from 'vue'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { useSession, type Me } from '@/core/session'
import { serve } from '../../tests/server'
import { createAppRouter, startProblem } from './router'

const ME: Me = { id: '1', name: 'unit01.office', display_name: '机关党委', unit: null, member_id: null, roles: ['unit.office'], views: ['unit'], scopes: [] }

/** The router inside an app, without a page; `pages` are added to the table. */
function start(me?: Me) {
  const app = createApp({ render: () => null })
  const pinia = createPinia()
  app.use(pinia).use(PiniaColada)
  setActivePinia(pinia)
  const router = createAppRouter()
  router.addRoute({ path: '/c/secret', component: { render: () => null }, meta: { view: 'committee' } })
  router.addRoute({ path: '/u/lead', component: { render: () => null }, meta: { view: 'unit', who: ['unit.lead'] } })
  router.addRoute({ path: '/u/plain', component: { render: () => null }, meta: { view: 'unit' } })
  useSession().me = me
  return router
}

beforeEach(() => localStorage.clear())
afterEach(() => {
  vi.unstubAllGlobals()
  startProblem.value = undefined
})

test('a stranger is sent to sign in, with the way back', async () => {
  const router = start()
  await router.push('/u/plain?tab=2')
  expect(router.currentRoute.value).toMatchObject({ name: 'login', query: { next: '/u/plain?tab=2' } })
})

test('a page of another view is as missing as one that does not exist', async () => {
  const router = start(ME)
  await router.push('/c/secret')
  expect(router.currentRoute.value.name).toBe('missing')
  await router.push('/nowhere')
  expect(router.currentRoute.value.name).toBe('missing')
})

test('a page narrowed to a role is missing for the others of its view', async () => {
  const router = start(ME)
  await router.push('/u/lead')
  expect(router.currentRoute.value.name).toBe('missing')
  useSession().me = { ...ME, roles: ['unit.lead'] }
  await router.push('/u/lead?now=1')
  expect(router.currentRoute.value.path).toBe('/u/lead')
})

test('a page of one’s own view opens', async () => {
  const router = start(ME)
  await router.push('/u/plain')
  expect(router.currentRoute.value.path).toBe('/u/plain')
})

test('who is signed in has nothing to do at the sign-in page', async () => {
  const router = start(ME)
  await router.push('/login')
  expect(router.currentRoute.value.name).not.toBe('login')
})

test('without an answer to the first question the page says so instead of signing out', async () => {
  localStorage.setItem('sihao.signed-in', '1')
  serve('lost')
  const router = start()
  await router.push('/u/plain')
  expect(startProblem.value?.isUnanswered).toBe(true)
  expect(localStorage.getItem('sihao.signed-in')).toBe('1')
})

test('a page whose code does not come even from the server is told of, not opened for ever', async () => {
  const router = start(ME)
  router.addRoute({ path: '/u/gone', component: () => Promise.reject(new TypeError('Failed to fetch dynamically imported module')), meta: { view: 'unit' } })
  vi.spyOn(console, 'warn').mockReturnValue(undefined)
  sessionStorage.setItem('sihao.reopened', '/u/gone')

  await expect(router.push('/u/gone')).rejects.toThrow('dynamically imported')

  expect(startProblem.value?.status).toBe(0)
})
