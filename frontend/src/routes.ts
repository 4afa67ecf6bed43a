/**
 * Every page there is. `view` says whose it is, `nav` puts it into that view's navigation in this order; `open` pages
 * need no sign-in. A page that is not built is not listed.
 */
import type { RouteRecordRaw } from 'vue-router'
import type { View } from '@/core/session'

declare module 'vue-router' {
  interface RouteMeta { view?: View, nav?: string, open?: true, bare?: true }
}

export const routes: RouteRecordRaw[] = [
  // Everyone
  { path: '/login', name: 'login', component: () => import('@/features/account/pages/LoginPage.vue'), meta: { open: true, bare: true } },
  { path: '/account', name: 'account', component: () => import('@/features/account/pages/AccountPage.vue') },

  // 本单位 /u

  // 工委 /c

  // 领导 /l

  // 管理 /a

  // 有关部门 /d

  { path: '/:rest(.*)*', name: 'missing', component: () => import('@/shell/MissingPage.vue') },
]
