/** The lists behind the leadership's figures, each row cut down to unit, state and what matters in one line. */
import type { InspectionRow, RectificationRow, SelfReportRow } from '@/core/api/schema'
import { day } from '@/core/dates'

export interface Row { key: string, unitId: string, unit: string, state: string, note: string }

const line = (one: { id: string, unit_id: string, unit_name: string, state: string }, note: string): Row => ({ key: one.id, unitId: one.unit_id, unit: one.unit_name, state: one.state, note })

export const ofReport = (one: SelfReportRow): Row => line(one, [one.submitted_at && `${day(one.submitted_at)}报送`, one.late && '迟报'].filter(Boolean).join('，'))
export const ofInspection = (one: InspectionRow): Row => line(one, [one.group_name, one.visit_on && `${day(one.visit_on)}到单位`].filter(Boolean).join('，'))
export const ofRectification = (one: RectificationRow): Row => line(one, `${one.code ? `${one.code} ` : ''}${one.text}（${day(one.due_on)}前）`)
