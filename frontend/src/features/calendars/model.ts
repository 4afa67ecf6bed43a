/** A month of one's own calendar: its days, its entries in words, and where each of them is worked on. */
import type { CalendarEntry, EntryKind } from '@/core/api/schema'
import { clock, weekday } from '@/core/dates'
import type { View } from '@/core/session'

export const KIND: Record<EntryKind, string> = {
  window: '年度安排', visit: '检查考核', meeting: '会议', measure: '措施', rectification: '整改', objection: '异议', todo: '待办',
}

/** `2026-11` → its first and last day, as the API takes them. */
export function daysOf(month: string): { since: string, until: string } {
  const [year, number] = month.split('-').map(Number) as [number, number]
  const last = new Date(Date.UTC(year, number, 0)).getUTCDate()
  return { since: `${month}-01`, until: `${month}-${last}` }
}

/** The month so many months away. */
export function monthFrom(month: string, by: number): string {
  const [year, number] = month.split('-').map(Number) as [number, number]
  return new Date(Date.UTC(year, number - 1 + by, 1)).toISOString().slice(0, 7)
}

export function monthWords(month: string): string {
  const [year, number] = month.split('-').map(Number)
  return `${year} 年 ${number} 月`
}

/** `24 日 周二`, and only once for several of a day. */
export function dayWords(entry: Pick<CalendarEntry, 'day'>, before: Pick<CalendarEntry, 'day'> | undefined): string {
  return entry.day === before?.day ? '' : `${Number(entry.day.slice(8))} 日 ${weekday(entry.day)}`
}

/** `09:00—11:30，三楼会议室`; a deadline has neither. */
export function whereWords(entry: Pick<CalendarEntry, 'starts_at' | 'ends_at' | 'place'>): string {
  const time = entry.starts_at && entry.ends_at ? `${clock(entry.starts_at)}—${clock(entry.ends_at)}` : ''
  return [time, entry.place].filter(Boolean).join('，')
}

const PAGES: Partial<Record<EntryKind, Partial<Record<View, string>>>> = {
  visit: { unit: '/u/inspection', committee: '/c/visits' },
  objection: { unit: '/u/inspection' },
  meeting: { unit: '/u/interviews/', committee: '/c/interviews/' },
  measure: { unit: '/u/measures/' },
  rectification: { unit: '/u/rectifications/', committee: '/c/rectifications/' },
}

/** Pages that may be this entry's, by the views of whoever looks; one that ends in `/` wants the thing's id. */
export function pagesOf(entry: Pick<CalendarEntry, 'kind' | 'subject_id'>, views: readonly View[]): string[] {
  const pages = views.map(view => PAGES[entry.kind]?.[view]).filter(page => page !== undefined)
  return pages.map(page => (page.endsWith('/') ? `${page}${entry.subject_id ?? ''}` : page))
}
