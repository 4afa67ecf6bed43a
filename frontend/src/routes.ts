/**
 * Every page there is. `view` says whose it is, `nav` puts it into that view's navigation in this order; `under` names
 * the navigation's page that it belongs to, where its own address does not begin with it; `open` pages need no sign-in; `who` narrows a view's page to some of its roles. A page that is not built is not listed.
 */
import type { RouteRecordRaw } from 'vue-router'
import type { Role } from '@/core/api/schema'
import type { View } from '@/core/session'

declare module 'vue-router' {
  interface RouteMeta { view?: View, nav?: string, under?: string, who?: readonly Role[], open?: true, bare?: true, window?: true }
}

export const routes: RouteRecordRaw[] = [
  // Everyone
  { path: '/login', name: 'login', component: () => import('@/features/account/pages/LoginPage.vue'), meta: { open: true, bare: true } },
  { path: '/account', name: 'account', component: () => import('@/features/account/pages/AccountPage.vue') },
  { path: '/complaints', name: 'complaint-box', component: () => import('@/features/complaints/pages/ComplaintBoxPage.vue') },
  { path: '/search', name: 'search', component: () => import('@/features/search/pages/SearchPage.vue') },

  // 本单位 /u
  { path: '/u', name: 'unit-home', component: () => import('@/features/home/pages/UnitHomePage.vue'), meta: { view: 'unit', nav: '首页' } },
  { path: '/u/plan', name: 'plan', component: () => import('@/features/plans/pages/PlanPage.vue'), meta: { view: 'unit', nav: '年度计划' } },
  { path: '/u/plan/edit', name: 'plan-edit', component: () => import('@/features/plans/pages/PlanEditPage.vue'), meta: { view: 'unit' } },
  { path: '/u/plan/sign', name: 'plan-sign', component: () => import('@/features/plans/pages/PlanSignPage.vue'), meta: { view: 'unit' } },
  { path: '/u/plan/versions', name: 'plan-versions', component: () => import('@/features/plans/pages/VersionsPage.vue'), meta: { view: 'unit' } },
  { path: '/u/problems', name: 'problems', component: () => import('@/features/plans/pages/ProblemsPage.vue'), meta: { view: 'unit', nav: '问题与措施' } },
  { path: '/u/problems/:id', name: 'problem', component: () => import('@/features/plans/pages/ProblemPage.vue'), props: true, meta: { view: 'unit' } },
  { path: '/u/measures/:id', name: 'measure', component: () => import('@/features/plans/pages/MeasurePage.vue'), props: true, meta: { view: 'unit', under: '/u/problems' } },
  { path: '/u/ledgers', name: 'ledgers', component: () => import('@/features/ledgers/pages/LedgersPage.vue'), meta: { view: 'unit', nav: '台账' } },
  { path: '/u/ledgers/:kind', name: 'ledger', component: () => import('@/features/ledgers/pages/LedgerPage.vue'), props: true, meta: { view: 'unit' } },
  { path: '/u/ledgers/:kind/new', name: 'entry-new', component: () => import('@/features/ledgers/pages/EntryPage.vue'), props: true, meta: { view: 'unit' } },
  { path: '/u/ledgers/:kind/grid', name: 'entry-grid', component: () => import('@/features/ledgers/pages/GridPage.vue'), props: true, meta: { view: 'unit' } },
  { path: '/u/ledgers/:kind/:id', name: 'entry', component: () => import('@/features/ledgers/pages/EntryPage.vue'), props: true, meta: { view: 'unit' } },
  { path: '/u/indicators', name: 'indicators', component: () => import('@/features/ledgers/pages/IndicatorsPage.vue'), meta: { view: 'unit', nav: '指标' } },
  { path: '/u/indicators/:criterion', name: 'indicator', component: () => import('@/features/ledgers/pages/IndicatorPage.vue'), props: true, meta: { view: 'unit' } },
  { path: '/u/evidence', name: 'evidence', component: () => import('@/features/evidence/pages/EvidencePage.vue'), meta: { view: 'unit', nav: '佐证材料' } },
  { path: '/u/items', name: 'items', component: () => import('@/features/evidence/pages/ItemsPage.vue'), meta: { view: 'unit', nav: '条目对照' } },
  { path: '/u/items/matrix', name: 'matrix', component: () => import('@/features/evidence/pages/MatrixPage.vue'), meta: { view: 'unit' } },
  { path: '/u/report', name: 'report', component: () => import('@/features/reports/pages/ReportPage.vue'), meta: { view: 'unit', nav: '自查报告' } },
  { path: '/u/report/text', name: 'report-text', component: () => import('@/features/reports/pages/ReportPage.vue'), props: { text: true }, meta: { view: 'unit' } },
  { path: '/u/report/sign', name: 'report-sign', component: () => import('@/features/reports/pages/SignPage.vue'), meta: { view: 'unit' } },
  { path: '/u/report/receipt', name: 'report-receipt', component: () => import('@/features/reports/pages/ReceiptPage.vue'), meta: { view: 'unit' } },
  { path: '/u/interviews/:id', name: 'own-interview', component: () => import('@/features/interviews/pages/InterviewPage.vue'), props: route => ({ id: route.params.id, base: '/u' }), meta: { view: 'unit', under: '/u/rectifications', who: ['unit.lead', 'unit.deputy'] } },
  { path: '/u/rectifications', name: 'own-rectifications', component: () => import('@/features/rectifications/pages/RectificationsPage.vue'), props: { base: '/u' }, meta: { view: 'unit', nav: '整改', who: ['unit.lead', 'unit.deputy', 'unit.office'] } },
  { path: '/u/rectifications/:id', name: 'own-rectification', component: () => import('@/features/rectifications/pages/RectificationPage.vue'), props: route => ({ id: route.params.id, base: '/u' }), meta: { view: 'unit', who: ['unit.lead', 'unit.deputy', 'unit.office'] } },
  { path: '/u/inspection', name: 'own-inspection', component: () => import('@/features/inspections/pages/OwnFeedbackPage.vue'), meta: { view: 'unit', nav: '检查考核' } },
  { path: '/u/result', name: 'own-result', component: () => import('@/features/results/pages/OwnResultPage.vue'), meta: { view: 'unit', nav: '年度结果' } },
  { path: '/u/commendations', name: 'own-commendations', component: () => import('@/features/comparisons/pages/CommendationsPage.vue'), meta: { view: 'unit', under: '/u/result' } },
  { path: '/u/burden', name: 'own-burden', component: () => import('@/features/burden/pages/BurdenPage.vue'), props: { base: '/u' }, meta: { view: 'unit', nav: '填报负担' } },
  { path: '/u/material/:id', name: 'own-material', component: () => import('@/features/burden/pages/OwnMaterialPage.vue'), props: true, meta: { view: 'unit', under: '/u/burden' } },
  { path: '/u/imports', name: 'own-imports', component: () => import('@/features/imports/pages/ImportsPage.vue'), props: { base: '/u' }, meta: { view: 'unit', nav: '导入导出' } },
  { path: '/u/imports/:id', name: 'own-import', component: () => import('@/features/imports/pages/ImportPage.vue'), props: route => ({ id: route.params.id, base: '/u' }), meta: { view: 'unit' } },

  // 工委 /c
  { path: '/c', name: 'committee-home', component: () => import('@/features/home/pages/CommitteeHomePage.vue'), meta: { view: 'committee', nav: '首页' } },
  { path: '/c/plans', name: 'plans', component: () => import('@/features/plans/pages/PlansPage.vue'), meta: { view: 'committee', nav: '计划审阅' } },
  { path: '/c/plans/:id', name: 'plan-review', component: () => import('@/features/plans/pages/ReviewPage.vue'), props: true, meta: { view: 'committee' } },
  { path: '/c/ledgers', name: 'unit-ledgers-all', component: () => import('@/features/ledgers/pages/UnitsPage.vue'), meta: { view: 'committee', nav: '台账' } },
  { path: '/c/units/:unitId/ledgers', name: 'unit-ledgers', component: () => import('@/features/ledgers/pages/LedgersPage.vue'), props: true, meta: { view: 'committee', under: '/c/ledgers' } },
  { path: '/c/units/:unitId/ledgers/:kind', name: 'unit-ledger', component: () => import('@/features/ledgers/pages/LedgerPage.vue'), props: true, meta: { view: 'committee', under: '/c/ledgers' } },
  { path: '/c/units/:unitId/ledgers/:kind/new', name: 'unit-entry-new', component: () => import('@/features/ledgers/pages/EntryPage.vue'), props: true, meta: { view: 'committee', under: '/c/ledgers' } },
  { path: '/c/units/:unitId/ledgers/:kind/:id', name: 'unit-entry', component: () => import('@/features/ledgers/pages/EntryPage.vue'), props: true, meta: { view: 'committee', under: '/c/ledgers' } },
  { path: '/c/units/:unitId/indicators', name: 'unit-indicators', component: () => import('@/features/ledgers/pages/IndicatorsPage.vue'), props: true, meta: { view: 'committee', under: '/c/ledgers' } },
  { path: '/c/units/:unitId/indicators/:criterion', name: 'unit-indicator', component: () => import('@/features/ledgers/pages/IndicatorPage.vue'), props: true, meta: { view: 'committee', under: '/c/ledgers' } },
  { path: '/c/reports', name: 'reports', component: () => import('@/features/reports/pages/ReportsPage.vue'), meta: { view: 'committee', nav: '自查报告' } },
  { path: '/c/reports/:id', name: 'report-review', component: () => import('@/features/reports/pages/ReviewPage.vue'), props: true, meta: { view: 'committee' } },
  { path: '/c/units/:unitId/evidence', name: 'unit-evidence', component: () => import('@/features/evidence/pages/EvidencePage.vue'), props: true, meta: { view: 'committee', under: '/c/reports' } },
  { path: '/c/units/:unitId/items', name: 'unit-items', component: () => import('@/features/evidence/pages/ItemsPage.vue'), props: true, meta: { view: 'committee', under: '/c/reports' } },
  { path: '/c/units/:unitId/items/matrix', name: 'unit-matrix', component: () => import('@/features/evidence/pages/MatrixPage.vue'), props: true, meta: { view: 'committee', under: '/c/reports' } },
  { path: '/c/campaigns', name: 'campaigns', component: () => import('@/features/campaigns/pages/CampaignsPage.vue'), meta: { view: 'committee', nav: '创建年度' } },
  { path: '/c/campaigns/:id', name: 'campaign', component: () => import('@/features/campaigns/pages/CampaignPage.vue'), props: true, meta: { view: 'committee' } },
  { path: '/c/campaigns/:id/scheme', name: 'scheme', component: () => import('@/features/campaigns/pages/SchemePage.vue'), props: true, meta: { view: 'committee' } },
  { path: '/c/standards', name: 'standards', component: () => import('@/features/standards/pages/StandardsPage.vue'), meta: { view: 'committee', nav: '创建标准' } },
  { path: '/c/standards/:id', name: 'standard', component: () => import('@/features/standards/pages/StandardPage.vue'), props: true, meta: { view: 'committee' } },
  { path: '/c/inspections', name: 'inspections', component: () => import('@/features/inspections/pages/InspectionsPage.vue'), meta: { view: 'committee', nav: '检查考核', who: ['committee.officer', 'committee.leader', 'committee.inspector'] } },
  { path: '/c/inspections/:id', name: 'inspection', component: () => import('@/features/inspections/pages/InspectionPage.vue'), props: true, meta: { view: 'committee' } },
  { path: '/c/inspections/:id/score', name: 'score', component: () => import('@/features/scoring/pages/ScorePage.vue'), props: true, meta: { view: 'committee', window: true } },
  { path: '/c/inspections/:id/consolidation', name: 'consolidation', component: () => import('@/features/inspections/pages/ConsolidationPage.vue'), props: true, meta: { view: 'committee' } },
  { path: '/c/inspections/:id/feedback', name: 'feedback', component: () => import('@/features/inspections/pages/FeedbackPage.vue'), props: true, meta: { view: 'committee' } },
  { path: '/c/groups', name: 'groups', component: () => import('@/features/inspections/pages/GroupsPage.vue'), meta: { view: 'committee', under: '/c/inspections' } },
  { path: '/c/objections', name: 'objections', component: () => import('@/features/inspections/pages/ObjectionsPage.vue'), meta: { view: 'committee', nav: '陈述申辩', who: ['committee.officer', 'committee.leader'] } },
  { path: '/c/objections/:id', name: 'objection', component: () => import('@/features/inspections/pages/ObjectionPage.vue'), props: true, meta: { view: 'committee' } },
  { path: '/c/co-assessments', name: 'co-assessments', component: () => import('@/features/inspections/pages/CoAssessmentsPage.vue'), meta: { view: 'committee', nav: '并入考核', who: ['committee.officer', 'committee.leader', 'coassessor'] } },
  { path: '/c/co-assessments/:id', name: 'co-assessment', component: () => import('@/features/inspections/pages/CoAssessmentPage.vue'), props: true, meta: { view: 'committee' } },
  { path: '/c/results', name: 'results', component: () => import('@/features/results/pages/ResultsPage.vue'), meta: { view: 'committee', nav: '年度结果', who: ['committee.officer', 'committee.leader'] } },
  { path: '/c/results/:name(approve|publish)', name: 'results-batch', component: () => import('@/features/results/pages/BatchPage.vue'), props: true, meta: { view: 'committee', who: ['committee.leader'] } },
  { path: '/c/results/:id', name: 'result', component: () => import('@/features/results/pages/ResultPage.vue'), props: route => ({ id: route.params.id, base: '/c' }), meta: { view: 'committee', who: ['committee.officer', 'committee.leader'] } },
  { path: '/c/comparisons', name: 'comparisons', component: () => import('@/features/comparisons/pages/ComparisonsPage.vue'), props: { base: '/c' }, meta: { view: 'committee', nav: '集中评比', who: ['committee.officer', 'committee.leader'] } },
  { path: '/c/comparisons/:id', name: 'comparison', component: () => import('@/features/comparisons/pages/ComparisonPage.vue'), props: route => ({ id: route.params.id, base: '/c' }), meta: { view: 'committee', who: ['committee.officer', 'committee.leader'] } },
  { path: '/c/interviews', name: 'interviews', component: () => import('@/features/interviews/pages/InterviewsPage.vue'), meta: { view: 'committee', nav: '集体约谈', who: ['committee.officer', 'committee.leader'] } },
  { path: '/c/interviews/:id', name: 'interview', component: () => import('@/features/interviews/pages/InterviewPage.vue'), props: route => ({ id: route.params.id, base: '/c' }), meta: { view: 'committee', who: ['committee.officer', 'committee.leader'] } },
  { path: '/c/rectifications', name: 'rectifications', component: () => import('@/features/rectifications/pages/RectificationsPage.vue'), props: { base: '/c' }, meta: { view: 'committee', nav: '整改', who: ['committee.officer', 'committee.leader'] } },
  { path: '/c/rectifications/new', name: 'rectification-new', component: () => import('@/features/rectifications/pages/AssignPage.vue'), meta: { view: 'committee', who: ['committee.officer'] } },
  { path: '/c/rectifications/:id', name: 'rectification', component: () => import('@/features/rectifications/pages/RectificationPage.vue'), props: route => ({ id: route.params.id, base: '/c' }), meta: { view: 'committee', who: ['committee.officer', 'committee.leader'] } },
  { path: '/c/referrals', name: 'referrals', component: () => import('@/features/referrals/pages/ReferralsPage.vue'), props: { base: '/c' }, meta: { view: 'committee', nav: '提请', who: ['committee.officer', 'committee.leader'] } },
  { path: '/c/referrals/new', name: 'referral-new', component: () => import('@/features/referrals/pages/NewReferralPage.vue'), meta: { view: 'committee', who: ['committee.officer'] } },
  { path: '/c/referrals/:id', name: 'referral', component: () => import('@/features/referrals/pages/ReferralPage.vue'), props: route => ({ id: route.params.id, base: '/c' }), meta: { view: 'committee', who: ['committee.officer', 'committee.leader'] } },
  { path: '/c/burden', name: 'burden', component: () => import('@/features/burden/pages/BurdenPage.vue'), props: { base: '/c' }, meta: { view: 'committee', nav: '填报负担', who: ['committee.officer', 'committee.leader'] } },
  { path: '/c/material/new', name: 'material-new', component: () => import('@/features/burden/pages/NewMaterialPage.vue'), meta: { view: 'committee', under: '/c/burden', who: ['committee.officer'] } },
  { path: '/c/material/:id', name: 'material', component: () => import('@/features/burden/pages/MaterialPage.vue'), props: true, meta: { view: 'committee', under: '/c/burden', who: ['committee.officer', 'committee.leader'] } },
  { path: '/c/imports', name: 'imports', component: () => import('@/features/imports/pages/ImportsPage.vue'), props: { base: '/c' }, meta: { view: 'committee', nav: '导入导出', who: ['committee.officer', 'coassessor'] } },
  { path: '/c/imports/:id', name: 'import', component: () => import('@/features/imports/pages/ImportPage.vue'), props: route => ({ id: route.params.id, base: '/c' }), meta: { view: 'committee' } },
  { path: '/c/complaints', name: 'complaints', component: () => import('@/features/complaints/pages/ComplaintsPage.vue'), meta: { view: 'committee', nav: '投诉建议', who: ['committee.officer', 'committee.leader'] } },

  // 领导 /l
  { path: '/l', name: 'leadership-home', component: () => import('@/features/dashboards/pages/LeadershipPage.vue'), meta: { view: 'leadership', nav: '总览' } },
  { path: '/l/units/:id', name: 'heat-unit', component: () => import('@/features/dashboards/pages/UnitPage.vue'), props: true, meta: { view: 'leadership', under: '/l' } },
  { path: '/l/self-reports', name: 'leadership-reports', component: () => import('@/features/dashboards/pages/ListPage.vue'), props: { kind: 'self_report' }, meta: { view: 'leadership', under: '/l' } },
  { path: '/l/inspections', name: 'leadership-inspections', component: () => import('@/features/dashboards/pages/ListPage.vue'), props: { kind: 'inspection' }, meta: { view: 'leadership', under: '/l' } },
  { path: '/l/rectifications', name: 'leadership-rectifications', component: () => import('@/features/dashboards/pages/ListPage.vue'), props: { kind: 'rectification' }, meta: { view: 'leadership', under: '/l' } },
  { path: '/l/results/:id', name: 'led-result', component: () => import('@/features/results/pages/ResultPage.vue'), props: route => ({ id: route.params.id, base: '/l' }), meta: { view: 'leadership', under: '/l' } },
  { path: '/l/referrals', name: 'led-referrals', component: () => import('@/features/referrals/pages/ReferralsPage.vue'), props: { base: '/l' }, meta: { view: 'leadership', nav: '提请' } },
  { path: '/l/referrals/:id', name: 'led-referral', component: () => import('@/features/referrals/pages/ReferralPage.vue'), props: route => ({ id: route.params.id, base: '/l' }), meta: { view: 'leadership' } },
  { path: '/l/comparisons', name: 'led-comparisons', component: () => import('@/features/comparisons/pages/ComparisonsPage.vue'), props: { base: '/l' }, meta: { view: 'leadership', nav: '集中评比' } },
  { path: '/l/comparisons/:id', name: 'led-comparison', component: () => import('@/features/comparisons/pages/ComparisonPage.vue'), props: route => ({ id: route.params.id, base: '/l' }), meta: { view: 'leadership' } },

  // 管理 /a
  { path: '/a', name: 'admin-home', component: () => import('@/features/home/pages/AdminHomePage.vue'), meta: { view: 'admin', nav: '首页' } },
  { path: '/a/people', name: 'people', component: () => import('@/features/people/pages/PeoplePage.vue'), meta: { view: 'admin', nav: '账号', who: ['admin.security'] } },
  { path: '/a/people/:id', name: 'person', component: () => import('@/features/people/pages/PersonPage.vue'), props: true, meta: { view: 'admin', who: ['admin.security'] } },
  { path: '/a/service-accounts', name: 'service-accounts', component: () => import('@/features/people/pages/ServiceAccountsPage.vue'), meta: { view: 'admin', nav: '服务账号', who: ['admin.security'] } },
  { path: '/a/imports', name: 'account-imports', component: () => import('@/features/imports/pages/ImportsPage.vue'), props: { base: '/a' }, meta: { view: 'admin', nav: '导入导出', who: ['admin.security'] } },
  { path: '/a/imports/:id', name: 'account-import', component: () => import('@/features/imports/pages/ImportPage.vue'), props: route => ({ id: route.params.id, base: '/a' }), meta: { view: 'admin', who: ['admin.security'] } },
  { path: '/a/settings', name: 'settings', component: () => import('@/features/admin/pages/SettingsPage.vue'), meta: { view: 'admin', nav: '运行和设置', who: ['admin.system'] } },
  { path: '/a/audit', name: 'audit', component: () => import('@/features/admin/pages/AuditPage.vue'), meta: { view: 'admin', nav: '审计日志', who: ['admin.audit'] } },

  // 有关部门 /d
  { path: '/d', redirect: '/d/referrals', meta: { view: 'receiver' } },
  { path: '/d/referrals', name: 'own-referrals', component: () => import('@/features/referrals/pages/ReferralsPage.vue'), props: { base: '/d' }, meta: { view: 'receiver', nav: '提请' } },
  { path: '/d/referrals/:id', name: 'own-referral', component: () => import('@/features/referrals/pages/ReferralPage.vue'), props: route => ({ id: route.params.id, base: '/d' }), meta: { view: 'receiver' } },

  { path: '/:rest(.*)*', name: 'missing', component: () => import('@/shell/MissingPage.vue') },
]
