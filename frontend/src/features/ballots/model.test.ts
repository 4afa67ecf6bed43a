import { describe, expect, test } from 'vitest'
import { answersOf, barsOf, differences, gradesOf, instantOf, localOf, nextCode, plain, questionsOf, typedFrom } from './model'

const QUESTION = { text: '总体评价', grades: [{ label: '好', points: '100.00' }, { label: '不了解', points: null }] }

describe('what is typed', () => {
  test('a line with a figure is a grade with points, one without has none', () => {
    expect(gradesOf('好 100\n 较 好 62.5 \n\n不了解')).toEqual([{ label: '好', points: '100' }, { label: '较 好', points: '62.5' }, { label: '不了解', points: null }])
  })

  test('a form filled from a ballot gives the same ballot', () => {
    const typed = typedFrom({ questions: [QUESTION], groups: [{ code: 'team', name: '班子成员', weight: '30.00', codes: 7 }] })
    expect(typed).toEqual({ questions: '总体评价', grades: '好 100\n不了解', groups: [{ code: 'team', name: '班子成员', weight: '30', codes: '7' }] })
    expect(questionsOf(typed.questions, typed.grades)).toEqual([{ text: '总体评价', grades: [{ label: '好', points: '100' }, { label: '不了解', points: null }] }])
  })

  test('times are those of the clock in China', () => {
    expect(new Date(instantOf('2026-11-24T09:30')).toISOString()).toBe('2026-11-24T01:30:00.000Z')
    expect(localOf('2026-11-24T01:30:00Z')).toBe('2026-11-24T09:30')
  })

  test('another group gets a code that is free', () => {
    expect(nextCode([{ code: 'team' }, { code: 'group3' }])).toBe('group4')
  })

  test('points lose the zeros that say nothing', () => {
    expect(['100', '100.00', '62.50', '0.00'].map(plain)).toEqual(['100', '100', '62.5', '0'])
  })

  test('a question left open is null, the first grade is 0', () => {
    expect(answersOf(['0', null, '2'])).toEqual([0, null, 2])
  })
})

describe('what was counted', () => {
  test('grades come with their share of the valid papers, unfilled last', () => {
    expect(barsOf(QUESTION, { chosen: [2, 1], unfilled: 3, score: '100.00' }, 6)).toEqual([
      { key: '0', label: '好', votes: 2, share: '33.3%' }, { key: '1', label: '不了解', votes: 1, share: '16.7%' }, { key: '2', label: '未填', votes: 3, share: '50%' },
    ])
  })

  test('two entries that differ are told place by place', () => {
    const entry = (entered_by: string, good: number) => ({ entered_by, issued: 9, returned: 8, valid: 8, chosen: [[good, 1]] })
    expect(differences([QUESTION], [entry('甲', 6), entry('乙', 5)])).toEqual(['第 1 题“好”：甲 6，乙 5'])
    expect(differences([QUESTION], [])).toEqual([])
  })
})
