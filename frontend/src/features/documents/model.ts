/** A paper as GB/T 9704-2012 sets it: numbers of headings, dates, lists of annexes; and what a draft's form holds. Pure. */
import type { DocumentKind, DocumentPublic, DocumentUpdate, Paper, ViolationPublic } from '@/core/api/schema'

export type Base = '/c' | '/u' | '/l'
export type Block = Paper['blocks'][number]
export type Line =
  | { type: 'text', text: string, face: 'hei' | 'kai' | 'strong' | 'plain', align: string, indent: boolean }
  | { type: 'table', headings: string[], rows: string[][], widths: string[], aligns: string[] }
  | { type: 'break' }

const DIGITS = '零一二三四五六七八九'
const FACES = ['hei', 'kai', 'strong', 'plain'] as const

/** 1 to 99 in Chinese: 十一, 二十. */
export function chinese(number: number): string {
  const [tens, ones] = [Math.floor(number / 10), number % 10]
  return (tens ? `${tens > 1 ? DIGITS[tens] : ''}十` : '') + (ones || !tens ? DIGITS[ones] : '')
}

/** What stands before a heading of a level from 1 to 4. */
const labelOf = (level: number, number: number): string =>
  [`${chinese(number)}、`, `（${chinese(number)}）`, `${number}.`, `（${number}）`][level - 1] ?? ''

/** Blocks in reading order, headings counted, one line for each paragraph. */
export function linesOf(blocks: readonly Block[]): Line[] {
  const counts = [0, 0, 0, 0]
  return blocks.flatMap((one): Line[] => {
    if (one.type === 'page_break') return [{ type: 'break' }]
    if (one.type === 'table') {
      const whole = one.widths_mm.reduce((sum, width) => sum + width, 0)
      return [{ type: 'table', headings: one.headings, rows: one.rows, widths: one.widths_mm.map(width => `${Math.round(width / whole * 100)}%`), aligns: one.aligns.length ? one.aligns : one.headings.map(() => 'center') }]
    }
    if (one.type === 'heading') {
      counts[one.level - 1]! += 1
      counts.fill(0, one.level)
      return [{ type: 'text', text: labelOf(one.level, counts[one.level - 1]!) + one.text, face: FACES[one.level - 1] ?? 'plain', align: 'left', indent: true }]
    }
    return one.text.split('\n').filter(text => text.trim()).map(text => ({ type: 'text', text: text.trim(), face: 'plain', align: one.align, indent: one.indent }))
  })
}

/** 2026年11月4日: arabic, without leading zeros, whatever the year. */
export function inWords(date: string): string {
  const [year, month, day] = date.split('-').map(Number)
  return `${year}年${month}月${day}日`
}

/** 附件说明: one annex bears no number. */
export const annexNames = (paper: Paper): string[] =>
  paper.attachments.map((one, at) => (paper.attachments.length === 1 ? one.title : `${at + 1}.${one.title}`))

export const redHeading = (organ: string): string => (organ.endsWith('文件') ? organ : `${organ}文件`)

/** What an officer writes in a draft, as the form holds it. */
export interface Written { title: string, addressee: string, series: string, receipt_days: string, copies_to: string, opening: string, closing: string }

export const writtenOf = (one: DocumentPublic): Written => ({
  title: one.title, addressee: one.addressee, series: one.series, receipt_days: String(one.receipt_days), copies_to: one.copies_to.join('\n'), opening: one.opening, closing: one.closing,
})

/** Only what differs is sent: words that the officer leaves alone go on following their matter. */
export function changesOf(now: Written, before: Written): DocumentUpdate {
  const changed = (Object.keys(now) as (keyof Written)[]).filter(name => now[name] !== before[name])
  const told = { ...now, receipt_days: Number(now.receipt_days), copies_to: now.copies_to.split(/[\n、，]/).map(text => text.trim()).filter(Boolean) }
  return Object.fromEntries(changed.map(name => [name, told[name]]))
}

/** What is to be mended; the date, which issuing itself gives, is no remark. */
export const remarksOf = (violations: readonly ViolationPublic[]) => violations.filter(one => one.code !== 'date.missing')

/** Where the committee finds the matter that a document is about. */
export function matterOf(kind: DocumentKind, subject: string): { label: string, to: string } | undefined {
  if (kind === 'inspection_notice' || kind === 'feedback_letter' || kind === 'rectification_notice') return { label: '看这次检查', to: `/c/inspections/${subject}` }
  if (kind === 'interview_notice') return { label: '看这次约谈', to: `/c/interviews/${subject}` }
  if (kind === 'referral_letter') return { label: '看这件提请', to: `/c/referrals/${subject}` }
  if (kind === 'commendation') return { label: '看这次评比', to: `/c/comparisons/${subject}` }
  if (kind === 'result_circular') return { label: '看年度结果', to: `/c/results?campaign_id=${subject}` }
  return undefined
}
