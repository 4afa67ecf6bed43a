/** A month as weeks from Monday, and what stands on its days. */
import type { VisitConflict } from '@/core/api/schema'
import { dayOf } from '@/core/dates'

export interface MonthDay { day: string, isInside: boolean, isOff: boolean, name: string }

const DAY_MS = 86_400_000
const at = (day: string) => Date.parse(`${day}T00:00:00Z`)
const on = (time: number) => new Date(time).toISOString().slice(0, 10)
/** 0 Monday … 6 Sunday. */
const place = (day: string) => (new Date(at(day)).getUTCDay() + 6) % 7

export const isMonth = (text: string): boolean => /^\d{4}-(0[1-9]|1[0-2])$/.test(text)

/** `2026-12` and 1 are `2027-01`. */
export function shifted(month: string, by: number): string {
  const [year, number] = month.split('-').map(Number)
  return on(Date.UTC(year!, number! - 1 + by, 1)).slice(0, 7)
}

export const monthName = (month: string): string => `${month.slice(0, 4)} 年 ${Number(month.slice(5))} 月`

/** The weeks that the month touches; `special` are the days that are not as their weekday says. */
export function weeksOf(month: string, special: readonly { day: string, working: boolean, name: string }[]): MonthDay[][] {
  const known = new Map(special.map(one => [one.day, one]))
  const first = at(`${month}-01`) - place(`${month}-01`) * DAY_MS
  const after = at(`${shifted(month, 1)}-01`)
  const weeks: MonthDay[][] = []
  for (let monday = first; monday < after; monday += 7 * DAY_MS) {
    weeks.push(Array.from({ length: 7 }, (_, by) => {
      const day = on(monday + by * DAY_MS)
      const told = known.get(day)
      return { day, isInside: day.startsWith(month), isOff: told ? !told.working : by > 4, name: told ? told.name || (told.working ? '上班' : '放假') : '' }
    }))
  }
  return weeks
}

/** The month to open at: that of the first thing from today on, else of the last, else this one. */
export function monthOf(days: readonly string[], today = dayOf(new Date())): string {
  const sorted = [...days].sort()
  return (sorted.find(one => one >= today) ?? sorted.at(-1) ?? today).slice(0, 7)
}

export function byDay<T extends { visit_on: string | null }>(visits: readonly T[]): Map<string, T[]> {
  const found = new Map<string, T[]>()
  for (const one of visits) if (one.visit_on) found.set(one.visit_on, [...found.get(one.visit_on) ?? [], one])
  return found
}

/** Working days from tomorrow to the day, that day included; none once it is over. */
export function workdaysLeft(until: string, special: readonly { day: string, working: boolean }[], today = dayOf(new Date())): number {
  const known = new Map(special.map(one => [one.day, one.working]))
  let left = 0
  for (let time = at(today) + DAY_MS; time <= at(until); time += DAY_MS) {
    const day = on(time)
    if (known.get(day) ?? place(day) < 5) left += 1
  }
  return left
}

/** One line for all that is wrong in the same way on the same day. */
export function gathered(conflicts: readonly VisitConflict[]): VisitConflict[] {
  const lines = new Map<string, VisitConflict>()
  for (const one of conflicts) {
    const key = `${one.day} ${one.kind}`
    const { units, people } = lines.get(key) ?? { units: [], people: [] }
    lines.set(key, { ...one, units: [...new Set([...units, ...one.units])], people: [...new Set([...people, ...one.people])] })
  }
  return [...lines.values()]
}
