/** The record as it is written: attendance with reasons, and what a save sends. */
import type { RecordPublic } from '@/core/api/schema'

export interface Attended { member_id: string, name: string, duty: string, came: boolean, reason: string }

export interface Written extends Record<string, unknown> { held_on: string | null, place: string, attendees: string, attendance: Attended[], text: string }

/** What is still missing, by field. */
export function lacking(values: Written): Record<string, string | false> {
  const silent = values.attendance.find(one => !one.came && !one.reason.trim())
  return {
    held_on: !values.held_on && '选定日期', place: !values.place.trim() && '写明地点', attendees: !values.attendees.trim() && '写明工委参加人员',
    attendance: silent ? `写明${silent.name}没有到会的原因` : false,
  }
}

export function bodyOf({ held_on, place, attendees, attendance, text }: Written) {
  return {
    held_on: held_on!, place, attendees, text,
    attendance: attendance.map(({ member_id, came, reason }) => ({ member_id, came, reason: came ? '' : reason })),
  }
}

export function writtenOf(record: RecordPublic): Written {
  const { held_on, place, attendees, attendance, text } = record
  return { held_on, place, attendees, attendance: attendance.map(one => ({ ...one })), text }
}

/** 到会 6 人，缺席 1 人：李海（因公出差） */
export function presence(attendance: RecordPublic['attendance']): string {
  const absent = attendance.filter(one => !one.came)
  const came = `到会 ${attendance.length - absent.length} 人`
  return absent.length ? `${came}，缺席 ${absent.length} 人：${absent.map(one => `${one.name}（${one.reason}）`).join('、')}` : came
}
