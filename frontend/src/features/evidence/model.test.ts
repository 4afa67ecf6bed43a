import { expect, test } from 'vitest'
import type { CoAssessmentPublic, EntryPublic, EvidenceUse, FindingPublic, MatrixCell, RectificationRow } from '@/core/api/schema'
import { day } from '@/core/dates'
import { assessmentChoices, cellOf, entryChoices, findingChoices, rectificationChoices, verdictOf } from './model'

const use = (verdict: EvidenceUse['verdict'], reason = '') => ({ verdict, reason }) as EvidenceUse
const cell = (more: Partial<MatrixCell>): MatrixCell => ({ criterion_id: 'x', code: 'A13', title: '三类会议', dimension: 'A', shown: 'none', accepted: 0, unreviewed: 0, rejected: 0, promised: 0, ...more })

test('one rejected use is the word on the whole piece', () => {
  expect(verdictOf([use('accepted'), use('rejected', '缺印发日期'), use('unreviewed')])).toEqual({ verdict: 'rejected', reason: '缺印发日期' })
  expect(verdictOf([use('accepted'), use('unreviewed')])?.verdict).toBe('unreviewed')
  expect(verdictOf([])).toBeUndefined()
})

test('an item whose evidence was rejected is told from one that has none', () => {
  expect(cellOf(cell({ shown: 'accepted' }), '/u')).toMatchObject({ text: '13', state: 'full', said: 'A13 三类会议：已佐证' })
  expect(cellOf(cell({ shown: 'available' }), '/u')).toMatchObject({ state: 'full' })
  expect(cellOf(cell({ shown: 'promised' }), '/u')).toMatchObject({ state: 'part' })
  expect(cellOf(cell({ rejected: 1 }), '/u')).toMatchObject({ state: 'cut', said: 'A13 三类会议：不采信' })
  expect(cellOf(cell({}), '/u')).toMatchObject({ state: 'none', said: 'A13 三类会议：尚无佐证' })
})

test('rows of ledgers are told by their ledger and day, findings by their item', () => {
  expect(entryChoices([{ id: 'e1', title: '石岭镇走访', kind: 'T8', happened_on: '2026-11-19' } as EntryPublic])).toEqual([{ value: 'entry_id e1', label: '台账 石岭镇走访', hint: '下基层调研，11 月 19 日' }])
  expect(assessmentChoices([{ id: 'x1', code: 'X1', title: '平安建设' } as CoAssessmentPublic])).toEqual([{ value: 'co_assessment_id x1', label: '并入考核 X1 平安建设' }])
  expect(rectificationChoices([{ id: 'r1', text: '补正审批手续', due_on: '2026-12-06' } as RectificationRow])).toEqual([{ value: 'rectification_id r1', label: '整改 补正审批手续', hint: `${day('2026-12-06')}前` }])
  expect(findingChoices([{ id: 'f1', criterion_code: 'C7', text: '没有明确联系点' } as FindingPublic])).toEqual([{ value: 'finding_id f1', label: '检查问题 C7 没有明确联系点' }])
})
