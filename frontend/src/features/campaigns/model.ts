/** Campaign years: windows as Shanghai wall time. */
import type { CampaignPublic, Stage, WindowPublic } from '@/core/api/schema'
import { clock, day, dayOf } from '@/core/dates'

export const STAGES: readonly Stage[] = ['planning', 'self_report', 'inspection', 'feedback', 'rectification']

export interface WindowRow { stage: Stage, opens_at: string, closes_at: string }

/** RFC 3339 → what `<input type=datetime-local>` takes, in Shanghai time. */
export function toLocal(instant: string): string {
  return `${dayOf(instant)}T${clock(instant)}`
}

export function fromLocal(local: string): string {
  return `${local}:00+08:00`
}

/** 2027 年 1 月 1 日至 2028 年 12 月 31 日. */
export function validityOf(campaign: Pick<CampaignPublic, 'basis_valid_from' | 'basis_valid_until'>): string {
  const { basis_valid_from: from, basis_valid_until: until } = campaign
  return from && until ? `${day(from)}至 ${day(until)}` : '未填写'
}

/** A row for every stage; those without a window are empty. */
export function windowRows(windows: readonly WindowPublic[]): WindowRow[] {
  return STAGES.map((stage) => {
    const found = windows.find(one => one.stage === stage)
    return { stage, opens_at: found ? toLocal(found.opens_at) : '', closes_at: found ? toLocal(found.closes_at) : '' }
  })
}

/** For the API; rows that say nothing are left out. */
export function windowBody(rows: readonly WindowRow[]): WindowPublic[] {
  return rows.filter(one => one.opens_at && one.closes_at)
    .map(one => ({ stage: one.stage, opens_at: fromLocal(one.opens_at), closes_at: fromLocal(one.closes_at) }))
}
