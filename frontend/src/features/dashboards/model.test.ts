import { describe, expect, it } from 'vitest'
import type { HeatItem, HeatRow, YearAverage } from '@/core/api/schema'
import { byDimension, changeOf, chartOf, gapOf, levelOf, lostOf, rowsOf, spread } from './model'

const row = (unit_name: string, total: string, changes: Partial<HeatRow> = {}): HeatRow => ({
  unit_id: unit_name, unit_name, unit_class: '政府部门', result_id: 'r', total, grade: '好', findings: 0, change: null, gap: null, scores: {}, ...changes,
})
const names = (rows: HeatRow[]) => rows.map(one => one.unit_name)

describe('the heat table', () => {
  it.each([['24.00', 8], ['23.25', 7], ['22.50', 6], ['22.49', 5], ['20.00', 4], ['17.49', 1], ['0', 1]])('%s of 25 points is level %i', (got, level) => {
    expect(levelOf(got, '25.00')).toBe(level)
  })
  it('is coloured by the share of points, whatever an item is worth', () => expect(levelOf('1.5', '2')).toBe(levelOf('18.75', '25')))

  const rows = [row('甲', '90.5', { change: '-1.2' }), row('乙', '76', { grade: '较差', gap: '4', change: '0.3' }), row('丙', '88', { unit_class: '党委部门', gap: '2' })]

  it('keeps the units’ own order unless asked', () => expect(names(rowsOf(rows, { unit_class: '', grade: '', by: '' }))).toEqual(['甲', '乙', '丙']))
  it('is ordered exactly, those without a figure last', () => {
    expect(names(rowsOf(rows, { unit_class: '', grade: '', by: '-total' }))).toEqual(['甲', '丙', '乙'])
    expect(names(rowsOf(rows, { unit_class: '', grade: '', by: 'change' }))).toEqual(['甲', '乙', '丙'])
    expect(names(rowsOf(rows, { unit_class: '', grade: '', by: 'gap' }))).toEqual(['丙', '乙', '甲'])
  })
  it('is narrowed by class and grade', () => {
    expect(names(rowsOf(rows, { unit_class: '党委部门', grade: '', by: '' }))).toEqual(['丙'])
    expect(names(rowsOf(rows, { unit_class: '', grade: '较差', by: '' }))).toEqual(['乙'])
  })
  it('writes what is not known as a dash', () => {
    expect([changeOf({ change: null }), changeOf({ change: '-0.9' }), gapOf({ gap: null }), gapOf({ gap: '1.5' })]).toEqual(['—', '−0.90', '—', '1.50'])
  })
})

describe('a unit’s items', () => {
  const item = (code: string, got: string): HeatItem => ({ code, title: '', of: '2.00', criterion_id: code, dimension: code.slice(0, 1), got, evidence: 0 })
  const items = [item('A1', '2.00'), item('A2', '1.50'), item('C6', '0.25')]

  it('stand under their dimensions', () => expect(byDimension(items).map(one => [one.code, one.items.length])).toEqual([['A', 2], ['C', 1]]))
  it('that lost points come dearest first', () => expect(lostOf(items).map(one => one.code)).toEqual(['C6', 'A2']))
})

describe('the trend', () => {
  const FRAME = { left: 0, right: 300, top: 0, bottom: 100, labelGap: 16 }
  const year = (at: number, a: string, c: string): YearAverage => ({ year: at, total: '90', dimensions: { A: a, C: c } })
  const NAMES = { A: '政治坚定', C: '勤政为民' }

  it('is no line of one year', () => expect(chartOf([year(2025, '90', '84')], NAMES, FRAME)).toBeUndefined())
  it('fits its grid around the figures and marks the lowest line', () => {
    const chart = chartOf([year(2024, '91', '83.2'), year(2025, '93.6', '84.6')], NAMES, FRAME)!

    expect(chart.grid.map(one => one.value)).toEqual([80, 85, 90, 95])
    expect(chart.lines.map(one => [one.label, one.last, one.isLowest])).toEqual([['A 政治坚定', '93.6', false], ['C 勤政为民', '84.6', true]])
    expect(chart.years.map(one => one.x)).toEqual([0, 300])
    for (const { points } of chart.lines) for (const { y } of points) expect(y >= 0 && y <= 100).toBe(true)
  })
  it('ends its grid at the full rate, with all years there too', () => {
    const chart = chartOf([year(2024, '100', '100'), year(2025, '100', '100')], NAMES, FRAME)!
    expect(chart.grid.map(one => one.value)).toEqual([99, 100])
    expect(chart.lines[0]!.points.map(one => one.y)).toEqual([0, 0])
  })
  it('moves labels apart without changing their order or leaving the frame', () => {
    expect(spread([10, 12, 50], 16, 100)).toEqual([10, 26, 50])
    expect(spread([98, 96, 20], 16, 100)).toEqual([100, 84, 20])
  })
})
