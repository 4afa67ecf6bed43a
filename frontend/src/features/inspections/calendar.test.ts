import { expect, it } from 'vitest'
import { byDay, gathered, isMonth, monthName, monthOf, shifted, weeksOf, workdaysLeft } from './calendar'

it('goes from month to month, over the end of a year', () => {
  expect([shifted('2026-12', 1), shifted('2026-01', -1), shifted('2026-03', 0)]).toEqual(['2027-01', '2025-12', '2026-03'])
  expect(monthName('2026-09')).toBe('2026 年 9 月')
  expect(['2026-13', '2026-1', 'x', '2026-10'].map(isMonth)).toEqual([false, false, false, true])
})

it('lays a month out in weeks from Monday and knows holidays and worked weekends', () => {
  const weeks = weeksOf('2026-10', [{ day: '2026-10-01', working: false, name: '国庆节' }, { day: '2026-10-02', working: false, name: '' }, { day: '2026-10-10', working: true, name: '调休上班' }])
  expect(weeks).toHaveLength(5)
  expect([weeks[0]![0]!.day, weeks[4]![6]!.day]).toEqual(['2026-09-28', '2026-11-01'])
  const days = new Map(weeks.flat().map(one => [one.day, one]))
  expect(days.get('2026-10-01')).toEqual({ day: '2026-10-01', isInside: true, isOff: true, name: '国庆节' })
  expect(days.get('2026-10-02')).toMatchObject({ isOff: true, name: '放假' })
  expect(days.get('2026-10-10')).toMatchObject({ isOff: false, name: '调休上班' })
  expect(days.get('2026-10-11')).toMatchObject({ isOff: true, name: '' })
  expect(days.get('2026-11-01')).toMatchObject({ isInside: false })
})

it('opens at the next thing to come, else at the last, else today', () => {
  expect(monthOf(['2026-12-03', '2026-11-20'], '2026-11-24')).toBe('2026-12')
  expect(monthOf(['2026-10-03'], '2026-11-24')).toBe('2026-10')
  expect(monthOf([], '2026-11-24')).toBe('2026-11')
})

it('keeps visits by day, without those that have none', () => {
  const visits = [{ visit_on: '2026-12-01', n: 1 }, { visit_on: null, n: 2 }, { visit_on: '2026-12-01', n: 3 }]
  expect(byDay(visits).get('2026-12-01')?.map(one => one.n)).toEqual([1, 3])
  expect(byDay(visits).size).toBe(1)
})

it('counts working days over weekends and holidays to a deadline', () => {
  expect(workdaysLeft('2026-11-30', [], '2026-11-26')).toBe(2) // Friday and Monday
  expect(workdaysLeft('2026-10-10', [{ day: '2026-10-07', working: false }, { day: '2026-10-10', working: true }], '2026-10-06')).toBe(3)
  expect(workdaysLeft('2026-11-20', [], '2026-11-26')).toBe(0)
})

it('tells in one line what is wrong in the same way on the same day', () => {
  const clash = (kind: 'group' | 'holiday', day: string, units: string[]) => ({ kind, day, units, people: [], inspection_ids: [] })
  expect(gathered([clash('group', '2026-12-01', ['甲', '乙']), clash('group', '2026-12-01', ['乙', '丙']), clash('holiday', '2026-12-05', ['丁'])]).map(one => [one.kind, one.units])).toEqual([
    ['group', ['甲', '乙', '丙']], ['holiday', ['丁']],
  ])
})
