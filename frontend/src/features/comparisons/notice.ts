/** A public notice: who it names, who objects to it, what follows from an answer. */
import type { NoticeObjectionPublic } from '@/core/api/schema'

/** The upheld objections that are about a team, or about the list as a whole. */
export const bearing = (objections: readonly NoticeObjectionPublic[], unitId: string): NoticeObjectionPublic[] =>
  objections.filter(one => one.state === 'upheld' && (!one.about_id || one.about_id === unitId))

/** 市林业局 or 来信：张某. */
export const fromOf = (one: Pick<NoticeObjectionPublic, 'unit_name' | 'sender'>): string => one.unit_name ?? `来信：${one.sender}`

/** 对市教育局, or 对名单. */
export const aboutOf = (one: Pick<NoticeObjectionPublic, 'about_name'>): string => (one.about_name ? `对${one.about_name}` : '对名单')
