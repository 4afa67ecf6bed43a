import { describe, expect, it } from 'vitest'
import type { RulesOutput } from '@/core/api/schema'
import { faultOfGrades, faultsOf, gradeOf, percentOf, rulesOf, shareOf, sheetOf } from './scheme'

const RULES: RulesOutput = {
  dimensions: { A: '25.0000' },
  items: { A1: { points: '12.5', clauses: [{ number: 1, text: '未开展的', points: '12.5' }] }, A2: { points: '12.5' } },
  co_share: '0.2000', co_weights: { X1: '5' }, grades: [{ name: '好', at_least: '90', no_zero_item: true }, { name: '差', at_least: '0', no_zero_item: false }],
  places: 2, objection_days: 7, interview: { below: '78', findings: 10 }, days_not_counted: ['会议', '培训'],
}

describe('a scheme that is typed', () => {
  it('goes to the API as it came from there', () => {
    expect(rulesOf(sheetOf(RULES, ['X1', 'X2']))).toEqual({
      ...RULES, dimensions: { A: '25.00' }, items: { A1: { points: '12.50', clauses: [{ number: 1, text: '未开展的', points: '12.50' }] }, A2: { points: '12.50', clauses: [] } },
      co_share: '0.20', co_weights: { X1: '5.00' }, grades: [{ name: '好', at_least: '90.00', no_zero_item: true }, { name: '差', at_least: '0.00', no_zero_item: false }],
      interview: { below: '78.00', findings: 10 },
    })
  })

  it('takes the purposes that count no days however they are separated', () => {
    const sheet = { ...sheetOf(RULES, []), 'rules/days_not_counted': '会议，培训、 考察学习' }
    expect(rulesOf(sheet).days_not_counted).toEqual(['会议', '培训', '考察学习'])
  })

  it('shows shares as percent, exactly', () => {
    expect(['0', '0.2000', '0.125', '1'].map(percentOf)).toEqual(['0', '20', '12.5', '100'])
    expect(['0', '20', '12.5', '100', '5'].map(shareOf)).toEqual(['0.00', '0.20', '0.125', '1.00', '0.05'])
  })

  it('numbers the clauses anew by their place', () => {
    const sheet = sheetOf(RULES, [])
    sheet.clauses.A2 = [{ number: 7, text: '补的', points: '1' }, { number: 3, text: '再补的', points: '0.5' }]
    expect(rulesOf(sheet).items.A2!.clauses!.map(one => one.number)).toEqual([1, 2])
  })

  it('says what each grade asks', () => {
    const grades = [{ name: '好', at_least: '90', no_zero_item: true }, { name: '较好', at_least: '80', no_zero_item: false }, { name: '差', at_least: '0', no_zero_item: false }]
    expect(grades.map((_, at) => gradeOf(grades, at))).toEqual(['90.00 分以上，且没有得零分的条目', '80.00 分以上', '低于 80.00 分'])
  })

  it('says what is wrong with grades', () => {
    const [good, poor] = RULES.grades as [RulesOutput['grades'][0], RulesOutput['grades'][0]]
    expect(faultOfGrades([good, poor])).toBeUndefined()
    expect(faultOfGrades([poor, good])).toBe('等次要从高到低排列')
    expect(faultOfGrades([good])).toBe('最后一等的下限应为 0')
    expect(faultOfGrades([{ ...good, at_least: '九十' }, poor])).toBe('等次的下限要填数字')
    expect(faultOfGrades([{ ...good, name: ' ' }, poor])).toBe('每个等次都要有名称')
  })

  it('asks for weights once merged assessments count, and for readable figures', () => {
    const sheet = sheetOf(RULES, ['X2'])
    expect(faultsOf(sheet)['rules/co_share']).toBe('至少给一项并入考核填上权重')
    expect(faultsOf({ ...sheet, 'rules/co_share': '120' })['rules/co_share']).toBe('填 0 至 100 之间的数')
    expect(faultsOf({ ...sheet, 'rules/objection_days': '七' })['rules/objection_days']).toBe('填工作日的天数')
    expect(faultsOf({ ...sheet, 'weights': { X2: '5' } })['rules/co_share']).toBe(false)
  })
})
