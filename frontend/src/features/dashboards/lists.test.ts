import { expect, it } from 'vitest'
import type { InspectionRow, RectificationRow, SelfReportRow } from '@/core/api/schema'
import { ofInspection, ofRectification, ofReport } from './lists'

const unit = { id: 'x', unit_id: 'u', unit_name: '市教育局' }
const year = new Date().getFullYear()

it('says of each row what matters in one line', () => {
  expect(ofReport({ ...unit, state: 'submitted', submitted_at: `${year}-11-30T02:00:00Z`, late: true } as SelfReportRow).note).toBe('11 月 30 日报送，迟报')
  expect(ofInspection({ ...unit, state: 'planned', group_name: '检查三组', visit_on: null } as InspectionRow).note).toBe('检查三组')
  expect(ofRectification({ ...unit, state: 'assigned', code: 'C6', text: '补齐下基层天数', due_on: `${year}-04-15` } as RectificationRow)).toEqual({
    key: 'x', unitId: 'u', unit: '市教育局', state: 'assigned', note: 'C6 补齐下基层天数（4 月 15 日前）',
  })
})
