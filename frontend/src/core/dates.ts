/** Dates as people here read them: Asia/Shanghai, 11 月 30 日 17:30. Dates are `YYYY-MM-DD`, instants RFC 3339. */

const ZONE = 'Asia/Shanghai'
const WEEKDAYS = ['周日', '周一', '周二', '周三', '周四', '周五', '周六']
const parts = new Intl.DateTimeFormat('en-CA', {
  timeZone: ZONE, year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit', hourCycle: 'h23',
})

export function isDate(text: string): boolean {
  return /^\d{4}-\d{2}-\d{2}$/.test(text)
}

/** The calendar day in Shanghai of an instant, or the date itself. */
export function dayOf(moment: string | Date): string {
  if (typeof moment === 'string' && isDate(moment)) return moment
  const found = Object.fromEntries(parts.formatToParts(new Date(moment)).map(part => [part.type, part.value]))
  return `${found.year}-${found.month}-${found.day}`
}

export function clock(moment: string | Date): string {
  const found = Object.fromEntries(parts.formatToParts(new Date(moment)).map(part => [part.type, part.value]))
  return `${found.hour}:${found.minute}`
}

/** Whole calendar days from `now` to the moment; negative when it is past. */
export function daysUntil(moment: string | Date, now: Date = new Date()): number {
  return Math.round((Date.parse(dayOf(moment)) - Date.parse(dayOf(now))) / 86_400_000)
}

/** 11 月 30 日, with the year where it is not this one. */
export function day(moment: string | Date, now: Date = new Date()): string {
  const [year, month, date] = dayOf(moment).split('-').map(Number)
  const short = `${month} 月 ${date} 日`
  return dayOf(now).startsWith(String(year)) ? short : `${year} 年 ${short}`
}

/** 2026 年 9 月 15 日 周二: a day that is being chosen. */
export function dayInFull(date: string): string {
  const [year, month, of] = date.split('-').map(Number)
  return `${year} 年 ${month} 月 ${of} 日 ${weekday(date)}`
}

export function weekday(moment: string | Date): string {
  return WEEKDAYS[new Date(`${dayOf(moment)}T00:00:00Z`).getUTCDay()]!
}

/** 今天 11:06, 昨天 16:40, 11 月 20 日 09:15. */
export function moment(instant: string | Date, now: Date = new Date()): string {
  const distance = daysUntil(instant, now)
  const when = distance === 0 ? '今天' : distance === -1 ? '昨天' : distance === 1 ? '明天' : day(instant, now)
  return `${when} ${clock(instant)}`
}

/** 今天到期, 还有 7 天, 超期 1 天. */
export function remaining(due: string | Date, now: Date = new Date()): string {
  const days = daysUntil(due, now)
  return days === 0 ? '今天到期' : days > 0 ? `还有 ${days} 天` : `超期 ${-days} 天`
}
