import { describe, expect, it } from 'vitest'
import type { Place } from '@/core/api/schema'
import { classes, isUnsure, range, remark, tiesAtLine } from './model'

const place = (over: Partial<Place>): Place => ({
  unit_id: 'u', unit_name: '市教育局', unit_class: '政府部门', first: '90', second: '92', mean: '91', change: '2', place: 3, tied: false, within: true, at_line: false,
  best_place: 3, worst_place: 3, ...over,
})

describe('places', () => {
  it('shows a span only where the weights move a place', () => {
    expect(range(place({}))).toBe('3')
    expect(range(place({ best_place: 2, worst_place: 8 }))).toBe('2–8')
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
    expect(remark(place({}), 6, false)).toBe('')
  })

  it('names the ties at the line only, and counts classes in their order', () => {
    const rows = [place({ unit_id: '1', unit_class: '群团机关' }), place({ unit_id: '2', tied: true }), place({ unit_id: '3', at_line: true })]
    const outcome = { first_year: 2024, second_year: 2025, places: 2, rows, missing: [], differences: [] }
    expect(tiesAtLine(outcome).map(one => one.unit_id)).toEqual(['3'])
    expect(classes(rows)).toEqual([{ name: '群团机关', count: 1 }, { name: '政府部门', count: 2 }])
  })
})
