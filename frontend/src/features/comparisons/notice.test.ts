import { expect, it } from 'vitest'
import type { NoticeObjectionPublic } from '@/core/api/schema'
import { aboutOf, bearing, fromOf } from './notice'

const objection = (over: Partial<NoticeObjectionPublic>): NoticeObjectionPublic => ({
  id: 'o', comparison_id: 'c', comparison_name: '评比', about_id: null, about_name: '', unit_id: null, unit_name: null, evidence_id: null, evidence_title: null,
  sender: '', text: '', state: 'upheld', filed_by: '', created_at: '', answer: '', answered_by: '', answered_at: null, version: 1, actions: [], ...over,
})

it('lets a team be taken off only for an upheld objection to it or to the list', () => {
  const about = objection({ about_id: 'a' })
  const list = objection({})
  expect(bearing([about, list, objection({ about_id: 'b' }), objection({ about_id: 'a', state: 'filed' })], 'a')).toEqual([about, list])
})

it('says who objects to whom', () => {
  expect(fromOf(objection({ unit_name: '市林业局' }))).toBe('市林业局')
  expect(fromOf(objection({ sender: '张某' }))).toBe('来信：张某')
  expect(aboutOf(objection({ about_name: '市教育局' }))).toBe('对市教育局')
  expect(aboutOf(objection({}))).toBe('对名单')
})
