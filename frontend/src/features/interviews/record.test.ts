import { describe, expect, it } from 'vitest'
import { bodyOf, lacking, presence } from './record'

const who = (name: string, came: boolean, reason = '') => ({ member_id: name, name, duty: '副局长', came, reason })
const written = { held_on: '2027-01-15', place: '会议室', attendees: '工委三人', attendance: [who('张明', true), who('李海', false)], text: '' }

describe('a record', () => {
  it('asks why somebody did not come, and not for the text, which may follow', () => {
    expect(lacking(written).attendance).toBe('写明李海没有到会的原因')
    expect(Object.values(lacking({ ...written, attendance: [who('李海', false, '出差')] })).filter(Boolean)).toEqual([])
  })

  it('sends no reason of whoever came after all', () => {
    expect(bodyOf({ ...written, attendance: [who('张明', true, '误填')] }).attendance).toEqual([{ member_id: '张明', came: true, reason: '' }])
  })

  it('tells who was there', () => {
    expect(presence([who('张明', true), who('李海', false, '因公出差')])).toBe('到会 1 人，缺席 1 人：李海（因公出差）')
    expect(presence([who('张明', true)])).toBe('到会 1 人')
  })
})
