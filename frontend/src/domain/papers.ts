/** Papers of the committee and of units: their names, what they are about, and their files. */
import { call } from '@/core/api/call'
import type { DocumentKind, DocumentTicketPublic } from '@/core/api/schema'
import { fetchFile, save, showFile } from '@/core/download'

export const PAPER: Record<DocumentKind, string> = {
  annual_plan: '年度创建活动计划', self_report: '自查报告', inspection_notice: '检查考核通知', feedback_letter: '检查反馈意见', result_circular: '年度结果通报', commendation: '通报表扬',
  interview_notice: '约谈通知', interview_record: '约谈记录', rectification_notice: '整改通知', referral_letter: '提请函', receipt: '回执', meeting_material: '会议材料',
}

/** What the committee drafts and issues under a number; the others are final by the signature of their own matter. */
export const OUTGOING: readonly DocumentKind[] = ['inspection_notice', 'feedback_letter', 'result_circular', 'commendation', 'interview_notice', 'rectification_notice', 'referral_letter']

export type Form = 'word' | 'pdf'
export interface Matter { kind: DocumentKind, subject: string }

/** The file of a document that stands, by its id, or of a paper as its matter gives it now. */
export function ticketOf(paper: { id: string } | Matter, format: Form): Promise<DocumentTicketPublic> {
  if ('id' in paper) return call('document_ticket', { path: { id: paper.id }, body: { format } })
  return call('document_preview_ticket', { body: { kind: paper.kind, subject_id: paper.subject, format } })
}

/** Saves what is behind a one-time address under the name that it bears. */
export async function saveTicket(asked: Promise<DocumentTicketPublic>): Promise<void> {
  const { content, name } = await fetchFile((await asked).url)
  save(content, name)
}

/** Shows a PDF in a window of its own, whose button prints it; where windows are not allowed it is saved. */
export const printTicket = (asked: Promise<DocumentTicketPublic>): Promise<void> => showFile(asked.then(({ url }) => fetchFile(url)))
