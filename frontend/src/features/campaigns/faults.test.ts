import { describe, expect, it } from 'vitest'
import { Problem } from '@/core/api/problem'
import { faultOfItem, faultsByPart, faultsOf, landed } from './faults'
import { type Sheet, sheetOf } from './scheme'
import { RULES } from './scheme.fixture'

const typed = (change: (sheet: Sheet) => void) => {
  const sheet = sheetOf(RULES, ['X1', 'X2'])
  change(sheet)
  return faultsOf(sheet)
}

describe('what is wrong with a scheme', () => {
  it('finds nothing in a good one', () => {
    expect(typed(() => undefined)).toEqual({})
  })

  it('says at the dimension what is missing to its points', () => {
    expect(typed((one) => { one['rules/items/A1']!.points = '12.00' })).toEqual({ 'rules/dimensions/A': '各条目合计 24.50，−0.50' })
  })

  it('asks for a floor below the points, and for levels that fall from the full points to the floor', () => {
    expect(typed((one) => { one['rules/items/A1']!.floor = '13' })).toEqual({ 'rules/items/A1/floor': '保底分不能高于分值' })
    const item = { points: '10', floor: '4', clauses: [], levels: [{ name: '好', text: '', points: '10.00' }, { name: '差', text: '', points: '3' }] }
    expect(faultOfItem(item)).toBe('最低一档低于保底分 4 分')
    expect(faultOfItem({ ...item, points: '12' })).toBe('最高一档应为 12 分')
    expect(faultOfItem({ ...item, levels: [...item.levels, { name: '很差', text: '', points: '3.0' }] })).toBe('档次应从高到低，得分各不相同')
  })

  it('keeps something for the inspection and asks for weights once the others count', () => {
    expect(typed((one) => { one['rules/ballot_share'] = '80' })['rules/ballot_share']).toBe('并入考核与民主测评合计应小于 100%')
    expect(typed((one) => { one['rules/co_weights'] = { X1: '0' } })['rules/co_share']).toBe('至少给一项并入考核填上权重')
    expect(typed((one) => { one['rules/rater_groups'] = [] })['rules/ballot_share']).toBe('至少给一个分组填上权重')
  })

  it('lets no code stand twice, in bonuses and vetoes together', () => {
    expect(typed((one) => { one['rules/vetoes'][0]!.code = 'J1' })).toEqual({ 'rules/vetoes/0/code': '编号重复' })
    expect(typed((one) => { one['rules/extras'][0]!.code = 'j1' })).toEqual({ 'rules/extras/0/code': '大写字母开头，如 J1' })
  })

  it('asks for whole days of notice of a veto', () => {
    expect(typed((one) => { one['rules/vetoes'][0]!.notice_days = '半天' })).toEqual({ 'rules/vetoes/0/notice_days': '填 0 至 60' })
  })

  it('notices quotas and vetoes whose grade has another name now', () => {
    const faults = typed((one) => { for (const each of one['rules/grades']) each.name += '等' })
    expect(Object.keys(faults)).toEqual(['rules/vetoes/0/grade', 'rules/quotas/0/grade'])
    expect(faultsByPart(faults)).toMatchObject({ points: 0, vetoes: 1, grades: 1 })
  })

  it('wants grades to fall down to nought', () => {
    const faults = typed((one) => { one['rules/grades'].reverse() })
    expect(Object.keys(faults)).toEqual(expect.arrayContaining(['rules/grades/1/at_least']))
  })
})

describe('a refusal of the server', () => {
  const problem = (pointer: string) => new Problem(422, { errors: [{ pointer, code: 'x', detail: '不能超过 300 个字。' }] })
  const shown = (pointer: string) => landed(problem(pointer), sheetOf(RULES, [])).errors[0]!

  it('lands at the row of its group of raters', () => {
    expect(shown('/body/rules/rater_groups/班子成员').pointer).toBe('/body/rules/rater_groups/1/points')
    expect(shown('/body/rules/rater_groups/上级领导/[key]').pointer).toBe('/body/rules/rater_groups/0/name')
  })

  it('lands at the item whose dialog holds the field', () => {
    expect(shown('/body/rules/items/A1/clauses/1/text')).toMatchObject({ pointer: '/body/rules/items/A1', detail: '扣分条款第 2 条不能超过 300 个字。' })
  })

  it('stays where it is otherwise', () => {
    expect(shown('/body/rules/places').pointer).toBe('/body/rules/places')
  })
})
