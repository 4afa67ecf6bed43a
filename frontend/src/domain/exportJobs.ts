/** Lists as files: what can be had, how a file stands, how it is fetched. */
import { call } from '@/core/api/call'
import type { ExportCreate, ExportState, ExportSummary } from '@/core/api/schema'
import { saveFrom } from '@/core/download'
import type { Word } from './words'

export type ExportKind = ExportCreate['kind']

/** What a list is called, as a file. */
export const EXPORTS: Record<ExportKind, string> = {
  'ledger-entries': '台账记录', 'measures': '计划措施', 'units': '单位', 'members': '班子成员', 'people': '账号', 'problems': '问题', 'plans': '年度计划', 'evidence': '佐证材料目录',
  'self-reports': '自查报告', 'inspections': '检查考核', 'findings': '检查发现', 'objections': '陈述申辩', 'extras': '加减分事项', 'co-assessment-results': '并入考核结果', 'results': '年度结果', 'interviews': '集体约谈', 'rectifications': '整改',
  'progress': '措施进展', 'team-meetings': '班子会议', 'evidence-manifests': '材料清单', 'manifest-lines': '清单行', 'inspection-groups': '检查组', 'recusals': '回避', 'co-assessments': '并入考核', 'ballots': '民主测评', 'comparisons': '集中评比',
  'commendations': '通报表扬', 'notice-objections': '公示异议', 'referrals': '提请', 'complaints': '投诉建议', 'evidence-pack': '材料包',
}

export const EXPORT_STATE: Record<ExportState, Word> = {
  waiting: { text: '排队', tone: 'none' }, running: { text: '正在生成', tone: 'doing' }, done: { text: '可以下载', tone: 'ok' }, failed: { text: '没有生成', tone: 'bad' }, expired: { text: '已过期', tone: 'none' },
}

export function isMaking(job: Pick<ExportSummary, 'state'> | undefined): boolean {
  return job?.state === 'waiting' || job?.state === 'running'
}

/** Fetches a file by a one-time address. */
export async function fetchExport(job: Pick<ExportSummary, 'id'>): Promise<void> {
  saveFrom((await call('export_ticket', { path: { id: job.id } })).url)
}

/** Filters of a list as it is read, without those that say nothing. */
export function filtersOf(query: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(query).filter(([name, value]) => !['limit', 'cursor', 'count'].includes(name) && value !== undefined && value !== null && value !== ''))
}
