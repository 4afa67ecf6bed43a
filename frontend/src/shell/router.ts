/** The router: who may open what, where somebody lands, where the focus goes. */
import { ref, shallowRef } from 'vue'
import { createRouter, createWebHistory, type RouteLocationRaw, type RouteMeta, type RouteRecordRaw, type Router } from 'vue-router'
import { asProblem, Problem } from '@/core/api/problem'
import { useSession, type View } from '@/core/session'
import { routes } from '@/routes'

/** Remembers, for this window, which page was opened anew from the server. */
const REOPENED = 'sihao.reopened'
/** Why the first page could not even be asked for. */
export const startProblem = shallowRef<Problem>()
/** The view whose navigation is shown; pages of everyone keep the one they were reached from. */
export const currentView = ref<View>()

/** Whether whoever is signed in has one of the roles that a page is narrowed to. */
export function isFor(meta: RouteMeta): boolean {
  return !meta.who || useSession().hasRole(...meta.who)
}

/** The view's navigation, as far as it is open to whoever is signed in. */
export function entriesOf(view: View | undefined): RouteRecordRaw[] {
  return routes.filter(one => one.meta?.nav && one.meta.view === view && isFor(one.meta))
}

/** More entries than this stand in groups: they would not fit into one line of a 1366 pixels wide window. */
const MOST_IN_LINE = 14

/** What stands in the first line of the navigation: a group of entries under its name, or an entry alone. */
export interface NavGroup { label: string, entries: RouteRecordRaw[] }

/** The entries in the groups that they name, each where its first entry stands; few entries are not grouped. */
export function groupsOf(entries: readonly RouteRecordRaw[]): NavGroup[] {
  const groups = new Map<string, NavGroup>()
  for (const one of entries) {
    const label = (entries.length > MOST_IN_LINE && one.meta?.group) || one.meta!.nav!
    const group = groups.get(label) ?? { label, entries: [] }
    group.entries.push(one)
    groups.set(label, group)
  }
  return [...groups.values()]
}

/** The entry that a page belongs to: the one it names, or the one its address begins with; a view's home has no pages below it. */
export function entryOf(path: string, meta: RouteMeta, entries: readonly RouteRecordRaw[]): RouteRecordRaw | undefined {
  const isHome = (entry: string) => entry.lastIndexOf('/') === 0
  const isWithin = (entry: string) => path === entry || (!isHome(entry) && path.startsWith(`${entry}/`))
  return entries.find(one => (meta.under ? one.path === meta.under : isWithin(one.path)))
}

/** The first page of a view's navigation. */
export function homeOf(view: View | undefined): RouteLocationRaw {
  return { name: (view && entriesOf(view)[0])?.name ?? 'account' }
}

export function createAppRouter(): Router {
  const router = createRouter({
    history: createWebHistory(),
    routes: [{ path: '/', name: 'home', redirect: () => homeOf(useSession().views[0]) }, ...routes],
    scrollBehavior: (to, from, saved) => saved ?? (document.getElementById(to.hash.slice(1)) ? { el: to.hash } : to.path === from.path ? false : { top: 0 }),
  })

  router.beforeEach(async (to) => {
    if (to.meta.unnamed) return true // whoever votes must not be known by a cookie
    const session = useSession()
    try {
      startProblem.value = undefined
      await session.restore()
    } catch (error) {
      startProblem.value = asProblem(error)
      return false
    }
    if (!session.me && !to.meta.open) return { name: 'login', query: to.path === '/' ? {} : { next: to.fullPath } }
    if (session.me && to.name === 'login') return homeOf(session.views[0])
    if ((to.meta.view && !session.views.includes(to.meta.view)) || !isFor(to.meta)) {
      return { name: 'missing', params: { rest: to.path.slice(1).split('/') }, query: to.query }
    }
    currentView.value = to.meta.view ?? currentView.value ?? session.views[0]
    return true
  })

  router.afterEach((to, from, failure) => {
    if (!failure) sessionStorage.removeItem(REOPENED)
    if (from.name && to.path !== from.path) document.getElementById('main')?.focus({ preventScroll: true })
  })

  // A newer release took the old chunks away: open the page from the server, once.
  router.onError((error: Error, to) => {
    if (!/dynamically imported module|preload/i.test(error.message)) throw error
    if (sessionStorage.getItem(REOPENED) === to.fullPath) {
      startProblem.value = new Problem(0, {})
    } else {
      sessionStorage.setItem(REOPENED, to.fullPath)
      window.location.assign(to.fullPath)
    }
  })
  return router
}
