import { expect, test } from 'vitest'
import type { ReportFigure, SectionPublic } from '@/core/api/schema'
import { headed, insert, lengthOf, listed, pieces, withDraft } from './model'

const days: ReportFigure = { key: 'C6.days', label: '班子成员下基层合计', value: '351.5天', href: '/u/indicators/C6' }
const figures = new Map([[days.label, days]])

test('names become the figures of the year, unknown names are marked', () => {
  expect(pieces('合计【班子成员下基层合计】，另有【别的】。', figures)).toEqual([
    { text: '合计' }, { text: '351.5天', figure: days }, { text: '，另有' }, { text: '【别的】', unknown: true }, { text: '。' },
  ])
})

test('a figure goes in where the cursor stands', () => {
  expect(insert('全年，人均', 2, '合计')).toEqual({ text: '全年【合计】，人均', cursor: 6 })
})

test('drafting never replaces what is written', () => {
  expect(withDraft('  ', '新的')).toBe('新的')
  expect(withDraft('写过的\n', '新的')).toBe('写过的\n新的')
})

test('length counts what is read', () => {
  expect(lengthOf('合计 【班子成员下基层合计】\n。', figures)).toBe(9)
})

test('sections are numbered as an official text numbers them', () => {
  const section = (title: string) => ({ title }) as SectionPublic
  expect(headed([section('基本情况'), section('政治坚定好')]).map(one => one.heading)).toEqual(['一、基本情况', '二、政治坚定好'])
})

test('what must be done comes first', () => {
  const checks = listed([{ code: 'a', level: 'ok', text: '好' }, { code: 'b', level: 'warning', text: '看' }, { code: 'c', level: 'error', text: '改', dimension: 'A' }])
  expect(checks.map(one => one.tone)).toEqual(['bad', 'warn', 'ok'])
  expect(checks[0]).toMatchObject({ text: '改', dimension: 'A' })
})
