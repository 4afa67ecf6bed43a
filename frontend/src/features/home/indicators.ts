/** How the rules for each member stand, in one word. */
import type { Indicator, IndicatorCode, MemberFigure, Status } from '@/core/api/schema'
import type { Word } from '@/domain/words'

/** B12: a paper each; C6: sixty days at the grass roots each. */
export const PERSONAL: readonly IndicatorCode[] = ['B12', 'C6']

const WORD: Record<Status, Word> = {
  met: { text: '已达标', tone: 'ok' },
  on_track: { text: '可达标', tone: 'ok' },
  at_risk: { text: '有差距', tone: 'warn' },
  missed: { text: '未达标', tone: 'bad' },
  not_applicable: { text: '不适用', tone: 'none' },
}

/** At this pace until the end of the year: 可达标, or how many will be short. */
export function forecastOf(one: Indicator): Word {
  return one.missing ? { text: `${one.missing} 人不足`, tone: 'bad' } : WORD[one.status]
}

export const unitOf = (criterion: IndicatorCode): string => (criterion === 'C6' ? '天' : '篇')

export interface Own { criterion: IndicatorCode, title: string, value: number, target: number, unit: string, word: Word, forecast: string }

/** One member's own figures. */
export function ownOf(all: readonly Indicator[], memberId: string | null | undefined): Own[] {
  return PERSONAL.flatMap((criterion) => {
    const found = all.find(one => one.criterion === criterion)
    const mine: MemberFigure | undefined = found?.members.find(one => one.member_id === memberId)
    if (!found || !mine) return []
    const unit = unitOf(criterion)
    const forecast = mine.forecast === null || mine.status === 'met' ? '' : `按目前进度，到 12 月 31 日约 ${Number(mine.forecast)} ${unit}`
    return [{ criterion, title: found.title, value: Number(mine.value), target: Number(mine.target), unit, word: WORD[mine.status], forecast }]
  })
}
