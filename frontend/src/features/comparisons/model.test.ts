import { describe, expect, it } from 'vitest'
import type { Place, Scenario } from '@/core/api/schema'
import { classes, crossingText, formulaOf, isUnsure, placesOf, races, range, remark, sorted, tiesAtLine } from './model'

const place = (over: Partial<Place>): Place => ({
  unit_id: 'u', unit_name: '市教育局', unit_class: '政府部门', first: '90', second: '92', mean: '91', change: '2', place: 3, tied: false, within: true, at_line: false,
  best_place: 3, worst_place: 3, ...over,
})

describe('places', () => {
  it('shows a span only where something else moves a place, and a dash where there is none', () => {
    expect(range(place({}))).toBe('3')
    expect(range(place({ best_place: 2, worst_place: 8 }))).toBe('2–8')
    expect(range(place({ place: null, best_place: null, worst_place: null }))).toBe('—')
  })

  it('is unsure only where the span crosses the line', () => {
    expect(isUnsure(place({ best_place: 2, worst_place: 6 }), 6)).toBe(false)
    expect(isUnsure(place({ best_place: 2, worst_place: 7 }), 6)).toBe(true)
    expect(isUnsure(place({ best_place: 7, worst_place: 9 }), 6)).toBe(false)
  })

  it('puts a tie at the line before everything else, until and after the meeting', () => {
    const tie = place({ tied: true, at_line: true, best_place: 2, worst_place: 9 })
    expect(remark(tie, 6, false)).toContain('提请审议')
    expect(remark(tie, 6, true)).toContain('已经会议审议')
    expect(remark(place({ best_place: 2, worst_place: 9 }), 6, false)).toContain('越过名额线')
    expect(remark(place({ place: null }), 6, false)).toContain('不列次序')
    expect(remark(place({}), 6, false)).toBe('')
  })

  it('names the ties at the line only, and counts classes in their order', () => {
    const rows = [place({ unit_id: '1', unit_class: '群团机关' }), place({ unit_id: '2', tied: true }), place({ unit_id: '3', at_line: true })]
    expect(tiesAtLine({ rows }).map(one => one.unit_id)).toEqual(['3'])
    expect(classes(rows)).toEqual([{ name: '群团机关', count: 1 }, { name: '政府部门', count: 2 }])
  })

  it('runs one race of all, or one for each class that has its own places', () => {
    const rows = [place({ unit_class: '群团机关' }), place({}), place({})]
    expect(races({ places: 4, rows }).map(one => [one.name, one.rows.length, one.line])).toEqual([['', 3, 4]])
    const quotas = { 群团机关: 1, 政府部门: 2 }
    expect(races({ places: 4, quotas, rows }).map(one => [one.name, one.rows.length, one.line])).toEqual([['群团机关', 1, 1], ['政府部门', 2, 2]])
    expect([placesOf({ places: 4 }), placesOf({ places: 4, quotas })]).toEqual([4, 3])
  })
})

describe('how it is reckoned', () => {
  it('writes each formula out', () => {
    expect(formulaOf({ kind: 'mean' }, 2024, 2025)).toBe('（2024 + 2025）÷ 2')
    expect(formulaOf({ kind: 'weighted', first_percent: 40 }, 2024, 2025)).toBe('2024 × 40% + 2025 × 60%')
    expect(formulaOf({ kind: 'both', threshold: '80' }, 2024, 2025)).toContain('80.00 分的参加')
  })

  it('lists what would change the list, and counts the rest', () => {
    const crossings = [{ unit_name: '市教育局', place: 8, then: 9, comes_in: false }, { unit_name: '市水务局', place: null, then: 8, comes_in: true }]
    const scenarios: Scenario[] = [{ label: 'A', moved: 3, crossings: [] }, { label: 'B', moved: 1, crossings }]
    expect(sorted(scenarios)).toEqual({ crossing: [scenarios[1]], quiet: 1 })
    expect(crossings.map(crossingText)).toEqual(['市教育局由第 8 到第 9，落选', '市水务局由不列次序到第 8，入围'])
  })
})
