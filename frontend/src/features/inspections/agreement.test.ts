import { expect, it } from 'vitest'
import type { ConsolidationItem, LeniencyPublic, WordPublic } from '@/core/api/schema'
import { byDistance, percent, placeOf, points, reach, roughly, saidOf, toldOf, verdictOf } from './agreement'

const somebody = (more: Partial<LeniencyPublic>): LeniencyPublic => ({ id: 'p', name: '甲', items: 20, raw: '0.0312', shrunk: '0.0200', outlying: null, ...more })

it('says nothing of anybody below the least number, and which way those lie that stand out', () => {
  expect(verdictOf(somebody({ items: 7, raw: null, shrunk: null }), 8)).toBe('样本少于 8 项，不作判断')
  expect(verdictOf(somebody({}), 8)).toBe('')
  expect(verdictOf(somebody({ outlying: '4.1' }), 8)).toBe('明显偏宽')
  expect(verdictOf(somebody({ outlying: '-4.1' }), 8)).toBe('明显偏严')
})

it('tells shares as percentages without rounding', () => {
  expect([percent('0.0312'), percent('0.5000'), points('-0.0200'), points('0.03125'), roughly('0.0990')]).toEqual(['3.12%', '50.00%', '−2.00', '+3.125', '10%'])
})

it('tells how far an item is agreed about only where there is enough of it', () => {
  const told = { things: 8, pairs: 8, exact: '0.7500', gap: '0.0312', alpha: null }
  expect(toldOf(told, 8)).toEqual({ exact: '75.00%', gap: '3.12%', alpha: undefined })
  expect(toldOf({ ...told, things: 7 }, 8)).toEqual({ exact: undefined, gap: undefined, alpha: undefined })
})

it('draws on one scale for all, whose middle is nothing', () => {
  expect(reach([somebody({}), somebody({ raw: '-0.1200' }), somebody({ raw: null, shrunk: null })])).toBe('0.1200')
  expect(reach([somebody({})])).toBe('0.05')
  expect([placeOf('0', '0.1'), placeOf('0.1', '0.1'), placeOf('-0.1', '0.1')]).toEqual([50, 98, 2])
})

it('lists the judgements farthest from the others first', () => {
  const words = [['a', '0.9', '0.95'], ['b', '0.2', '0.6'], ['c', '1', '0.8']].map(([code, score, mean]) => ({ code, score, mean })) as WordPublic[]
  expect(byDistance(words).map(one => one.code)).toEqual(['b', 'c', 'a'])
})

it('tells of one unit how far its inspectors agree, honestly where it is little', () => {
  const item = (gap: string, words = 2) => ({ gap, opinions: Array.from({ length: words }) }) as ConsolidationItem
  expect(saidOf([item('0', 1)])).toBe('')
  expect(saidOf(Array.from({ length: 7 }, () => item('0')))).toBe('样本少于 8 项，不作判断')
  expect(saidOf([...Array.from({ length: 7 }, () => item('0')), item('0.50'), item('1')])).toBe('9 项有两人以上评分，7 项分值相同，相差共 1.50 分')
})
