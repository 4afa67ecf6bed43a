import { describe, expect, it } from 'vitest'
import { sheetOf } from './scheme'
import { RULES } from './scheme.fixture'
import { faultOf, levelsOf, trialOf } from './trial'

describe('a made-up unit', () => {
  it('sends what is filled in and knows the scheme: what is empty has no result', () => {
    const trial = { unitClass: '机关', lost: { A1: '1.5', A2: ' ' }, assessments: { X1: '90', X9: '80' }, ballots: { 班子成员: '', 上级领导: '88' } }
    expect(trialOf(sheetOf(RULES, []), trial)).toMatchObject({ unit_class: '机关', lost: { A1: '1.5' }, assessments: { X1: '90' }, ballots: { 上级领导: '88' } })
  })

  it('has a level where the item is judged by levels', () => {
    expect(levelsOf(sheetOf(RULES, [])['rules/items/A2']!)).toEqual([{ value: '0.00', label: '好（12.50 分）' }, { value: '7.50', label: '差（5.00 分）' }])
  })

  it('loses at most an item’s points', () => {
    expect([faultOf('3', '2.5'), faultOf('2.5', '2.5'), faultOf('', '2.5'), faultOf('一', '2.5')]).toEqual(['填 0 至 2.5', undefined, undefined, '填 0 至 2.5'])
  })
})
