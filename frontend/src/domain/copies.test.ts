import { expect, test } from 'vitest'
import type { CopyCheck } from '@/core/api/schema'
import { beside, mostAlike, placeName, sentenceOf, numbersSentence } from './copies'

const check = (over: Partial<CopyCheck>): CopyCheck => ({
  kind: 'self_report', subject_id: '1', passages: 12, like_last_year: 0, like_others: 0, percent_last_year: 0, percent_others: 0, items: [], files: [], numbers: [], ...over,
})
const item = { place: 'A', text: '', others_percent: 0, last_year: [], others: [] }

test('a text of one’s own is told so, and an empty one that there is nothing to compare', () => {
  expect(sentenceOf(check({}), true)).toBe('比对了 12 段文字，没有大段相同的。')
  expect(sentenceOf(check({ passages: 0 }), true)).toBe('还没有够长的文字可以比对。')
})

test('what is alike is told by how much and with whom', () => {
  expect(sentenceOf(check({ like_last_year: 3, percent_last_year: 28, items: [item] }), true)).toBe('3 段和本单位去年的文字大部分相同，占全文 28%。')
  expect(sentenceOf(check({ like_others: 1, percent_others: 9, items: [item], files: [{ evidence_id: '1', file_name: 'a', last_year: true, others: false, units: [] }] }), false))
    .toBe('1 段和其他单位今年的文字大部分相同，占全文 9%；1 个文件以前交过或者别的单位也交了。')
})

test('passages side by side mark what they share and lose nothing', () => {
  const { mine, theirs } = beside('全年组织集体学习十二次', '全年组织集体学习八次')
  expect([mine.map(one => one.text).join(''), theirs.map(one => one.text).join('')]).toEqual(['全年组织集体学习十二次', '全年组织集体学习八次'])
  expect(mine.find(one => one.text.includes('集体学习'))?.same).toBe(true)
  expect(mine.some(one => !one.same)).toBe(true)
})

test('what is most alike is told first', () => {
  const like = (percent: number) => [{ unit_id: '1', unit_name: '', year: 2025, place: 'A', text: '', percent }]
  const items = [{ ...item, text: 'a', others_percent: 60 }, { ...item, text: 'b', last_year: like(95) }, { ...item, text: 'c', others_percent: 80, last_year: like(70) }]
  expect(mostAlike(items).map(one => one.text)).toEqual(['b', 'c', 'a'])
})

test('places are parts of a report or a plan', () => {
  expect([placeName('A'), placeName('goals')]).toEqual(['政治坚定好', '目标'])
})

test('numbers that no ledger bears out are told in one sentence', () => {
  const one = { place: 'A', text: '组织集中学习37次', said: 37, recorded: 31, ledger: 'T5', ledger_name: '中心组学习' }
  expect(numbersSentence([one])).toBe('“组织集中学习37次”在台账中没有找到这么多。')
  expect(numbersSentence([one, one])).toBe('有 2 个数字在台账中没有找到这么多。')
})
