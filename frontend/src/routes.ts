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
  { path: '/u/ledgers', name: 'ledgers', component: () => import('@/features/ledgers/pages/LedgersPage.vue'), meta: { view: 'unit', nav: '台账' } },
  { path: '/u/ledgers/:kind', name: 'ledger', component: () => import('@/features/ledgers/pages/LedgerPage.vue'), props: true, meta: { view: 'unit' } },
  { path: '/u/ledgers/:kind/new', name: 'entry-new', component: () => import('@/features/ledgers/pages/EntryPage.vue'), props: true, meta: { view: 'unit' } },
  { path: '/u/ledgers/:kind/grid', name: 'entry-grid', component: () => import('@/features/ledgers/pages/GridPage.vue'), props: true, meta: { view: 'unit' } },
  { path: '/u/ledgers/:kind/:id', name: 'entry', component: () => import('@/features/ledgers/pages/EntryPage.vue'), props: true, meta: { view: 'unit' } },
  { path: '/u/indicators', name: 'indicators', component: () => import('@/features/ledgers/pages/IndicatorsPage.vue'), meta: { view: 'unit', nav: '指标' } },
  { path: '/u/indicators/:criterion', name: 'indicator', component: () => import('@/features/ledgers/pages/IndicatorPage.vue'), props: true, meta: { view: 'unit' } },

  // 工委 /c
  { path: '/c/ledgers', name: 'unit-ledgers-all', component: () => import('@/features/ledgers/pages/UnitsPage.vue'), meta: { view: 'committee', nav: '台账' } },
  { path: '/c/units/:unitId/ledgers', name: 'unit-ledgers', component: () => import('@/features/ledgers/pages/LedgersPage.vue'), props: true, meta: { view: 'committee' } },
  { path: '/c/units/:unitId/ledgers/:kind', name: 'unit-ledger', component: () => import('@/features/ledgers/pages/LedgerPage.vue'), props: true, meta: { view: 'committee' } },
  { path: '/c/units/:unitId/ledgers/:kind/new', name: 'unit-entry-new', component: () => import('@/features/ledgers/pages/EntryPage.vue'), props: true, meta: { view: 'committee' } },
  { path: '/c/units/:unitId/ledgers/:kind/:id', name: 'unit-entry', component: () => import('@/features/ledgers/pages/EntryPage.vue'), props: true, meta: { view: 'committee' } },
  { path: '/c/units/:unitId/indicators', name: 'unit-indicators', component: () => import('@/features/ledgers/pages/IndicatorsPage.vue'), props: true, meta: { view: 'committee' } },
  { path: '/c/units/:unitId/indicators/:criterion', name: 'unit-indicator', component: () => import('@/features/ledgers/pages/IndicatorPage.vue'), props: true, meta: { view: 'committee' } },

  // 领导 /l

  // 管理 /a

  // 有关部门 /d

  { path: '/:rest(.*)*', name: 'missing', component: () => import('@/shell/MissingPage.vue') },
]
