import { describe, expect, it } from 'vitest'
import { inspectionShare, isOutOfScale, placesOf, rescaled, spreadEvenly, tally } from './reckon'
import { gradeOf, percentOf, rulesOf, shareOf, sheetOf } from './scheme'
import { RULES } from './scheme.fixture'

describe('a scheme that is typed', () => {
  it('goes to the API as it came from there, all of it', () => {
    expect(rulesOf(sheetOf(RULES, ['X1', 'X2']))).toEqual(JSON.parse(JSON.stringify(RULES)))
  })

  it('has a field for every assessment of the year and sends only those with a weight', () => {
    const sheet = sheetOf(RULES, ['X1', 'X2'])
    expect(sheet['rules/co_weights']).toEqual({ X1: '5', X2: '0' })
    expect(rulesOf(sheet).co_weights).toEqual({ X1: '5' })
  })

  it('takes the purposes that count no days however they are separated', () => {
    const sheet = { ...sheetOf(RULES, []), 'rules/days_not_counted': '会议，培训、 考察学习' }
    expect(rulesOf(sheet).days_not_counted).toEqual(['会议', '培训', '考察学习'])
  })

  it('shows shares as percent, exactly', () => {
    expect(['0', '0.2000', '0.125', '1'].map(percentOf)).toEqual(['0', '20', '12.5', '100'])
    expect(['0', '20', '12.5', '100', '5'].map(shareOf)).toEqual(['0.00', '0.20', '0.125', '1.00', '0.05'])
    expect(inspectionShare(sheetOf(RULES, []))).toBe('67.5')
  })

  it('adds the points of each dimension up and says how much they are off', () => {
    const sheet = sheetOf(RULES, [])
    sheet['rules/items/A2']!.points = '12.40'
    expect(tally(sheet)).toEqual([{ code: 'A', points: '25.00', items: ['A1', 'A2'], spread: '24.90', off: '-0.10' }])
    sheet['rules/items/A2']!.points = '十二'
    expect(tally(sheet)[0]!.off).toBe('-12.50')
  })

  it('spreads points evenly so that they add up exactly', () => {
    expect(spreadEvenly('25.00', 3)).toEqual(['8.34', '8.33', '8.33'])
    expect(spreadEvenly('0.02', 3)).toEqual(['0.01', '0.01', '0.00'])
  })

  it('keeps levels in proportion when the points of an item change', () => {
    const item = { ...sheetOf(RULES, [])['rules/items/A2']!, points: '7.00' }
    expect(isOutOfScale(item)).toBe(true)
    expect(rescaled(item).map(one => one.points)).toEqual(['7.00', '2.80'])
    expect(isOutOfScale({ ...item, levels: rescaled(item) })).toBe(false)
  })

  it('says what each grade asks', () => {
    const grades = [RULES.grades[0]!, { ...RULES.grades[1]!, name: '较好', at_least: '80' }, RULES.grades[1]!]
    expect(grades.map((_, at) => gradeOf(grades, at))).toEqual(['90.00 分以上，且没有得零分的条目，且每个方面得分率不低于 80%', '80.00 分以上', '低于 80.00 分'])
  })

  it('reckons the places of a quota: the whole part, a class of its own before the others', () => {
    const classes = new Map([['县区', 32], ['机关', 7]])
    const quotas = [{ grade: '好', unit_class: '', percent: '30' }, { grade: '好', unit_class: '机关', percent: '50' }]
    expect(placesOf(quotas[0]!, quotas, classes)).toEqual([{ unitClass: '县区', units: 32, places: 9 }])
    expect(placesOf(quotas[1]!, quotas, classes)).toEqual([{ unitClass: '机关', units: 7, places: 3 }])
  })
})
