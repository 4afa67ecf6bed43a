import { describe, expect, test } from 'vitest'
import type { Paper } from '@/core/api/schema'
import { annexNames, changesOf, chinese, inWords, linesOf, redHeading, remarksOf, type Written } from './model'

const PAPER: Paper = { organ: '市直机关工委', title: '通知', blocks: [], signature: '', attachments: [], copies_to: [], printed_by: '', red_heading: false }
const WRITTEN: Written = { title: '通知', addressee: '市财政局', series: '市直工委通', receipt_days: '5', copies_to: '', opening: '现将有关事项通知如下。', closing: '请准备。' }

test('numbers are written in Chinese as headings want them', () => {
  expect([1, 10, 11, 20, 35].map(chinese)).toEqual(['一', '十', '十一', '二十', '三十五'])
})

describe('a paper in reading order', () => {
  test('counts headings level by level and begins anew below each', () => {
    const lines = linesOf([1, 2, 2, 3, 1, 2].map(level => ({ type: 'heading', level, text: '题' })))
    expect(lines.map(line => (line.type === 'text' ? line.text : ''))).toEqual(['一、题', '（一）题', '（二）题', '1.题', '二、题', '（一）题'])
  })

  test('makes a line of each paragraph that says something', () => {
    const lines = linesOf([{ type: 'paragraph', text: ' 甲。\n\n乙。', align: 'justify', indent: true }])
    expect(lines.map(line => line.type === 'text' && line.text)).toEqual(['甲。', '乙。'])
  })

  test('gives columns their share of the line, centred unless told otherwise', () => {
    const [table] = linesOf([{ type: 'table', headings: ['序号', '事项'], widths_mm: [30, 90], rows: [['1', '示例']], aligns: [] }])
    expect(table).toMatchObject({ widths: ['25%', '75%'], aligns: ['center', 'center'] })
  })
})

test('a date is arabic without leading zeros', () => {
  expect(inWords('2026-01-04')).toBe('2026年1月4日')
})

test('annexes are numbered where there are several', () => {
  const [one, other] = [{ title: '清单', blocks: [] }, { title: '明细', blocks: [] }]
  expect(annexNames({ ...PAPER, attachments: [one] })).toEqual(['清单'])
  expect(annexNames({ ...PAPER, attachments: [one, other] })).toEqual(['1.清单', '2.明细'])
})

test('the date that issuing gives is no remark', () => {
  const [date, stop] = ['date.missing', 'title.stop'].map(code => ({ code, place: '', sentence: '' }))
  expect(remarksOf([date!, stop!])).toEqual([stop])
})

test('the red heading says 文件 once', () => {
  expect([redHeading('市直机关工委'), redHeading('市直机关工委文件')]).toEqual(['市直机关工委文件', '市直机关工委文件'])
})

describe('what is sent of a draft', () => {
  test('is only what was changed', () => {
    expect(changesOf({ ...WRITTEN, closing: '请按时参加。' }, WRITTEN)).toEqual({ closing: '请按时参加。' })
  })

  test('has days as a number and copies one by one', () => {
    expect(changesOf({ ...WRITTEN, receipt_days: '7', copies_to: '市委办公室\n市纪委、市委组织部' }, WRITTEN)).toEqual({ receipt_days: 7, copies_to: ['市委办公室', '市纪委', '市委组织部'] })
  })
})
